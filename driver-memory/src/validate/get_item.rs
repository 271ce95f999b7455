//! Validation of `GetItem`.

use djamodb_core::plan::GetItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::Expression;
use super::rule::{expressions, key, projection};
use crate::error::ValidationError;

pub(crate) fn request(get: &GetItem) -> Result<(), ValidationError> {
    constraints::table(&get.table)?;
    expressions::check([get.projection.as_ref().map(Expression::Projection)])
}

pub(crate) fn against(get: &GetItem, schema: &TableSchema) -> Result<(), ValidationError> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
