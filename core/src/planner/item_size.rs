//! The size of items that are written.

use super::PlanError;
use crate::model::ModelSchema;
use crate::service::limits::ITEM_BYTES_MAX;
use crate::value::{Item, size::item_bytes};

/// Returns [`PlanError::ItemTooLarge`] if DynamoDB cannot store an item of this size.
pub(crate) fn check_item_size(schema: &ModelSchema, item: &Item) -> Result<(), PlanError> {
    let bytes = item_bytes(item);
    if bytes <= ITEM_BYTES_MAX {
        return Ok(());
    }
    Err(PlanError::ItemTooLarge { model: schema.model, key: item.pick(schema.table.key.names()), bytes })
}
