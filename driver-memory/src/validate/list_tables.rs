//! What `ListTables` refuses.

use djamodb_core::plan::ListTables;

use super::rule::{name, source};
use crate::error::Invalid;

pub(crate) fn request(list: &ListTables) -> Result<(), Invalid> {
    source::limit(list.limit)?;
    match list.limit {
        Some(limit) if limit > ListTables::LIMIT_MAX => return Err(Invalid::LimitOfTables(limit)),
        _ => {}
    }
    match &list.exclusive_start_table_name {
        Some(start) => name::check(start, || "exclusiveStartTableName".into()),
        None => Ok(()),
    }
}
