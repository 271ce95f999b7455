//! Validation of `DeleteItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::DeleteItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::{condition, key};
use crate::error::ValidationError;

pub(crate) fn request(delete: &DeleteItem) -> Result<(), ValidationError> {
    constraints::table(&delete.table)?;
    condition::request(ExpressionKind::Condition, [], delete.condition.as_ref()).map_err(ValidationError::in_write)
}

pub(crate) fn against(delete: &DeleteItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, delete.condition.as_ref())?;
    key::exact(&schema.key, &delete.key)
}
