//! What `GetItem` refuses.

use djamodb_core::plan::GetItem;
use djamodb_core::schema::TableSchema;

use super::rule::{key, name, projection};
use crate::error::Invalid;

pub(crate) fn request(get: &GetItem) -> Result<(), Invalid> {
    name::table(&get.table)?;
    projection::request(get.projection.as_ref())
}

pub(crate) fn against(get: &GetItem, schema: &TableSchema) -> Result<(), Invalid> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
