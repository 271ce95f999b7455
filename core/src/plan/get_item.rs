//! The [GetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html)
//! operation: reads one item by its key.

use super::ReturnConsumedCapacity;
use crate::expression::ProjectionExpression;
use crate::value::{Item, Name};

/// A request that reads one item by its key.
///
/// It consumes half a read unit for every 4 KB of the item, or one unit if `consistent`.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetItem {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// `true` for a strongly consistent read, which sees every write acknowledged before it.
    pub consistent: bool,
    /// Parts of the item that are returned; all attributes if `None`.
    pub projection: Option<ProjectionExpression>,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// The output of [`GetItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetItemOutput {
    /// Item stored at the key, or `None` if there is none. It is empty if the projection selects nothing of it.
    pub item: Option<Item>,
}

impl GetItem {
    /// Creates an eventually consistent request for the whole item stored at `key`.
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
