//! Validation of `PutItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::PutItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::{condition, index_key, key, local_entries, value};
use crate::error::ValidationError;

/// Validates the request by itself and returns the size of the item in bytes.
pub(crate) fn request(put: &PutItem) -> Result<usize, ValidationError> {
    constraints::table(&put.table)?;
    parameters(put).map_err(ValidationError::in_write)?;
    value::item_size(&put.item)
}

fn parameters(put: &PutItem) -> Result<(), ValidationError> {
    value::item(&put.item)?;
    condition::request(ExpressionKind::Condition, [], put.condition.as_ref())
}

pub(crate) fn against(put: &PutItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, put.condition.as_ref())?;
    key::put(&schema.key, &put.item)?;
    index_key::put(schema, &put.item)?;
    local_entries::put(schema, &put.item)
}
