//! What `TransactGetItems` refuses.

use djamodb_core::plan::{TransactGet, TransactGetItems};
use djamodb_core::schema::TableSchema;

use super::rule::{key, name, projection};
use crate::error::Invalid;

pub(crate) fn request(plan: &TransactGetItems) -> Result<(), Invalid> {
    match plan.transact_items.len() {
        0 => return Err(Invalid::NoTransactItems),
        1..=TransactGetItems::ITEMS_MAX => {}
        _ => return Err(Invalid::TooManyTransactItems),
    }
    for get in &plan.transact_items {
        name::table(&get.table)?;
        projection::request(get.projection.as_ref())?;
    }
    Ok(())
}

pub(crate) fn against(get: &TransactGet, schema: &TableSchema) -> Result<(), Invalid> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
