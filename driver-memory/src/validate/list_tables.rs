//! Validation of `ListTables`.

use djamodb_core::plan::ListTables;

use super::constraints::Constraints;
use crate::error::ValidationError;

pub(crate) fn request(list: &ListTables) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    if let Some(start) = &list.exclusive_start_table_name {
        constraints.name(start, || "exclusiveStartTableName".into());
    }
    if let Some(limit) = list.limit {
        constraints.value(limit.into(), 1..=ListTables::LIMIT_MAX.into(), || "limit".into());
    }
    constraints.check()
}
