//! Item collections: all items of one hash key, with their entries in local indexes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::schema::KeySchema;
use djamodb_core::value::{Item, Name};

use crate::key_range::{KeyRange, Part};
use crate::open::Open;
use crate::schema::IndexKind;
use crate::shard::Shards;

const GIGABYTE: u64 = 1024 * 1024 * 1024;

/// The size of the collection that an item is in; nothing in tables without local indexes, which have no collections.
pub(crate) fn metrics(table: &Open<'_>, item: &Item) -> Option<ItemCollectionMetrics> {
    let schema = table.schema();
    if schema.local_indexes.is_empty() {
        return None;
    }
    let local = table.layout.indexes.iter().filter(|index| index.schema.kind == IndexKind::Local);
    let mut bytes = partition_bytes(&table.table.rows, &schema.key, item);
    for index in local {
        bytes += partition_bytes(&index.rows, &index.schema.key, item);
    }
    let gigabytes = u32::try_from(bytes / GIGABYTE).unwrap_or(u32::MAX);
    Some(ItemCollectionMetrics {
        key: item.pick(schema.key.hash.iter().map(|attribute| &attribute.name)),
        size_estimate_range_gb: (f64::from(gigabytes), f64::from(gigabytes) + 1.0),
    })
}

/// The sizes of the collections that several items of a table are in, each collection once.
pub(crate) fn metrics_of_table<'a>(
    table: &Open<'_>,
    items: impl IntoIterator<Item = &'a Item>,
) -> Option<(Name, Vec<ItemCollectionMetrics>)> {
    let mut collections: BTreeMap<String, ItemCollectionMetrics> = BTreeMap::new();
    for metrics in items.into_iter().filter_map(|item| metrics(table, item)) {
        collections.insert(format!("{:?}", metrics.key), metrics);
    }
    (!collections.is_empty()).then(|| (table.schema().name.clone(), collections.into_values().collect()))
}

/// The sizes of all rows of the partition that an item is in.
fn partition_bytes(rows: &Shards, key: &KeySchema, item: &Item) -> u64 {
    let equal: Option<Vec<_>> = key.hash.iter().map(|attribute| item.get(&attribute.name)).collect();
    let part = equal.map(|equal| Part { equal, last: None });
    let Some(range) = part.and_then(|part| KeyRange::of_part(key, &part)) else {
        return 0;
    };
    let mut bytes = 0;
    rows.visit(&range, true, |row| {
        bytes += row.bytes;
        ControlFlow::Continue(())
    });
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
