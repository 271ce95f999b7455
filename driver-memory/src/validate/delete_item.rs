//! Validation of `DeleteItem`.

use djamodb_core::plan::DeleteItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::Expression;
use super::rule::{condition, expressions, key};
use crate::error::ValidationError;

pub(crate) fn request(delete: &DeleteItem) -> Result<(), ValidationError> {
    constraints::table(&delete.table)?;
    expressions::check([delete.condition.as_ref().map(Expression::Condition)]).map_err(ValidationError::in_write)
}

pub(crate) fn against(delete: &DeleteItem, schema: &TableSchema) -> Result<(), ValidationError> {
    key::exact(&schema.key, &delete.key)?;
    condition::against(schema, delete.condition.as_ref())
}
