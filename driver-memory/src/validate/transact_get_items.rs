//! Validation of `TransactGetItems`.

use djamodb_core::plan::{TransactGet, TransactGetItems};
use djamodb_core::schema::TableSchema;

use super::rule::{key, name, projection};
use crate::error::ValidationError;

pub(crate) fn request(plan: &TransactGetItems) -> Result<(), ValidationError> {
    match plan.transact_items.len() {
        0 => return Err(ValidationError::NoTransactItems),
        1..=TransactGetItems::ITEMS_MAX => {}
        _ => return Err(ValidationError::TooManyTransactItems),
    }
    for get in &plan.transact_items {
        name::table(&get.table)?;
        projection::request([], get.projection.as_ref())?;
    }
    Ok(())
}

pub(crate) fn against(get: &TransactGet, schema: &TableSchema) -> Result<(), ValidationError> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
