//! Validation of `DeleteItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::DeleteItem;
use djamodb_core::schema::TableSchema;

use super::rule::{condition, key, name};
use crate::error::ValidationError;

pub(crate) fn request(delete: &DeleteItem) -> Result<(), ValidationError> {
    name::table(&delete.table)?;
    condition::request(ExpressionKind::Condition, [], delete.condition.as_ref())
}

pub(crate) fn against(delete: &DeleteItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, delete.condition.as_ref())?;
    key::exact(&schema.key, &delete.key)
}
