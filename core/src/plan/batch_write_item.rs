//! [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html): up to 25 puts
//! and deletes.

use serde::{Deserialize, Serialize};

use crate::value::{Item, Name};

/// Puts and deletes up to 25 items, 16 MB, of one or more tables; each for itself, not all or nothing.
///
/// The answer may leave writes unprocessed; [`run::BatchWrite`](crate::run::BatchWrite) sends those again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BatchWriteItem {
    /// The writes, table by table.
    pub requests: Vec<TableWrites>,
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

    /// The item that is put, or the key that is deleted.
    pub fn into_item(self) -> Item {
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
}

impl BatchWriteItem {
    /// The most writes that one request takes.
    pub const WRITES_MAX: usize = 25;

    pub(super) fn only_table(&self) -> Option<&Name> {
        match self.requests.as_slice() {
            [only] => Some(&only.table),
            _ => None,
        }
    }
}
