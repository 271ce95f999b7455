//! Validation of `ListTables`.

use djamodb_core::plan::ListTables;

use super::rule::{name, read};
use crate::error::ValidationError;

pub(crate) fn request(list: &ListTables) -> Result<(), ValidationError> {
    read::limit(list.limit)?;
    match list.limit {
        Some(limit) if limit > ListTables::LIMIT_MAX => return Err(ValidationError::LimitOfTables(limit)),
        _ => {}
    }
    match &list.exclusive_start_table_name {
        Some(start) => name::check(start, || "exclusiveStartTableName".into()),
        None => Ok(()),
    }
}
