//! Validation of `UpdateItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::UpdateItem;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Item;

use super::constraints;
use super::rule::expression_size::Expression;
use super::rule::{condition, index_key, key, local_entries, update, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &UpdateItem) -> Result<(), ValidationError> {
    constraints::table(&plan.table)?;
    parameters(plan).map_err(ValidationError::in_write)
}

fn parameters(plan: &UpdateItem) -> Result<(), ValidationError> {
    update::request(&plan.update)?;
    condition::request(ExpressionKind::Condition, [Expression::Update(&plan.update)], plan.condition.as_ref())
}

pub(crate) fn against(plan: &UpdateItem, schema: &TableSchema) -> Result<(), ValidationError> {
    update::against(schema, &plan.update)?;
    condition::against(schema, plan.condition.as_ref())?;
    key::exact(&schema.key, &plan.key)
}

/// Validates the item that an update results in and returns its size in bytes.
pub(crate) fn updated_item(item: &Item, schema: &TableSchema) -> Result<usize, ValidationError> {
    index_key::updated(schema, item)?;
    let bytes = value::updated_item_size(item)?;
    local_entries::updated(schema, item)?;
    Ok(bytes)
}
