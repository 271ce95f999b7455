//! Sizes of item collections.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{ItemCollectionMetrics as SdkMetrics, ReturnItemCollectionMetrics};
use djamodb_core::plan::ItemCollectionMetrics;
use djamodb_core::value::Name;

use super::{Unreadable, item};

/// Whether the answer is to tell them. `NONE` is what an absent parameter means, so that it is not sent.
pub(crate) fn to_sdk(returned: bool) -> Option<ReturnItemCollectionMetrics> {
    returned.then_some(ReturnItemCollectionMetrics::Size)
}

pub(crate) fn from_sdk(metrics: SdkMetrics) -> Result<ItemCollectionMetrics, Unreadable> {
    let key = metrics.item_collection_key.ok_or(Unreadable::Missing("key of an item collection"))?;
    let range = metrics.size_estimate_range_gb.unwrap_or_default();
    let &[low, high] = range.as_slice() else {
        return Err(Unreadable::Missing("range of the size of an item collection"));
    };
    Ok(ItemCollectionMetrics { key: item::from_sdk(key)?, size_estimate_range_gb: (low, high) })
}

/// Those of several tables, which the service tells in no order, in the order of the tables' names.
pub(crate) fn by_table(
    metrics: Option<HashMap<String, Vec<SdkMetrics>>>,
) -> Result<Vec<(Name, Vec<ItemCollectionMetrics>)>, Unreadable> {
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
    fn tables_are_told_in_the_order_of_their_names() {
        let told = |location: &str| ItemCollectionMetrics {
            key: Item::new().with("location", location),
            size_estimate_range_gb: (0.5, 1.5),
        };
        let tables = ["c", "a", "b"].map(|table| (table.to_owned(), vec![metrics(table, [0.5, 1.5])]));
        let expected = ["a", "b", "c"].map(|table| (Name::from(table), vec![told(table)]));
        assert_eq!(by_table(Some(tables.into())).unwrap(), expected);
        assert_eq!(by_table(None).unwrap(), []);
    }

    #[test]
    fn a_size_is_a_range() {
        assert!(from_sdk(metrics("Seattle", [1.0])).is_err());
        assert!(
            from_sdk(SdkMetrics::builder().size_estimate_range_gb(0.0).size_estimate_range_gb(1.0).build()).is_err()
        );
    }
}
