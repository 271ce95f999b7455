//! What `UpdateItem` refuses.

use djamodb_core::plan::UpdateItem;
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Item;

use super::rule::{condition, index_key, key, name, update, value};
use crate::error::{Invalid, Kind};

pub(crate) fn request(plan: &UpdateItem) -> Result<(), Invalid> {
    name::table(&plan.table)?;
    update::request(&plan.update)?;
    condition::request(Kind::Condition, plan.condition.as_ref())
}

pub(crate) fn against(plan: &UpdateItem, schema: &TableSchema) -> Result<(), Invalid> {
    update::against(schema, &plan.update)?;
    condition::against(schema, plan.condition.as_ref())?;
    key::exact(&schema.key, &plan.key)
}

/// Looks at the item after the update, and gives its size.
pub(crate) fn after(item: &Item, schema: &TableSchema) -> Result<usize, Invalid> {
    index_key::updated(schema, item)?;
    value::updated_item_size(item)
}
