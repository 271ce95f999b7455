//! Validation of `PutItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::PutItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::{self, Expression};
use super::rule::{condition, index_key, key, local_entries, value};
use crate::error::ValidationError;

/// Validates the request by itself and returns the size of the item in bytes.
pub(crate) fn request(put: &PutItem) -> Result<usize, ValidationError> {
    constraints::table(&put.table)?;
    value::item(&put.item).map_err(ValidationError::in_write)?;
    let bytes = value::item_size(&put.item)?;
    let condition = put.condition.as_ref();
    condition::request(ExpressionKind::Condition, [], condition)
        .map_err(|found| expression::error(condition.map(Expression::Condition), found).in_write())?;
    Ok(bytes)
}

pub(crate) fn against(put: &PutItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, put.condition.as_ref())?;
    key::put(&schema.key, &put.item)?;
    index_key::put(schema, &put.item)?;
    local_entries::put(schema, &put.item)
}
