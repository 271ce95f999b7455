//! Validation of `PutItem`.

use djamodb_core::plan::PutItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::Expression;
use super::rule::{condition, expressions, index_key, key, local_entries, value};
use crate::error::ValidationError;

/// Validates the request by itself and returns the size of the item in bytes.
pub(crate) fn request(put: &PutItem) -> Result<usize, ValidationError> {
    constraints::table(&put.table)?;
    value::item(&put.item).map_err(ValidationError::in_write)?;
    let bytes = value::item_size(&put.item)?;
    expressions::check([put.condition.as_ref().map(Expression::Condition)]).map_err(ValidationError::in_write)?;
    Ok(bytes)
}

pub(crate) fn against(put: &PutItem, schema: &TableSchema) -> Result<(), ValidationError> {
    key::put(&schema.key, &put.item)?;
    index_key::put(schema, &put.item)?;
    local_entries::put(schema, &put.item)?;
    condition::against(schema, put.condition.as_ref())
}
