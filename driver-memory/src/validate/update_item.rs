//! Validation of `UpdateItem`.

use djamodb_core::plan::UpdateItem;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Item;

use super::constraints;
use super::rule::expression::Expression;
use super::rule::{condition, expressions, index_key, key, local_entries, update, update_size, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &UpdateItem) -> Result<(), ValidationError> {
    constraints::table(&plan.table)?;
    let condition = plan.condition.as_ref().map(Expression::Condition);
    expressions::check([Some(Expression::Update(&plan.update)), condition]).map_err(ValidationError::in_write)
}

pub(crate) fn against(plan: &UpdateItem, schema: &TableSchema) -> Result<(), ValidationError> {
    key::exact(&schema.key, &plan.key)?;
    update::against(schema, &plan.update)?;
    condition::against(schema, plan.condition.as_ref())
}

/// Validates the item of `item_bytes` bytes that a request results in, by what the request writes.
pub(crate) fn written(plan: &UpdateItem, item: &Item, item_bytes: usize) -> Result<(), ValidationError> {
    update_size::check(&plan.update, item, item_bytes)
}

/// Validates the item that an update results in and returns its size in bytes.
pub(crate) fn updated_item(item: &Item, schema: &TableSchema) -> Result<usize, ValidationError> {
    index_key::updated(schema, item)?;
    let bytes = value::updated_item_size(item)?;
    local_entries::updated(schema, item)?;
    Ok(bytes)
}
