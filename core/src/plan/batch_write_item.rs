//! [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html): up to 25 puts
//! and deletes.

use serde::{Deserialize, Serialize};

use super::{ItemCollectionMetrics, ReturnConsumedCapacity};
use crate::service::limits;
use crate::value::{Item, Name};

/// Puts and deletes up to 25 items, 16 MB, of one or more tables; each for itself, not all or nothing.
///
/// The answer may leave writes unprocessed; [`run::BatchWrite`](crate::run::BatchWrite) sends those again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BatchWriteItem {
    /// The writes, table by table.
    pub requests: Vec<TableWrites>,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether the answer tells the sizes of the item collections that were touched.
    pub return_item_collection_metrics: bool,
}

/// Writes to one table, at most one for each key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TableWrites {
    /// The table.
    pub table: Name,
    /// The writes.
    pub writes: Vec<WriteRequest>,
}

/// One write of a batch.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum WriteRequest {
    /// Writes this whole item.
    Put(Item),
    /// Deletes the item of this key.
    Delete(Item),
}

impl WriteRequest {
    /// The item that is put, or the key that is deleted.
    pub const fn item(&self) -> &Item {
        match self {
            Self::Put(item) | Self::Delete(item) => item,
        }
    }
}

/// What [`BatchWriteItem`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct BatchWriteItemOutput {
    /// Writes that were not made.
    pub unprocessed: Vec<TableWrites>,
    /// The sizes of the item collections that were touched, table by table, when asked for.
    pub item_collection_metrics: Vec<(Name, Vec<ItemCollectionMetrics>)>,
}

impl TableWrites {
    /// Writes to a table.
    pub fn new(table: impl Into<Name>, writes: impl IntoIterator<Item = WriteRequest>) -> Self {
        Self { table: table.into(), writes: writes.into_iter().collect() }
    }
}

impl BatchWriteItem {
    /// The most writes that one request takes.
    pub const WRITES_MAX: usize = limits::BATCH_WRITES_MAX;

    /// Makes these writes.
    pub fn new(requests: impl IntoIterator<Item = TableWrites>) -> Self {
        Self {
            requests: requests.into_iter().collect(),
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }

    pub(super) fn only_table(&self) -> Option<&Name> {
        super::only(self.requests.iter().map(|writes| &writes.table))
    }
}
