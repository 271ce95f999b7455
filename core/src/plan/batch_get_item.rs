//! The [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html)
//! operation: reads up to 100 items by their keys.

use super::ReturnConsumedCapacity;
use crate::expression::ProjectionExpression;
use crate::service::limits;
use crate::value::{Item, Name};

/// A request that reads up to 100 items, 16 MB in total, of one or more tables by their keys.
///
/// The response can leave keys unprocessed. Querysets send further requests for those.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BatchGetItem {
    /// Keys by table, each table once.
    pub requests: Vec<TableKeys>,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// The keys that a batch reads from one table, each key once.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TableKeys {
    /// The table.
    pub table: Name,
    /// Keys of the items.
    pub keys: Vec<Item>,
    /// `true` for a strongly consistent read, which sees every write acknowledged before it.
    pub consistent: bool,
    /// Parts of the item that are returned; all attributes if `None`.
    pub projection: Option<ProjectionExpression>,
}

/// The output of [`BatchGetItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BatchGetItemOutput {
    /// Items that exist, by table, in arbitrary order.
    pub items: Vec<(Name, Vec<Item>)>,
    /// Keys that were not read, for example because the response reached 16 MB or a table was throttled.
    pub unprocessed: Vec<TableKeys>,
}

impl TableKeys {
    /// Creates the part of a batch that reads whole items of a table, eventually consistently.
    pub fn new(table: impl Into<Name>, keys: impl IntoIterator<Item = Item>) -> Self {
        Self { table: table.into(), keys: keys.into_iter().collect(), consistent: false, projection: None }
    }
}

impl BatchGetItem {
    /// Maximum number of keys in one request.
    pub const KEYS_MAX: usize = limits::BATCH_GET_KEYS_MAX;

    /// Creates a request that reads `requests`.
    pub fn new(requests: impl IntoIterator<Item = TableKeys>) -> Self {
        Self { requests: requests.into_iter().collect(), return_consumed_capacity: ReturnConsumedCapacity::default() }
    }

    pub(super) fn single_table(&self) -> Option<&Name> {
        super::single(self.requests.iter().map(|keys| &keys.table))
    }
}
