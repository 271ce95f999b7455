//! Whether every index, and what expires when, agrees with its table.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use djamodb_core::schema::KeySchema;
use djamodb_core::value::size::item_bytes;

use crate::index::Index;
use crate::key_bytes;
use crate::row::Row;
use crate::table::Table;
use crate::tree::Tree;

/// Walks all rows of a table and of its indexes. Writes wait meanwhile: they would need a shard of the table first.
pub(crate) fn check(table: &Table, now: DateTime<Utc>) -> Result<(), String> {
    let layout = table.layout.read();
    let shards: Vec<_> = table.rows.iter().collect();
    let name = &table.name;
    let says = |what: String| format!("table {name}: {what}");
    for shard in &shards {
        sum(shard).map_err(says)?;
        for (key, row) in shard.iter() {
            if key_bytes::encode(&layout.schema.key, &row.item).as_deref() != Some(key) {
                return Err(says(format!("{:?} stands at another key than its own", row.item)));
            }
            if row.bytes != item_bytes(&row.item) {
                return Err(says(format!("{:?} has not {} bytes", row.item, row.bytes)));
            }
        }
    }
    let rows = || shards.iter().flat_map(|shard| shard.iter());
    if let Some(expiry) = &layout.expiry {
        expiry.agrees(rows(), now).map_err(says)?;
    }
    for index in &layout.indexes {
        agrees(index, &layout.schema.key, rows())
            .map_err(|what| says(format!("index {}: {what}", index.schema.name)))?;
    }
    Ok(())
}

/// Whether an index holds what it should for `rows` of its table, and nothing else.
fn agrees<'a>(
    index: &Index,
    table_key: &KeySchema,
    rows: impl Iterator<Item = (&'a [u8], &'a Row)>,
) -> Result<(), String> {
    let mut expected: BTreeMap<Vec<u8>, Row> =
        rows.filter_map(|(key, row)| Some((index.entry_key(key, &row.item)?, index.entry(table_key, row)))).collect();
    for shard in index.rows.iter() {
        sum(&shard)?;
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

/// Whether a tree knows its size.
fn sum(tree: &Tree) -> Result<(), String> {
    let bytes: usize = tree.iter().map(|(_, row)| row.bytes).sum();
    if bytes == tree.bytes() { Ok(()) } else { Err(format!("counts {} bytes and holds {bytes}", tree.bytes())) }
}
