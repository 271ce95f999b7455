//! Item collections: the items of one hash key together with their entries in local indexes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::schema::KeySchema;
use djamodb_core::value::{Item, Name};

use crate::index_schema::IndexKind;
use crate::key_range::{KeyRange, PartitionSlice};
use crate::open_table::OpenTable;
use crate::sharded_tree::ShardedTree;

const GIGABYTE: u64 = 1024 * 1024 * 1024;

/// Returns the size of the collection that holds `item`, or `None` if the table has no local indexes.
pub(crate) fn metrics(table: &OpenTable<'_>, item: &Item) -> Option<ItemCollectionMetrics> {
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

/// Returns the sizes of the collections that hold `items`, each collection once, with the name of their table.
pub(crate) fn table_metrics<'a>(
    table: &OpenTable<'_>,
    items: impl IntoIterator<Item = &'a Item>,
) -> Option<(Name, Vec<ItemCollectionMetrics>)> {
    let mut collections: BTreeMap<String, ItemCollectionMetrics> = BTreeMap::new();
    for metrics in items.into_iter().filter_map(|item| metrics(table, item)) {
        collections.insert(format!("{:?}", metrics.key), metrics);
    }
    (!collections.is_empty()).then(|| (table.schema().name.clone(), collections.into_values().collect()))
}

/// Returns the total size of the rows in the partition of `item`.
fn partition_bytes(rows: &ShardedTree, key: &KeySchema, item: &Item) -> u64 {
    let equal: Option<Vec<_>> = key.hash.iter().map(|attribute| item.get(&attribute.name)).collect();
    let slice = equal.map(|equal| PartitionSlice { equal, range: None });
    let Some(range) = slice.and_then(|slice| KeyRange::of_slice(key, &slice)) else {
        return 0;
    };
    let mut bytes = 0;
    rows.visit(&range, true, |row| {
        bytes += row.bytes;
        ControlFlow::Continue(())
    });
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
