//! What a query or a scan reads: a table, or one of its indexes.

use djamodb_core::plan::Select;
use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema};
use djamodb_core::value::Item;

use crate::capacity::{Spent, Units};
use crate::index::Index;
use crate::key_bytes;
use crate::schema::IndexSchema;
use crate::shard::Shards;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    schema: &'a TableSchema,
    rows: &'a Shards,
    /// The index, with its place among the indexes of the table.
    index: Option<(usize, &'a Index)>,
}

impl<'a> Source<'a> {
    pub(crate) const fn new(schema: &'a TableSchema, rows: &'a Shards, index: Option<(usize, &'a Index)>) -> Self {
        Self { schema, rows, index }
    }

    pub(crate) const fn schema(&self) -> &'a TableSchema {
        self.schema
    }

    pub(crate) fn index(&self) -> Option<&'a IndexSchema> {
        self.index.map(|(_, index)| &index.schema)
    }

    pub(crate) fn rows(&self) -> &'a Shards {
        self.index.map_or(self.rows, |(_, index)| &index.rows)
    }

    /// What reading cost: `read` of what is read, and `fetched` of the items that a local index fetched from its table.
    pub(crate) fn spent(&self, read: Units, fetched: Units) -> Spent {
        match self.index {
            None => Spent::on_table(read),
            Some((at, _)) => Spent::on_index(at, read, fetched),
        }
    }

    /// Whether an item has to be fetched from the table for what is selected of it: a local index does that.
    pub(crate) fn fetches(&self, select: Option<&Select>) -> bool {
        let Some(index) = self.index().filter(|index| index.projection != IndexProjection::All) else {
            return false;
        };
        match select {
            Some(Select::AllAttributes) => true,
            Some(Select::SpecificAttributes(projection)) => {
                projection.paths.iter().any(|path| !index.projects(&self.schema.key, &path.name))
            }
            None | Some(Select::AllProjectedAttributes | Select::Count) => false,
        }
    }

    /// The key by which the rows are ordered; in an index, the table's key decides among equal ones.
    pub(crate) fn key(&self) -> &'a KeySchema {
        self.index.map_or(&self.schema.key, |(_, index)| &index.schema.key)
    }

    /// Where `item`, or a start key, stands among the rows.
    pub(crate) fn position(&self, item: &Item) -> Option<Vec<u8>> {
        let table_key = key_bytes::encode(&self.schema().key, item)?;
        match self.index {
            None => Some(table_key),
            Some((_, index)) => index.entry_key(&table_key, item),
        }
    }

    /// What tells the position of `item` to whoever goes on reading after it: the keys of the table and of the index.
    pub(crate) fn start_key(&self, item: &Item) -> Item {
        match self.index {
            None => item.pick(self.schema().key.names()),
            Some((_, index)) => item.pick(self.schema().key.names().chain(index.schema.key.names())),
        }
    }
}
