//! What a query or a scan reads: a table, or one of its indexes.

use djamodb_core::schema::{KeySchema, TableSchema};
use djamodb_core::value::Item;

use crate::index::Index;
use crate::key_bytes;
use crate::schema::IndexSchema;
use crate::shard::Shards;
use crate::table::Table;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    table: &'a Table,
    index: Option<&'a Index>,
}

impl<'a> Source<'a> {
    pub(crate) const fn new(table: &'a Table, index: Option<&'a Index>) -> Self {
        Self { table, index }
    }

    pub(crate) const fn schema(&self) -> &'a TableSchema {
        self.table.schema()
    }

    pub(crate) fn index(&self) -> Option<&'a IndexSchema> {
        self.index.map(|index| &index.schema)
    }

    pub(crate) fn rows(&self) -> &'a Shards {
        self.index.map_or(&self.table.rows, |index| &index.rows)
    }

    /// The key by which the rows are ordered; in an index, the table's key decides among equal ones.
    pub(crate) fn key(&self) -> &'a KeySchema {
        self.index.map_or(&self.schema().key, |index| &index.schema.key)
    }

    /// Where `item`, or a start key, stands among the rows.
    pub(crate) fn position(&self, item: &Item) -> Option<Vec<u8>> {
        let table_key = key_bytes::encode(&self.schema().key, item)?;
        match self.index {
            None => Some(table_key),
            Some(index) => index.entry_key(&table_key, item),
        }
    }

    /// What tells the position of `item` to whoever goes on reading after it: the keys of the table and of the index.
    pub(crate) fn start_key(&self, item: &Item) -> Item {
        match self.index {
            None => item.pick(self.schema().key.names()),
            Some(index) => item.pick(self.schema().key.names().chain(index.schema.key.names())),
        }
    }
}
