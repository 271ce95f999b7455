//! [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html): one whole item.

use serde::{Deserialize, Serialize};

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity, ReturnOld};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// Writes one whole item; replaces the one of the same key. Costs a write unit for each 1 KB of the larger of the two.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PutItem {
    /// The table.
    pub table: Name,
    /// The item, its key included.
    pub item: Item,
    /// What the item of this key must satisfy, as it is before.
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

/// What [`PutItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PutItemOutput {
    /// The item that was replaced, when asked for.
    pub attributes: Option<Item>,
    /// The size of the item collection that was touched, when asked for and the table has local indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl PutItem {
    /// Writes an item, whatever was there.
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
