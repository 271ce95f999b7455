//! Validation of `DeleteItem`.

use djamodb_core::expression::ExpressionKind;
use djamodb_core::plan::DeleteItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::{self, Expression};
use super::rule::{condition, key};
use crate::error::ValidationError;

pub(crate) fn request(delete: &DeleteItem) -> Result<(), ValidationError> {
    constraints::table(&delete.table)?;
    let condition = delete.condition.as_ref();
    condition::request(ExpressionKind::Condition, [], condition)
        .map_err(|found| expression::error(condition.map(Expression::Condition), found).in_write())
}

pub(crate) fn against(delete: &DeleteItem, schema: &TableSchema) -> Result<(), ValidationError> {
    condition::against(schema, delete.condition.as_ref())?;
    key::exact(&schema.key, &delete.key)
}
