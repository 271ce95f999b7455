//! The [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html)
//! operation: changes parts of one item.

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnValues};
use crate::expression::{Condition, Update};
use crate::value::{Item, Name};

/// A request that changes parts of one item by its key. It creates the item if there is none.
///
/// It consumes one write unit for every 1 KB of the larger of the item before and after the update.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateItem {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Changes to the item. Key attributes cannot be changed.
    pub update: Update,
    /// Condition that the stored item must satisfy; `None` for an unconditional write. If no item is stored, every attribute
    /// counts as missing.
    pub condition: Option<Condition>,
    /// Attributes that the response returns.
    pub return_values: ReturnValues,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// `true` if the response reports the size of the item collection that the write changes.
    pub return_item_collection_metrics: bool,
}

/// The output of [`UpdateItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateItemOutput {
    /// Attributes selected by `return_values`.
    pub attributes: Option<Item>,
    /// Size of the changed item collection, if requested and if the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl UpdateItem {
    /// Creates an unconditional request that updates the item stored at `key`.
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
