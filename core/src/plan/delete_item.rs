//! [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html): one item by its key.

use serde::{Deserialize, Serialize};

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnOld};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// Deletes one item by its key; succeeds also when there is none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeleteItem {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// What the item must satisfy.
    pub condition: Option<Condition>,
    /// What to give back.
    pub return_values: ReturnOld,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether the answer tells the size of the item collection that was touched.
    pub return_item_collection_metrics: bool,
}

/// What [`DeleteItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DeleteItemOutput {
    /// The item that was deleted, when asked for.
    pub attributes: Option<Item>,
    /// The size of the item collection that was touched, when asked for and the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl DeleteItem {
    /// Deletes an item.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self {
            table: table.into(),
            key,
            condition: None,
            return_values: ReturnOld::None,
            old_item_on_failure: OldItemOnFailure::None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }
}
