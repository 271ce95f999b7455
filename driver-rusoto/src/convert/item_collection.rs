//! Size estimates of item collections.

use std::collections::HashMap;

use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::value::Name;
use rusoto_dynamodb::ItemCollectionMetrics as RusotoMetrics;

use super::{InvalidResponse, item};

/// Returns `None` for `NONE`, which is the service's default.
pub(crate) fn to_rusoto(return_metrics: bool) -> Option<String> {
    return_metrics.then(|| "SIZE".to_owned())
}

pub(crate) fn from_rusoto(metrics: RusotoMetrics) -> Result<ItemCollectionMetrics, InvalidResponse> {
    let key = metrics.item_collection_key.ok_or(InvalidResponse::Missing("key of an item collection"))?;
    match metrics.size_estimate_range_gb.as_deref() {
        Some(&[low, high]) => {
            Ok(ItemCollectionMetrics { key: item::from_rusoto(key)?, size_estimate_range_gb: (low, high) })
        }
        _ => Err(InvalidResponse::Missing("size range of an item collection")),
    }
}

/// Converts the metrics of several tables, sorted by table name because the response has no order.
pub(crate) fn by_table_from_rusoto(
    tables: Option<HashMap<String, Vec<RusotoMetrics>>>,
) -> Result<Vec<(Name, Vec<ItemCollectionMetrics>)>, InvalidResponse> {
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
    fn tables_are_sorted_by_name() {
        let expected = ItemCollectionMetrics { key: seattle(), size_estimate_range_gb: (0.0, 1.0) };
        let names = ["c", "a", "d", "b"];
        let tables = names.map(|table| (table.to_owned(), vec![metrics(Some(vec![0.0, 1.0]))])).into();
        let tables = by_table_from_rusoto(Some(tables)).unwrap();
        assert_eq!(tables, ["a", "b", "c", "d"].map(|table| (Name::from(table), vec![expected.clone()])));
        assert_eq!(by_table_from_rusoto(None), Ok(vec![]));
    }

    #[test]
    fn rejects_incomplete_metrics() {
        for range in [None, Some(vec![]), Some(vec![0.0]), Some(vec![0.0, 1.0, 2.0])] {
            assert!(from_rusoto(metrics(range)).is_err());
        }
        let without_key = RusotoMetrics { item_collection_key: None, ..metrics(Some(vec![0.0, 1.0])) };
        assert_eq!(from_rusoto(without_key), Err(InvalidResponse::Missing("key of an item collection")));
    }
}
