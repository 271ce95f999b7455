//! The layout of a table: everything but its rows.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::plan::{IndexDescription, IndexStatus, LatestStream, TableDescription, TableStatus};
use djamodb_core::schema::{TableSchema, Tag};
use djamodb_core::value::Name;

use crate::error::{Error, ValidationError};
use crate::expiry_schedule::ExpirySchedule;
use crate::index::Index;
use crate::index_schema::{IndexKind, indexes};
use crate::lifecycle::Lifecycle;
use crate::sharded_tree::ShardedTree;
use crate::stream::{StreamLog, StreamRegistry};

/// The schema, indexes, stream and settings of a table. A request holds its lock shared; `UpdateTable` and due
/// transitions lock it exclusively.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The schema as `DescribeTable` returns it: without tags, time to live and point-in-time recovery.
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
    /// Time at which point-in-time recovery was enabled.
    pub(crate) restorable_since: Option<DateTime<Utc>>,
}

impl Layout {
    /// Creates the layout of a new table. `CreateTable` carries neither time to live nor point-in-time recovery, so that
    /// both are off.
    pub(crate) fn new(mut schema: TableSchema, lifecycle: Lifecycle) -> Self {
        schema.time_to_live = None;
        schema.point_in_time_recovery = false;
        let tags = std::mem::take(&mut schema.tags);
        Self {
            indexes: indexes(&schema).map(|index| Index::new(index, lifecycle)).collect(),
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
        let is_deleted = |index: &Index| index.lifecycle.at(now).is_none();
        let deleted: Vec<Name> =
            self.indexes.iter().filter(|index| is_deleted(index)).map(|index| index.schema.name.clone()).collect();
        for name in &deleted {
            self.remove_index(name);
        }
        for index in &mut self.indexes {
            index.lifecycle = index.lifecycle.at(now).unwrap_or(Lifecycle::Active);
        }
        true
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
        TableDescription {
            schema: self.schema.clone(),
            status: self.status(),
            created_at: Some(created_at),
            item_count,
            size_bytes,
            indexes: self.indexes.iter().map(|index| self.describe_index(index, &arn)).collect(),
            latest_stream: self.latest_stream.clone(),
            arn: Some(arn),
        }
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
        }
    }
}
