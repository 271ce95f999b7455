//! Validation of `PutItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::PutItem;
use djamodb_core::schema::TableSchema;

use super::rule::{condition, index_key, key, local_entries, name, value};
use crate::error::ValidationError;

/// Validates the request by itself and returns the size of the item in bytes.
pub(crate) fn request(put: &PutItem) -> Result<usize, ValidationError> {
    name::table(&put.table)?;
    value::item(&put.item)?;
    condition::request(ExpressionKind::Condition, [], put.condition.as_ref())?;
    value::item_size(&put.item)
}

pub(crate) fn against(put: &PutItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, put.condition.as_ref())?;
    key::put(&schema.key, &put.item)?;
    index_key::put(schema, &put.item)?;
    local_entries::put(schema, &put.item)
}
