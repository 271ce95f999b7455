//! The [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html)
//! operation: deletes one item by its key.

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnOld};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// A request that deletes one item by its key. It also succeeds if there is no such item.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteItem {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Condition that the stored item must satisfy; `None` for an unconditional write. If no item is stored, every attribute
    /// counts as missing.
    pub condition: Option<Condition>,
    /// Attributes that the response returns.
    pub return_values: ReturnOld,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// `true` if the response reports the size of the item collection that the write changes.
    pub return_item_collection_metrics: bool,
}

/// The output of [`DeleteItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteItemOutput {
    /// Deleted item, if requested and if there was one.
    pub attributes: Option<Item>,
    /// Size of the changed item collection, if requested and if the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl DeleteItem {
    /// Creates an unconditional request that deletes the item stored at `key`.
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
