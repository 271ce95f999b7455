//! [UpdateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html).

use serde::{Deserialize, Serialize};

use super::TableDescription;
use crate::schema::{Billing, GlobalIndex, StreamView, Throughput};
use crate::value::Name;

/// Changes what a table is made of: its billing, its stream, its global indexes, whether it is protected.
///
/// The table is `UPDATING` until the change is made, and can be read and written meanwhile. One request creates or deletes at
/// most one index.
///
/// ```
/// use djamodb_core::plan::UpdateTable;
/// use djamodb_core::schema::{GlobalIndex, KeyAttribute, KeySchema, IndexProjection};
///
/// let by_kind = GlobalIndex::new("by_kind", KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::All);
/// let update = UpdateTable::new("weather").create_index(by_kind);
/// assert_eq!(update.global_indexes.len(), 1);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UpdateTable {
    /// The table.
    pub table: Name,
    /// How capacity is to be paid for.
    pub billing: Option<Billing>,
    /// What becomes of global indexes.
    pub global_indexes: Vec<GlobalIndexUpdate>,
    /// What becomes of the stream.
    pub stream: Option<StreamUpdate>,
    /// Whether the table is to be protected from `DeleteTable`.
    pub deletion_protection: Option<bool>,
}

/// What becomes of a global index.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum GlobalIndexUpdate {
    /// It is created, and filled from the table.
    Create(GlobalIndex),
    /// It gets another throughput.
    Update {
        /// The index.
        index: Name,
        /// Its throughput from now on.
        throughput: Throughput,
    },
    /// It is deleted.
    Delete(Name),
}

/// What becomes of a table's stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum StreamUpdate {
    /// The table gets a new one, which records this.
    Enable(StreamView),
    /// It ends; what it recorded can be read for 24 hours.
    Disable,
}

/// What [`UpdateTable`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UpdateTableOutput {
    /// The table, as it is while it changes.
    pub table: TableDescription,
}

impl UpdateTable {
    /// Changes nothing yet; at least one change must be added.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into(), billing: None, global_indexes: Vec::new(), stream: None, deletion_protection: None }
    }

    /// With another billing.
    #[must_use]
    pub fn billing(self, billing: Billing) -> Self {
        Self { billing: Some(billing), ..self }
    }

    /// With a new global index.
    #[must_use]
    pub fn create_index(mut self, index: GlobalIndex) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Create(index));
        self
    }

    /// With another throughput for a global index.
    #[must_use]
    pub fn update_index(mut self, index: impl Into<Name>, throughput: Throughput) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Update { index: index.into(), throughput });
        self
    }

    /// Without a global index.
    #[must_use]
    pub fn delete_index(mut self, index: impl Into<Name>) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Delete(index.into()));
        self
    }

    /// With a stream, or without the one it has.
    #[must_use]
    pub fn stream(self, stream: StreamUpdate) -> Self {
        Self { stream: Some(stream), ..self }
    }

    /// Protected from `DeleteTable`, or no longer.
    #[must_use]
    pub fn deletion_protection(self, protected: bool) -> Self {
        Self { deletion_protection: Some(protected), ..self }
    }
}
