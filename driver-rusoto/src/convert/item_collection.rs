//! How large item collections are.

use std::collections::HashMap;

use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::value::Name;
use rusoto_dynamodb::ItemCollectionMetrics as RusotoMetrics;

use super::{Unreadable, item};

/// How the sizes are asked for. `NONE` is what an absent parameter means.
pub(crate) fn asked(wanted: bool) -> Option<String> {
    wanted.then(|| "SIZE".to_owned())
}

/// The size of the collection that a write touched.
pub(crate) fn from_rusoto(metrics: RusotoMetrics) -> Result<ItemCollectionMetrics, Unreadable> {
    let key = metrics.item_collection_key.ok_or(Unreadable::Missing("key of an item collection"))?;
    match metrics.size_estimate_range_gb.as_deref() {
        Some(&[low, high]) => {
            Ok(ItemCollectionMetrics { key: item::from_rusoto(key)?, size_estimate_range_gb: (low, high) })
        }
        _ => Err(Unreadable::Missing("size of an item collection, at least and at most")),
    }
}

/// The sizes of the collections that several writes touched: by table, so that the same answer always reads the same.
pub(crate) fn tables_from_rusoto(
    tables: Option<HashMap<String, Vec<RusotoMetrics>>>,
) -> Result<Vec<(Name, Vec<ItemCollectionMetrics>)>, Unreadable> {
    let collections = |(table, metrics): (String, Vec<RusotoMetrics>)| {
        let metrics: Result<Vec<_>, _> = metrics.into_iter().map(from_rusoto).collect();
        metrics.map(|metrics| (Name::from(table), metrics))
    };
    let mut tables = tables.unwrap_or_default().into_iter().map(collections).collect::<Result<Vec<_>, _>>()?;
    tables.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::Item;

    use super::*;

    fn seattle() -> Item {
        Item::new().with("location", "Seattle")
    }

    fn metrics(range: Option<Vec<f64>>) -> RusotoMetrics {
        RusotoMetrics { item_collection_key: Some(item::to_rusoto(seattle())), size_estimate_range_gb: range }
    }

    #[test]
    fn sizes_are_told_by_table() {
        let expected = ItemCollectionMetrics { key: seattle(), size_estimate_range_gb: (0.0, 1.0) };
        let names = ["c", "a", "d", "b"];
        let tables = names.map(|table| (table.to_owned(), vec![metrics(Some(vec![0.0, 1.0]))])).into();
        let tables = tables_from_rusoto(Some(tables)).unwrap();
        assert_eq!(tables, ["a", "b", "c", "d"].map(|table| (Name::from(table), vec![expected.clone()])));
        assert_eq!(tables_from_rusoto(None), Ok(vec![]));
    }

    #[test]
    fn a_size_has_two_ends_and_a_key() {
        for range in [None, Some(vec![]), Some(vec![0.0]), Some(vec![0.0, 1.0, 2.0])] {
            assert!(from_rusoto(metrics(range)).is_err());
        }
        let nameless = RusotoMetrics { item_collection_key: None, ..metrics(Some(vec![0.0, 1.0])) };
        assert_eq!(from_rusoto(nameless), Err(Unreadable::Missing("key of an item collection")));
    }
}
