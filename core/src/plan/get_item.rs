//! [GetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html): one item by its key.

use serde::{Deserialize, Serialize};

use super::ReturnConsumedCapacity;
use crate::expression::Projection;
use crate::value::{Item, Name};

/// Reads one item by its key. Costs half a read unit for each 4 KB of the item, a whole one when `consistent`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GetItem {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// Whether to see every write that was acknowledged before.
    pub consistent: bool,
    /// Which parts to give back; all when absent.
    pub projection: Option<Projection>,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What [`GetItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct GetItemOutput {
    /// The item, if there is one.
    pub item: Option<Item>,
}

impl GetItem {
    /// Reads the whole item, eventually consistent.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self {
            table: table.into(),
            key,
            consistent: false,
            projection: None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
        }
    }
}
