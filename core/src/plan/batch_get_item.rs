//! [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html): up to 100 items
//! by their keys.

use serde::{Deserialize, Serialize};

use super::ReturnConsumedCapacity;
use crate::expression::Projection;
use crate::service::limits;
use crate::value::{Item, Name};

/// Reads up to 100 items, 16 MB, of one or more tables by their keys.
///
/// The answer may leave keys unprocessed; [`run::BatchRead`](crate::run::BatchRead) asks again for those.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BatchGetItem {
    /// The keys, table by table.
    pub requests: Vec<TableKeys>,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// Keys of one table, each once.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TableKeys {
    /// The table.
    pub table: Name,
    /// The keys.
    pub keys: Vec<Item>,
    /// Whether to see every write that was acknowledged before.
    pub consistent: bool,
    /// Which parts to give back; all when absent.
    pub projection: Option<Projection>,
}

/// What [`BatchGetItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct BatchGetItemOutput {
    /// The items that exist, table by table, in no order.
    pub items: Vec<(Name, Vec<Item>)>,
    /// Keys that were not read.
    pub unprocessed: Vec<TableKeys>,
}

impl TableKeys {
    /// Reads whole items of a table, eventually consistent.
    pub fn new(table: impl Into<Name>, keys: impl IntoIterator<Item = Item>) -> Self {
        Self { table: table.into(), keys: keys.into_iter().collect(), consistent: false, projection: None }
    }
}

impl BatchGetItem {
    /// The most keys that one request takes.
    pub const KEYS_MAX: usize = limits::BATCH_GET_KEYS_MAX;

    /// Reads these keys.
    pub fn new(requests: impl IntoIterator<Item = TableKeys>) -> Self {
        Self { requests: requests.into_iter().collect(), return_consumed_capacity: ReturnConsumedCapacity::default() }
    }

    pub(super) fn only_table(&self) -> Option<&Name> {
        super::only(self.requests.iter().map(|keys| &keys.table))
    }
}
