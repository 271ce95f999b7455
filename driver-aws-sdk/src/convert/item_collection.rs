//! Size estimates of item collections.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{ItemCollectionMetrics as SdkMetrics, ReturnItemCollectionMetrics};
use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::value::Name;

use super::{InvalidResponse, item};

/// Returns `None` for `NONE`, which is the service's default.
pub(crate) fn to_sdk(return_metrics: bool) -> Option<ReturnItemCollectionMetrics> {
    return_metrics.then_some(ReturnItemCollectionMetrics::Size)
}

pub(crate) fn from_sdk(metrics: SdkMetrics) -> Result<ItemCollectionMetrics, InvalidResponse> {
    let key = metrics.item_collection_key.ok_or(InvalidResponse::Missing("key of an item collection"))?;
    let range = metrics.size_estimate_range_gb.unwrap_or_default();
    let &[low, high] = range.as_slice() else {
        return Err(InvalidResponse::Missing("size range of an item collection"));
    };
    Ok(ItemCollectionMetrics { key: item::from_sdk(key)?, size_estimate_range_gb: (low, high) })
}

/// Converts the metrics of several tables, sorted by table name because the response has no order.
pub(crate) fn by_table_from_sdk(
    metrics: Option<HashMap<String, Vec<SdkMetrics>>>,
) -> Result<Vec<(Name, Vec<ItemCollectionMetrics>)>, InvalidResponse> {
    let mut tables = Vec::new();
    for (table, metrics) in metrics.into_iter().flatten() {
        tables.push((Name::from(table), metrics.into_iter().map(from_sdk).collect::<Result<_, _>>()?));
    }
    tables.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::{AttributeValue, Item};

    use super::*;
    use crate::convert::value;

    fn metrics(location: &str, range: impl Into<Vec<f64>>) -> SdkMetrics {
        SdkMetrics::builder()
            .item_collection_key("location", value::to_sdk(AttributeValue::s(location)))
            .set_size_estimate_range_gb(Some(range.into()))
            .build()
    }

    #[test]
    fn tables_are_sorted_by_name() {
        let converted = |location: &str| ItemCollectionMetrics {
            key: Item::new().with("location", location),
            size_estimate_range_gb: (0.5, 1.5),
        };
        let tables = ["c", "a", "b"].map(|table| (table.to_owned(), vec![metrics(table, [0.5, 1.5])]));
        let expected = ["a", "b", "c"].map(|table| (Name::from(table), vec![converted(table)]));
        assert_eq!(by_table_from_sdk(Some(tables.into())).unwrap(), expected);
        assert_eq!(by_table_from_sdk(None).unwrap(), []);
    }

    #[test]
    fn rejects_incomplete_metrics() {
        assert!(from_sdk(metrics("Seattle", [1.0])).is_err());
        assert!(
            from_sdk(SdkMetrics::builder().size_estimate_range_gb(0.0).size_estimate_range_gb(1.0).build()).is_err()
        );
    }
}
