//! A check that the indexes and the expiry schedule of a table agree with its items.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use djamodb_core::schema::KeySchema;
use djamodb_core::value::size::item_bytes;

use crate::index::Index;
use crate::key_bytes;
use crate::row::Row;
use crate::table::Table;
use crate::tree::Tree;

/// Checks all rows of a table and of its indexes. Writes wait meanwhile, since all shards of the table are locked.
///
/// # Errors
///
/// A description of the first disagreement, with the name of the table.
pub(crate) fn check_table(table: &Table, now: DateTime<Utc>) -> Result<(), String> {
    let layout = table.layout.read();
    let shards: Vec<_> = table.rows.iter().collect();
    let name = &table.name;
    let in_table = |message: String| format!("table {name}: {message}");
    for shard in &shards {
        check_size(shard).map_err(in_table)?;
        for (key, row) in shard.iter() {
            if key_bytes::encode(&layout.schema.key, &row.item).as_deref() != Some(key) {
                return Err(in_table(format!("{:?} is stored at the key of another item", row.item)));
            }
            if row.bytes != item_bytes(&row.item) {
                return Err(in_table(format!("the recorded size of {:?}, {} bytes, is wrong", row.item, row.bytes)));
            }
        }
    }
    let rows = || shards.iter().flat_map(|shard| shard.iter());
    if let Some(expiry) = &layout.expiry {
        expiry.check(rows(), now).map_err(in_table)?;
    }
    for index in &layout.indexes {
        check_index(index, &layout.schema.key, rows())
            .map_err(|message| in_table(format!("index {}: {message}", index.schema.name)))?;
    }
    Ok(())
}

/// Checks that an index holds exactly the entries of `rows`, all rows of its table.
fn check_index<'a>(
    index: &Index,
    table_key: &KeySchema,
    rows: impl Iterator<Item = (&'a [u8], &'a Row)>,
) -> Result<(), String> {
    let mut expected: BTreeMap<Vec<u8>, Row> =
        rows.filter_map(|(key, row)| Some((index.entry_key(key, &row.item)?, index.entry(table_key, row)))).collect();
    for shard in index.rows.iter() {
        check_size(&shard)?;
        for (key, entry) in shard.iter() {
            match expected.remove(key) {
                Some(expected) if expected == *entry => {}
                Some(expected) => return Err(format!("holds {entry:?} in place of {expected:?}")),
                None => return Err(format!("holds {entry:?}, which is not in the table")),
            }
        }
    }
    match expected.into_values().next() {
        Some(missing) => Err(format!("lacks {missing:?}")),
        None => Ok(()),
    }
}

/// Checks the recorded size of a tree.
fn check_size(tree: &Tree) -> Result<(), String> {
    let bytes: usize = tree.iter().map(|(_, row)| row.bytes).sum();
    if bytes == tree.bytes() {
        Ok(())
    } else {
        Err(format!("the recorded size of a shard is {} bytes, its rows have {bytes}", tree.bytes()))
    }
}
