//! [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html): part of an item.

use serde::{Deserialize, Serialize};

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnValues};
use crate::expression::{Condition, Update};
use crate::value::{Item, Name};

/// Changes part of an item by its key; creates the item when there is none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UpdateItem {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// What to change; it may not touch the key.
    pub update: Update,
    /// What the item must satisfy, as it is before.
    pub condition: Option<Condition>,
    /// What to give back.
    pub return_values: ReturnValues,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether the answer tells the size of the item collection that was touched.
    pub return_item_collection_metrics: bool,
}

/// What [`UpdateItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct UpdateItemOutput {
    /// What was asked for.
    pub attributes: Option<Item>,
    /// The size of the item collection that was touched, when asked for and the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl UpdateItem {
    /// Changes an item.
    pub fn new(table: impl Into<Name>, key: Item, update: Update) -> Self {
        Self {
            table: table.into(),
            key,
            update,
            condition: None,
            return_values: ReturnValues::None,
            old_item_on_failure: OldItemOnFailure::None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }
}
