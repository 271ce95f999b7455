//! What a table is made of beside its rows: its schema, indexes, stream and settings. `UpdateTable` changes it as a whole.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::plan::{IndexDescription, IndexStatus, LatestStream, TableDescription, TableStatus};
use djamodb_core::schema::{TableSchema, Tag};
use djamodb_core::value::Name;

use crate::error::{Error, Invalid};
use crate::expiry::Expiry;
use crate::index::Index;
use crate::life::Life;
use crate::schema::{IndexKind, indexes};
use crate::shard::Shards;
use crate::stream::StreamLog;

#[derive(Debug)]
pub(crate) struct Layout {
    /// Without tags, time to live and point-in-time recovery, of which `DescribeTable` tells nothing.
    pub(crate) schema: TableSchema,
    pub(crate) life: Life,
    pub(crate) indexes: Vec<Index>,
    /// The stream that records now.
    pub(crate) stream: Option<Arc<StreamLog>>,
    pub(crate) latest_stream: Option<LatestStream>,
    pub(crate) expiry: Option<Expiry>,
    pub(crate) tags: Vec<Tag>,
    /// Since when the table can be restored to a point in time.
    pub(crate) restorable_since: Option<DateTime<Utc>>,
}

impl Layout {
    /// Of a table that is created now. What `CreateTable` does not carry, time to live and point-in-time recovery, is off.
    pub(crate) fn new(mut schema: TableSchema, life: Life) -> Self {
        schema.time_to_live = None;
        schema.point_in_time_recovery = false;
        let tags = std::mem::take(&mut schema.tags);
        Self {
            indexes: indexes(&schema).map(|index| Index::new(index, life)).collect(),
            schema,
            life,
            stream: None,
            latest_stream: None,
            expiry: None,
            tags,
            restorable_since: None,
        }
    }

    /// Whether the table can be changed: not while it is being created or deleted.
    pub(crate) fn can_change(&self) -> Result<(), Error> {
        self.can_change_or(|table| Error::in_use(format_args!("Table is being created: {table}")))
    }

    /// The same, for what the service has words of its own for while the table is being created.
    pub(crate) fn can_change_or(&self, creating: impl FnOnce(&Name) -> Error) -> Result<(), Error> {
        let table = &self.schema.name;
        match self.life {
            Life::Creating { .. } => Err(creating(table)),
            Life::Deleting { .. } => Err(Error::in_use(format_args!("Table is being deleted: {table}"))),
            Life::Active | Life::Updating { .. } => Ok(()),
        }
    }

    /// Records in a new stream from now on.
    pub(crate) fn begin_stream(&mut self, stream: Arc<StreamLog>) {
        self.schema.stream = Some(stream.view);
        self.latest_stream = Some(LatestStream { arn: stream.arn.clone(), label: stream.label.clone() });
        self.stream = Some(stream);
    }

    /// Records no longer.
    pub(crate) fn end_stream(&mut self, now: DateTime<Utc>) {
        self.schema.stream = None;
        if let Some(stream) = self.stream.take() {
            stream.end(now);
        }
    }

    /// An index by its name, with its place among all.
    pub(crate) fn index(&self, name: &Name) -> Result<(usize, &Index), Invalid> {
        let mut places = self.indexes.iter().enumerate();
        places.find(|(_, index)| index.schema.name == *name).ok_or_else(|| Invalid::UnknownIndex(name.clone()))
    }

    /// Whether an index is being created, changed or deleted.
    pub(crate) fn changes_an_index(&self) -> bool {
        self.indexes.iter().any(|index| index.life != Life::Active)
    }

    /// Takes out an index, of whichever kind and in whichever place.
    pub(crate) fn remove_index(&mut self, name: &Name) {
        self.indexes.retain(|index| index.schema.name != *name);
        self.schema.global_indexes.retain(|index| index.name != *name);
    }

    /// What came to its end by `now`: states of the table and of its indexes. The table itself may be gone: `false`.
    pub(crate) fn settle(&mut self, now: DateTime<Utc>) -> bool {
        let Some(life) = self.life.at(now) else {
            return false;
        };
        self.life = life;
        let gone = |index: &Index| index.life.at(now).is_none();
        let names: Vec<Name> =
            self.indexes.iter().filter(|index| gone(index)).map(|index| index.schema.name.clone()).collect();
        for name in &names {
            self.remove_index(name);
        }
        for index in &mut self.indexes {
            index.life = index.life.at(now).unwrap_or(Life::Active);
        }
        true
    }

    pub(crate) fn status(&self) -> TableStatus {
        match self.life {
            Life::Creating { .. } => TableStatus::Creating,
            Life::Updating { .. } => TableStatus::Updating,
            Life::Deleting { .. } => TableStatus::Deleting,
            Life::Active => TableStatus::Active,
        }
    }

    pub(crate) fn describe(&self, arn: String, created_at: DateTime<Utc>, rows: &Shards) -> TableDescription {
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
        let status = match index.life {
            Life::Active => IndexStatus::Active,
            Life::Creating { .. } => IndexStatus::Creating,
            Life::Updating { .. } => IndexStatus::Updating,
            Life::Deleting { .. } => IndexStatus::Deleting,
        };
        IndexDescription {
            name: index.schema.name.clone(),
            arn: Some(format!("{table_arn}/index/{}", index.schema.name)),
            status: (index.schema.kind == IndexKind::Global).then_some(status),
            // While the table is `UPDATING`, room is made for the index; only then is it filled.
            backfilling: status == IndexStatus::Creating && self.life == Life::Active,
            item_count,
            size_bytes,
        }
    }
}
