//! The [UpdateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html)
//! operation: changes the settings and the global indexes of a table.

use super::TableDescription;
use crate::schema::{Billing, GlobalIndex, StreamView, TableClass, Throughput};
use crate::value::Name;

/// A request that changes the billing, the class, the global indexes, the stream or the deletion protection of a table.
///
/// The status of the table is `UPDATING` until the change is complete; the table accepts reads and writes meanwhile. One request
/// creates or deletes at most one index.
///
/// ```
/// use djamodb_core::plan::UpdateTable;
/// use djamodb_core::schema::{GlobalIndex, KeyAttribute, KeySchema, IndexProjection};
///
/// let by_kind = GlobalIndex::new("by_kind", KeySchema::hash(KeyAttribute::s("kind")), IndexProjection::All);
/// let update = UpdateTable::new("weather").create_index(by_kind);
/// assert_eq!(update.global_indexes.len(), 1);
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateTable {
    /// The table.
    pub table: Name,
    /// New billing; unchanged if `None`.
    pub billing: Option<Billing>,
    /// Changes of the global indexes.
    pub global_indexes: Vec<GlobalIndexUpdate>,
    /// Change of the stream; unchanged if `None`.
    pub stream: Option<StreamUpdate>,
    /// New table class; unchanged if `None`. It can be changed twice within 30 days.
    pub table_class: Option<TableClass>,
    /// `true` to protect the table from `DeleteTable`; unchanged if `None`.
    pub deletion_protection: Option<bool>,
}

/// A change of a global index.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum GlobalIndexUpdate {
    /// Creates the index and fills it with the items of the table.
    Create(GlobalIndex),
    /// Changes the throughput of the index.
    Update {
        /// Name of the index.
        index: Name,
        /// New throughput.
        throughput: Throughput,
    },
    /// Deletes the index with this name.
    Delete(Name),
}

/// A change of the stream of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum StreamUpdate {
    /// Enables a new stream that records these images.
    Enable(StreamView),
    /// Disables the stream. Its records can be read for 24 hours.
    Disable,
}

/// The output of [`UpdateTable`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateTableOutput {
    /// State of the table, usually `UPDATING`.
    pub table: TableDescription,
}

impl UpdateTable {
    /// Creates a request without changes. The service refuses it until a change is added.
    pub fn new(table: impl Into<Name>) -> Self {
        Self {
            table: table.into(),
            billing: None,
            global_indexes: Vec::new(),
            stream: None,
            table_class: None,
            deletion_protection: None,
        }
    }

    /// Changes the billing.
    #[must_use]
    pub fn billing(self, billing: Billing) -> Self {
        Self { billing: Some(billing), ..self }
    }

    /// Adds the creation of a global index.
    #[must_use]
    pub fn create_index(mut self, index: GlobalIndex) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Create(index));
        self
    }

    /// Adds a change of the throughput of a global index.
    #[must_use]
    pub fn update_index(mut self, index: impl Into<Name>, throughput: Throughput) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Update { index: index.into(), throughput });
        self
    }

    /// Adds the deletion of a global index.
    #[must_use]
    pub fn delete_index(mut self, index: impl Into<Name>) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Delete(index.into()));
        self
    }

    /// Enables or disables the stream.
    #[must_use]
    pub fn stream(self, stream: StreamUpdate) -> Self {
        Self { stream: Some(stream), ..self }
    }

    /// Changes the table class.
    #[must_use]
    pub fn table_class(self, class: TableClass) -> Self {
        Self { table_class: Some(class), ..self }
    }

    /// Enables or disables the protection from `DeleteTable`.
    #[must_use]
    pub fn deletion_protection(self, protected: bool) -> Self {
        Self { deletion_protection: Some(protected), ..self }
    }
}
