//! What `DeleteItem` refuses.

use djamodb_core::plan::DeleteItem;
use djamodb_core::schema::TableSchema;

use super::rule::{condition, key, name};
use crate::error::{Invalid, Kind};

pub(crate) fn request(delete: &DeleteItem) -> Result<(), Invalid> {
    name::table(&delete.table)?;
    condition::request(Kind::Condition, delete.condition.as_ref())
}

pub(crate) fn against(delete: &DeleteItem, schema: &TableSchema) -> Result<(), Invalid> {
    condition::against(schema, delete.condition.as_ref())?;
    key::exact(&schema.key, &delete.key)
}
