//! Validation of `GetItem`.

use djamodb_core::plan::GetItem;
use djamodb_core::schema::TableSchema;

use super::constraints;
use super::rule::expression::{self, Expression};
use super::rule::{key, projection};
use crate::error::ValidationError;

pub(crate) fn request(get: &GetItem) -> Result<(), ValidationError> {
    constraints::table(&get.table)?;
    let projection = get.projection.as_ref();
    projection::request([], projection)
        .map_err(|found| expression::error(projection.map(Expression::Projection), found))
}

pub(crate) fn against(get: &GetItem, schema: &TableSchema) -> Result<(), ValidationError> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
