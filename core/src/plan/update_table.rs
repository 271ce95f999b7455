//! The [UpdateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html)
//! operation: changes the settings and the global indexes of a table.

use super::TableDescription;
use super::on_demand_maximum_update::OnDemandMaximumUpdate;
use crate::schema::{Billing, Encryption, GlobalIndex, StreamView, TableClass, Throughput, WarmThroughput};
use crate::value::Name;

/// A request that changes the billing, the throughput, the class, the encryption, the global indexes, the stream or the deletion protection
/// of a table.
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
    /// Changes of the on-demand maximums. The service accepts them together with the billing only.
    pub on_demand_maximum: OnDemandMaximumUpdate,
    /// Units to which the warm throughput is raised; unchanged where `None`. The service accepts no other change in the same request.
    pub warm_throughput: WarmThroughput,
    /// New encryption; unchanged if `None`. It can be changed four times within 24 hours, and the service accepts no other change in the
    /// same request.
    pub encryption: Option<Encryption>,
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
    Update(IndexUpdate),
    /// Deletes the index with this name.
    Delete(Name),
}

/// A change of the throughput of a global index.
///
/// See [UpdateGlobalSecondaryIndexAction][action].
///
/// [action]: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateGlobalSecondaryIndexAction.html
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IndexUpdate {
    /// Name of the index.
    pub index: Name,
    /// New provisioned throughput; unchanged if `None`.
    pub throughput: Option<Throughput>,
    /// Changes of the on-demand maximums.
    pub on_demand_maximum: OnDemandMaximumUpdate,
    /// Units to which the warm throughput is raised; unchanged where `None`.
    pub warm_throughput: WarmThroughput,
}

impl IndexUpdate {
    /// Creates an update without changes. The service refuses it until a change is added.
    pub fn new(index: impl Into<Name>) -> Self {
        Self {
            index: index.into(),
            throughput: None,
            on_demand_maximum: OnDemandMaximumUpdate::UNCHANGED,
            warm_throughput: WarmThroughput::UNSPECIFIED,
        }
    }

    /// Changes the provisioned throughput.
    #[must_use]
    pub fn throughput(self, throughput: Throughput) -> Self {
        Self { throughput: Some(throughput), ..self }
    }

    /// Changes the on-demand maximums: sets those of an [`OnDemandMaximum`](crate::schema::OnDemandMaximum), or as an update says.
    #[must_use]
    pub fn on_demand_maximum(self, update: impl Into<OnDemandMaximumUpdate>) -> Self {
        Self { on_demand_maximum: update.into(), ..self }
    }

    /// Raises the warm throughput.
    #[must_use]
    pub fn warm_throughput(self, throughput: WarmThroughput) -> Self {
        Self { warm_throughput: throughput, ..self }
    }
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
            on_demand_maximum: OnDemandMaximumUpdate::UNCHANGED,
            warm_throughput: WarmThroughput::UNSPECIFIED,
            encryption: None,
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

    /// Adds a change of the provisioned throughput of a global index.
    #[must_use]
    pub fn update_index(self, index: impl Into<Name>, throughput: Throughput) -> Self {
        self.update_index_with(IndexUpdate::new(index).throughput(throughput))
    }

    /// Adds a change of a global index.
    ///
    /// ```
    /// use djamodb_core::plan::{IndexUpdate, UpdateTable};
    /// use djamodb_core::schema::OnDemandMaximum;
    ///
    /// let by_kind = IndexUpdate::new("by_kind").on_demand_maximum(OnDemandMaximum::new(500, 100));
    /// let update = UpdateTable::new("weather").update_index_with(by_kind);
    /// assert_eq!(update.global_indexes.len(), 1);
    /// ```
    #[must_use]
    pub fn update_index_with(mut self, update: IndexUpdate) -> Self {
        self.global_indexes.push(GlobalIndexUpdate::Update(update));
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

    /// Changes the on-demand maximums: sets those of an [`OnDemandMaximum`](crate::schema::OnDemandMaximum), or as an update says.
    ///
    /// ```
    /// use djamodb_core::plan::{OnDemandMaximumUpdate, UnitsUpdate, UpdateTable};
    /// use djamodb_core::schema::OnDemandMaximum;
    ///
    /// let fewer_writes = UpdateTable::new("weather").on_demand_maximum(OnDemandMaximum::write(100));
    /// assert_eq!(fewer_writes.on_demand_maximum.read_units, UnitsUpdate::Unchanged);
    /// let no_maximum = UpdateTable::new("weather").on_demand_maximum(OnDemandMaximumUpdate::REMOVE);
    /// assert_eq!(no_maximum.on_demand_maximum.write_units, UnitsUpdate::Remove);
    /// ```
    #[must_use]
    pub fn on_demand_maximum(self, update: impl Into<OnDemandMaximumUpdate>) -> Self {
        Self { on_demand_maximum: update.into(), ..self }
    }

    /// Raises the warm throughput. The service refuses units below the current ones.
    #[must_use]
    pub fn warm_throughput(self, throughput: WarmThroughput) -> Self {
        Self { warm_throughput: throughput, ..self }
    }

    /// Changes the encryption.
    #[must_use]
    pub fn encryption(self, encryption: Encryption) -> Self {
        Self { encryption: Some(encryption), ..self }
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
