//! A secondary index: a tree of its own, in the order of its own key.

use djamodb_core::schema::KeySchema;
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::key_bytes;
use crate::row::Row;
use crate::schema::IndexSchema;
use crate::shard::Shards;

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) schema: IndexSchema,
    pub(crate) rows: Shards,
}

impl Index {
    pub(crate) fn new(schema: IndexSchema) -> Self {
        Self { schema, rows: Shards::default() }
    }

    /// The key of an item's entry: its key in the index, then its key in the table, `table_key`. `None` when the item
    /// is not in the index, since it lacks one of the index's key attributes.
    pub(crate) fn entry_key(&self, table_key: &[u8], item: &Item) -> Option<Vec<u8>> {
        let mut key = key_bytes::encode(&self.schema.key, item)?;
        key.extend_from_slice(table_key);
        Some(key)
    }

    /// What the index holds of a row of the table whose key schema is `table`.
    pub(crate) fn entry(&self, table: &KeySchema, row: &Row) -> Row {
        match self.schema.project(table, &row.item) {
            None => row.clone(),
            Some(part) => {
                let bytes = item_bytes(&part);
                Row::part(row.item.clone(), part, bytes)
            }
        }
    }

    /// Follows a row of the table from `old` to `new`. The table's shard is locked by whoever calls.
    ///
    /// Who reads the partition sees the one or the other. An entry that moves to another partition may be seen in both
    /// or in neither, as in any index that is read partition by partition.
    pub(crate) fn follow(&self, table: &KeySchema, table_key: &[u8], old: Option<&Item>, new: Option<&Row>) {
        let old = old.and_then(|item| self.entry_key(table_key, item));
        let new = new.and_then(|row| Some((self.entry_key(table_key, &row.item)?, self.entry(table, row))));
        let Some((new, entry)) = new else {
            if let Some(old) = old {
                self.rows.write(&old).remove(&old);
            }
            return;
        };
        let mut shard = self.rows.write(&new);
        shard.insert(&new, entry);
        match old {
            Some(old) if old == new => {}
            Some(old) if Shards::are_one(&old, &new) => shard.remove(&old),
            Some(old) => {
                drop(shard);
                self.rows.write(&old).remove(&old);
            }
            None => {}
        }
    }
}
