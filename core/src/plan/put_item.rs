//! The [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)
//! operation: stores one whole item.

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnOld};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// A request that stores one whole item and replaces the item with the same key.
///
/// It consumes one write unit for every 1 KB of the larger of the two items.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PutItem {
    /// The table.
    pub table: Name,
    /// Whole item, including its key.
    pub item: Item,
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

/// The output of [`PutItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PutItemOutput {
    /// Replaced item, if requested and if there was one.
    pub attributes: Option<Item>,
    /// Size of the changed item collection, if requested and if the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl PutItem {
    /// Creates an unconditional request that stores `item`.
    pub fn new(table: impl Into<Name>, item: Item) -> Self {
        Self {
            table: table.into(),
            item,
            condition: None,
            return_values: ReturnOld::None,
            old_item_on_failure: OldItemOnFailure::None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }
}
