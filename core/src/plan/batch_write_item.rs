//! The [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html)
//! operation: makes up to 25 puts and deletes.

use super::{ItemCollectionMetrics, ReturnConsumedCapacity};
use crate::service::limits;
use crate::value::{Item, Name};

/// A request that puts and deletes up to 25 items, 16 MB in total, of one or more tables. Each write succeeds or fails on its own.
///
/// The response can leave writes unprocessed. Querysets send further requests for those.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BatchWriteItem {
    /// Writes by table, each table once.
    pub requests: Vec<TableWrites>,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// `true` if the response reports the sizes of the item collections that the writes change.
    pub return_item_collection_metrics: bool,
}

/// The writes of a batch to one table, at most one for each key.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TableWrites {
    /// The table.
    pub table: Name,
    /// Puts and deletes, in arbitrary order.
    pub writes: Vec<WriteRequest>,
}

/// One write of a batch.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum WriteRequest {
    /// Stores this item, replacing the one with the same key.
    Put(Item),
    /// Deletes the item with this key.
    Delete(Item),
}

impl WriteRequest {
    /// Returns the item of a put or the key of a delete.
    pub const fn item(&self) -> &Item {
        match self {
            Self::Put(item) | Self::Delete(item) => item,
        }
    }
}

/// The output of [`BatchWriteItem`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BatchWriteItemOutput {
    /// Writes that were not made.
    pub unprocessed: Vec<TableWrites>,
    /// Sizes of the changed item collections by table, if requested.
    pub item_collection_metrics: Vec<(Name, Vec<ItemCollectionMetrics>)>,
}

impl TableWrites {
    /// Creates the part of a batch that writes to a table.
    pub fn new(table: impl Into<Name>, writes: impl IntoIterator<Item = WriteRequest>) -> Self {
        Self { table: table.into(), writes: writes.into_iter().collect() }
    }
}

impl BatchWriteItem {
    /// Maximum number of writes in one request.
    pub const WRITES_MAX: usize = limits::BATCH_WRITES_MAX;

    /// Creates a request that makes the writes of `requests`.
    pub fn new(requests: impl IntoIterator<Item = TableWrites>) -> Self {
        Self {
            requests: requests.into_iter().collect(),
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }

    pub(super) fn single_table(&self) -> Option<&Name> {
        super::single(self.requests.iter().map(|writes| &writes.table))
    }
}
