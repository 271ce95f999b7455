//! Validation of `UpdateItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::UpdateItem;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Item;

use super::constraints;
use super::rule::expression::{self, Expression};
use super::rule::{condition, index_key, key, local_entries, update, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &UpdateItem) -> Result<(), ValidationError> {
    constraints::table(&plan.table)?;
    let expressions = || {
        let condition = plan.condition.as_ref().map(Expression::Condition);
        std::iter::once(Expression::Update(&plan.update)).chain(condition)
    };
    parameters(plan).map_err(|found| expression::error(expressions(), found).in_write())
}

fn parameters(plan: &UpdateItem) -> Result<(), ValidationError> {
    update::request(&plan.update)?;
    condition::request(ExpressionKind::Condition, [Expression::Update(&plan.update)], plan.condition.as_ref())
}

pub(crate) fn against(plan: &UpdateItem, schema: &TableSchema) -> Result<(), ValidationError> {
    key::exact(&schema.key, &plan.key)?;
    update::against(schema, &plan.update)?;
    condition::against(schema, plan.condition.as_ref())
}

/// Validates the item that an update results in and returns its size in bytes.
pub(crate) fn updated_item(item: &Item, schema: &TableSchema) -> Result<usize, ValidationError> {
    index_key::updated(schema, item)?;
    let bytes = value::updated_item_size(item)?;
    local_entries::updated(schema, item)?;
    Ok(bytes)
}
