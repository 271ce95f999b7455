//! What `PutItem` refuses.

use djamodb_core::plan::PutItem;
use djamodb_core::schema::TableSchema;

use super::rule::{condition, index_key, key, name, value};
use crate::error::{Invalid, Kind};

/// Gives the size of the item.
pub(crate) fn request(put: &PutItem) -> Result<usize, Invalid> {
    name::table(&put.table)?;
    value::item(&put.item)?;
    condition::request(Kind::Condition, put.condition.as_ref())?;
    value::item_size(&put.item)
}

pub(crate) fn against(put: &PutItem, schema: &TableSchema) -> Result<(), Invalid> {
    condition::against(schema, put.condition.as_ref())?;
    key::put(&schema.key, &put.item)?;
    index_key::put(schema, &put.item)
}
