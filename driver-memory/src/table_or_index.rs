//! The table or index that a query or a scan reads.

use djamodb_core::plan::Select;
use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema};
use djamodb_core::service::CapacityUnits;
use djamodb_core::value::Item;

use crate::capacity::ConsumedUnits;
use crate::index::Index;
use crate::index_schema::IndexSchema;
use crate::key_bytes;
use crate::sharded_tree::ShardedTree;

/// A table, or one of its indexes, that is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableOrIndex<'a> {
    schema: &'a TableSchema,
    rows: &'a ShardedTree,
    /// The index with its number in the table's layout.
    index: Option<(usize, &'a Index)>,
}

impl<'a> TableOrIndex<'a> {
    pub(crate) const fn new(schema: &'a TableSchema, rows: &'a ShardedTree, index: Option<(usize, &'a Index)>) -> Self {
        Self { schema, rows, index }
    }

    /// Returns the schema of the table.
    pub(crate) const fn schema(&self) -> &'a TableSchema {
        self.schema
    }

    pub(crate) fn index(&self) -> Option<&'a IndexSchema> {
        self.index.map(|(_, index)| &index.schema)
    }

    pub(crate) fn rows(&self) -> &'a ShardedTree {
        self.index.map_or(self.rows, |(_, index)| &index.rows)
    }

    /// Returns the units of a read: `read` for the rows that were read, `fetched` for the items that a local index
    /// fetched from its table.
    pub(crate) fn consumed(&self, read: CapacityUnits, fetched: CapacityUnits) -> ConsumedUnits {
        match self.index {
            None => ConsumedUnits::on_table(read),
            Some((number, _)) => ConsumedUnits::on_index(number, read, fetched),
        }
    }

    /// Returns `true` if this is a local index that has to fetch selected attributes from its table.
    pub(crate) fn fetches_from_table(&self, select: Option<&Select>) -> bool {
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

    /// Returns the key schema of the table or the index. Index entries of equal keys are in the order of the table's key.
    pub(crate) fn key(&self) -> &'a KeySchema {
        self.index.map_or(&self.schema.key, |(_, index)| &index.schema.key)
    }

    /// Returns the key of an item or start key as bytes, or `None` if it lacks a key attribute.
    pub(crate) fn encode_key(&self, item: &Item) -> Option<Vec<u8>> {
        let table_key = key_bytes::encode(&self.schema().key, item)?;
        match self.index {
            None => Some(table_key),
            Some((_, index)) => index.entry_key(&table_key, item),
        }
    }

    /// Returns the key attributes of `item` in the table and the index, for use as an `ExclusiveStartKey`.
    pub(crate) fn start_key(&self, item: &Item) -> Item {
        match self.index {
            None => item.pick(self.schema().key.names()),
            Some((_, index)) => item.pick(self.schema().key.names().chain(index.schema.key.names())),
        }
    }
}
