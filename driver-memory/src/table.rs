//! A table: its rows, its indexes, and the one way in which a row changes.

use chrono::{DateTime, Utc};
use djamodb_core::plan::{TableDescription, TableStatus};
use djamodb_core::schema::{TableSchema, Tag};
use djamodb_core::value::{Item, Name};
use parking_lot::RwLock;

use crate::error::{Error, Invalid};
use crate::index::Index;
use crate::key_bytes;
use crate::row::Row;
use crate::schema::indexes;
use crate::shard::Shards;
use crate::source::Source;

/// What comes before a table's name in its ARN.
pub(crate) const ARN_PREFIX: &str = "arn:aws:dynamodb:memory:000000000000:table/";

#[derive(Debug)]
pub(crate) struct Table {
    schema: TableSchema,
    created_at: DateTime<Utc>,
    pub(crate) settings: RwLock<Settings>,
    pub(crate) rows: Shards,
    pub(crate) indexes: Vec<Index>,
}

/// What can be set on a table once it is there. `DescribeTable` tells none of it, as in the service.
#[derive(Default, Debug)]
pub(crate) struct Settings {
    pub(crate) time_to_live: Option<Name>,
    pub(crate) point_in_time_recovery: bool,
    pub(crate) tags: Vec<Tag>,
}

/// What becomes of a row.
#[derive(Debug)]
pub(crate) enum Change {
    Put(Row),
    Delete,
}

impl Table {
    /// A table without rows. What `CreateTable` does not carry, time to live and point-in-time recovery, is off.
    pub(crate) fn new(mut schema: TableSchema, created_at: DateTime<Utc>) -> Self {
        let indexes = indexes(&schema).map(Index::new).collect();
        schema.time_to_live = None;
        schema.point_in_time_recovery = false;
        let settings = Settings { tags: std::mem::take(&mut schema.tags), ..Settings::default() };
        Self { schema, created_at, settings: RwLock::new(settings), rows: Shards::default(), indexes }
    }

    pub(crate) const fn schema(&self) -> &TableSchema {
        &self.schema
    }

    /// The key of an item in this table.
    pub(crate) fn key(&self, item: &Item) -> Result<Vec<u8>, Invalid> {
        key_bytes::encode(&self.schema.key, item).ok_or(Invalid::KeyElement)
    }

    /// The row at `key`.
    pub(crate) fn row(&self, key: &[u8]) -> Option<Row> {
        self.rows.read(key).get(key).cloned()
    }

    /// Changes the row at `key`, indexes included, in one critical section. `decide` sees the item as it is and says
    /// what becomes of it; when it refuses, nothing changes.
    pub(crate) fn write<T>(
        &self,
        key: &[u8],
        decide: impl FnOnce(Option<&Item>) -> Result<(Change, T), Error>,
    ) -> Result<T, Error> {
        let mut shard = self.rows.write(key);
        let old = shard.get(key).map(|row| row.item.clone());
        let (change, answer) = decide(old.as_ref())?;
        let new = match change {
            Change::Put(row) => Some(row),
            Change::Delete => None,
        };
        for index in &self.indexes {
            index.follow(&self.schema.key, key, old.as_ref(), new.as_ref());
        }
        match new {
            Some(row) => shard.insert(key, row),
            None => shard.remove(key),
        }
        // Before the old item goes: giving back the memory of a large one takes a while.
        drop(shard);
        Ok(answer)
    }

    /// The table itself or one of its indexes, to be read.
    pub(crate) fn source(&self, index: Option<&Name>) -> Result<Source<'_>, Invalid> {
        let index = match index {
            None => None,
            Some(name) => {
                let found = self.indexes.iter().find(|index| index.schema.name == *name);
                Some(found.ok_or_else(|| Invalid::UnknownIndex(name.clone()))?)
            }
        };
        Ok(Source::new(self, index))
    }

    pub(crate) fn describe(&self, status: TableStatus) -> TableDescription {
        let (items, bytes) =
            self.rows.iter().fold((0, 0), |(items, bytes), shard| (items + shard.len(), bytes + shard.bytes()));
        TableDescription {
            schema: self.schema.clone(),
            arn: Some(format!("{ARN_PREFIX}{}", self.schema.name)),
            status,
            created_at: Some(self.created_at),
            item_count: u64::try_from(items).unwrap_or(u64::MAX),
            size_bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            indexes: Vec::new(),
            latest_stream: None,
        }
    }
}
