//! The layout of a table: everything but its rows.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::plan::{
    EncryptionStatus, IndexDescription, IndexStatus, LatestStream, TableDescription, TableStatus,
    WarmThroughputDescription,
};
use djamodb_core::schema::{
    Billing, Encryption, GlobalIndex, OnDemandMaximum, TableSchema, Tag, Throughput, WarmThroughput,
};
use djamodb_core::value::Name;

use crate::arns::Arns;
use crate::encryption_key;
use crate::error::{Error, ValidationError};
use crate::expiry_schedule::ExpirySchedule;
use crate::gradual::Gradual;
use crate::index::Index;
use crate::index_schema::{IndexKind, IndexSchema, indexes};
use crate::lifecycle::Lifecycle;
use crate::resource_policy::ResourcePolicy;
use crate::sharded_tree::ShardedTree;
use crate::stream::{StreamLog, StreamRegistry};
use crate::warm_units::WarmUnits;

/// The schema, indexes, stream and settings of a table. A request holds its lock shared; `UpdateTable` and due
/// transitions lock it exclusively.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The schema as `DescribeTable` returns it, but for the encryption: without tags, time to live, point-in-time recovery, warm
    /// throughput and resource policy.
    pub(crate) schema: TableSchema,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) indexes: Vec<Index>,
    /// The enabled stream.
    pub(crate) stream: Option<Arc<StreamLog>>,
    /// The enabled stream or the last that was enabled.
    pub(crate) latest_stream: Option<LatestStream>,
    /// `Some` if time to live is enabled.
    pub(crate) expiry: Option<ExpirySchedule>,
    pub(crate) tags: Vec<Tag>,
    /// Encryption as it is described.
    pub(crate) encryption: Gradual<Encryption>,
    pub(crate) warm: Gradual<WarmUnits>,
    pub(crate) policy: ResourcePolicy,
    /// Time at which point-in-time recovery was enabled.
    pub(crate) restorable_since: Option<DateTime<Utc>>,
}

impl Layout {
    /// Creates the layout of a new table. `CreateTable` carries neither time to live nor point-in-time recovery, so that
    /// both are off.
    pub(crate) fn new(mut schema: TableSchema, now: DateTime<Utc>, lifecycle: Lifecycle, arns: &Arns) -> Self {
        schema.time_to_live = None;
        schema.point_in_time_recovery = false;
        let tags = std::mem::take(&mut schema.tags);
        let encryption = encryption_key::described(&std::mem::take(&mut schema.encryption), arns);
        let requested = std::mem::take(&mut schema.warm_throughput);
        let warm = WarmUnits::initial(schema.billing, None).with(requested);
        let of_index = |index: &IndexSchema| {
            let index = schema.global_indexes.iter().find(|global| global.name == index.name)?;
            Some(WarmUnits::initial(schema.billing, index.throughput).with(index.warm_throughput))
        };
        let indexes = indexes(&schema).map(|index| {
            let warm = of_index(&index);
            Index::new(index, lifecycle, warm)
        });
        let indexes = indexes.collect();
        for index in &mut schema.global_indexes {
            index.warm_throughput = WarmThroughput::UNSPECIFIED;
            index.throughput = own_throughput(index, schema.billing);
        }
        Self {
            indexes,
            policy: ResourcePolicy::new(schema.resource_policy.take(), now),
            encryption: Gradual::new(encryption),
            warm: Gradual::new(warm),
            schema,
            lifecycle,
            stream: None,
            latest_stream: None,
            expiry: None,
            tags,
            restorable_since: None,
        }
    }

    /// Returns a copy whose indexes share their rows with these. The stream of the copy is the one of `streams` with the same ARN.
    pub(crate) fn copy(&self, streams: &StreamRegistry) -> Self {
        let copy_index = |index: &Index| Index {
            schema: index.schema.clone(),
            lifecycle: index.lifecycle,
            warm: index.warm.clone(),
            rows: index.rows.share(),
        };
        Self {
            schema: self.schema.clone(),
            lifecycle: self.lifecycle,
            indexes: self.indexes.iter().map(copy_index).collect(),
            stream: self.stream.as_ref().and_then(|stream| streams.by_arn(&stream.identity.arn)),
            latest_stream: self.latest_stream.clone(),
            expiry: self.expiry.as_ref().map(ExpirySchedule::copy),
            tags: self.tags.clone(),
            encryption: self.encryption.clone(),
            warm: self.warm.clone(),
            policy: self.policy.clone(),
            restorable_since: self.restorable_since,
        }
    }

    /// Checks that the table can be changed.
    ///
    /// # Errors
    ///
    /// [`Error::InUse`] while the table is being created or deleted.
    pub(crate) fn check_changeable(&self) -> Result<(), Error> {
        self.check_changeable_or(|table| Error::in_use(format_args!("Table is being created: {table}")))
    }

    /// Checks that the table can be changed, with the error `creating` while it is being created.
    pub(crate) fn check_changeable_or(&self, creating: impl FnOnce(&Name) -> Error) -> Result<(), Error> {
        let table = &self.schema.name;
        match self.lifecycle {
            Lifecycle::Creating { .. } => Err(creating(table)),
            Lifecycle::Deleting { .. } => Err(Error::in_use(format_args!("Table is being deleted: {table}"))),
            Lifecycle::Active | Lifecycle::Updating { .. } => Ok(()),
        }
    }

    /// Records all changes from now on in a new stream.
    pub(crate) fn enable_stream(&mut self, stream: Arc<StreamLog>) {
        self.schema.stream = Some(stream.view);
        let (arn, label) = (stream.identity.arn.clone(), stream.identity.label.clone());
        self.latest_stream = Some(LatestStream { arn, label });
        self.stream = Some(stream);
    }

    pub(crate) fn disable_stream(&mut self, now: DateTime<Utc>) {
        self.schema.stream = None;
        if let Some(stream) = self.stream.take() {
            stream.close(now);
        }
    }

    /// Returns an index by its name, with its number in `indexes`.
    pub(crate) fn index(&self, name: &Name) -> Result<(usize, &Index), ValidationError> {
        let mut numbered = self.indexes.iter().enumerate();
        numbered
            .find(|(_, index)| index.schema.name == *name)
            .ok_or_else(|| ValidationError::UnknownIndex(name.clone()))
    }

    /// Returns `true` if an index is being created, updated or deleted.
    pub(crate) fn has_index_in_transition(&self) -> bool {
        self.indexes.iter().any(|index| index.lifecycle != Lifecycle::Active)
    }

    pub(crate) fn remove_index(&mut self, name: &Name) {
        self.indexes.retain(|index| index.schema.name != *name);
        self.schema.global_indexes.retain(|index| index.name != *name);
    }

    /// Ends the states of the table and of its indexes that are over by `now`. Returns `false` if the table itself has
    /// been deleted.
    pub(crate) fn apply_due_transitions(&mut self, now: DateTime<Utc>) -> bool {
        let Some(lifecycle) = self.lifecycle.at(now) else {
            return false;
        };
        self.lifecycle = lifecycle;
        self.encryption.settle(now);
        self.warm.settle(now);
        let is_deleted = |index: &Index| index.lifecycle.at(now).is_none();
        let deleted: Vec<Name> =
            self.indexes.iter().filter(|index| is_deleted(index)).map(|index| index.schema.name.clone()).collect();
        for name in &deleted {
            self.remove_index(name);
        }
        for index in &mut self.indexes {
            index.lifecycle = index.lifecycle.at(now).unwrap_or(Lifecycle::Active);
            index.warm.iter_mut().for_each(|warm| warm.settle(now));
        }
        true
    }

    /// Returns the times at which states and changes of settings end.
    pub(crate) fn deadlines(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let of_index = |index: &Index| [index.lifecycle.until(), index.warm.as_ref().and_then(Gradual::until)];
        let of_table = [self.lifecycle.until(), self.encryption.until(), self.warm.until()];
        of_table.into_iter().chain(self.indexes.iter().flat_map(of_index)).flatten()
    }

    /// Changes the billing, and raises the warm throughput to what it provides. Indexes have no throughput of their own, or no on-demand
    /// maximums, in the other billing mode.
    pub(crate) fn set_billing(&mut self, billing: Billing) {
        self.schema.billing = billing;
        let provided = WarmUnits::initial(billing, None);
        self.warm.adjust(|warm| warm.max(provided));
        match billing {
            Billing::PayPerRequest => {
                self.schema.global_indexes.iter_mut().for_each(|index| index.throughput = None);
                for warm in self.indexes.iter_mut().filter_map(|index| index.warm.as_mut()) {
                    warm.adjust(|warm| warm.max(provided));
                }
            }
            Billing::Provisioned(_) => {
                self.schema.on_demand_maximum = OnDemandMaximum::NONE;
                self.schema.global_indexes.iter_mut().for_each(|index| index.on_demand_maximum = OnDemandMaximum::NONE);
            }
        }
    }

    pub(crate) fn status(&self) -> TableStatus {
        match self.lifecycle {
            Lifecycle::Creating { .. } => TableStatus::Creating,
            Lifecycle::Updating { .. } => TableStatus::Updating,
            Lifecycle::Deleting { .. } => TableStatus::Deleting,
            Lifecycle::Active => TableStatus::Active,
        }
    }

    /// Returns the description of the table that holds `rows`.
    pub(crate) fn describe(&self, arn: String, created_at: DateTime<Utc>, rows: &ShardedTree) -> TableDescription {
        let (item_count, size_bytes) = rows.count();
        let encryption_status = match (self.encryption.current(), self.encryption.is_changing()) {
            (_, true) => Some(EncryptionStatus::Updating),
            (Encryption::AwsOwned, false) => None,
            (_, false) => Some(EncryptionStatus::Enabled),
        };
        let status = |is_changing| if is_changing { TableStatus::Updating } else { TableStatus::Active };
        TableDescription {
            schema: self.describe_schema(),
            encryption_status,
            warm_throughput: Some(describe_warm(&self.warm, status)),
            status: self.status(),
            created_at: Some(created_at),
            item_count,
            size_bytes,
            indexes: self.indexes.iter().map(|index| self.describe_index(index, &arn)).collect(),
            latest_stream: self.latest_stream.clone(),
            arn: Some(arn),
        }
    }

    /// Returns the schema as it is described. Like the drivers for servers, it has no throughput for an index that has that of the table.
    fn describe_schema(&self) -> TableSchema {
        let mut schema = TableSchema { encryption: self.encryption.current().clone(), ..self.schema.clone() };
        if let Billing::Provisioned(of_table) = schema.billing {
            for index in &mut schema.global_indexes {
                index.throughput = index.throughput.filter(|own| *own != of_table);
            }
        }
        schema
    }

    fn describe_index(&self, index: &Index, table_arn: &str) -> IndexDescription {
        let (item_count, size_bytes) = index.rows.count();
        let status = match index.lifecycle {
            Lifecycle::Active => IndexStatus::Active,
            Lifecycle::Creating { .. } => IndexStatus::Creating,
            Lifecycle::Updating { .. } => IndexStatus::Updating,
            Lifecycle::Deleting { .. } => IndexStatus::Deleting,
        };
        IndexDescription {
            name: index.schema.name.clone(),
            arn: Some(format!("{table_arn}/index/{}", index.schema.name)),
            status: (index.schema.kind == IndexKind::Global).then_some(status),
            // The service allocates resources for the index while the table is `UPDATING`, and backfills it afterwards.
            backfilling: status == IndexStatus::Creating && self.lifecycle == Lifecycle::Active,
            item_count,
            size_bytes,
            warm_throughput: index.warm.as_ref().map(|warm| {
                describe_warm(warm, |is_changing| if is_changing { IndexStatus::Updating } else { IndexStatus::Active })
            }),
        }
    }
}

/// Returns the throughput of a new index in a table of this billing. In a provisioned table, it is that of the table by default, which
/// the index keeps when that of the table changes.
pub(crate) fn own_throughput(index: &GlobalIndex, billing: Billing) -> Option<Throughput> {
    match billing {
        Billing::PayPerRequest => index.throughput,
        Billing::Provisioned(of_table) => index.throughput.or(Some(of_table)),
    }
}

/// Describes a warm throughput with the status that `status` returns for one that is changing or not.
fn describe_warm<S>(warm: &Gradual<WarmUnits>, status: impl FnOnce(bool) -> S) -> WarmThroughputDescription<S> {
    let WarmUnits { read, write } = *warm.current();
    WarmThroughputDescription { read_units: read, write_units: write, status: status(warm.is_changing()) }
}
