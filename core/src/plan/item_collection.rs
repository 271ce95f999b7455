//! Item collections: all items with one hash key in a table with local indexes, together with their entries in those indexes.

use crate::value::Item;

/// The size of an item collection that a write changed.
///
/// See [ItemCollectionMetrics](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ItemCollectionMetrics.html).
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ItemCollectionMetrics {
    /// Hash key of the collection.
    pub key: Item,
    /// Lower and upper bound of the size in GB. The maximum is 10 GB.
    pub size_estimate_range_gb: (f64, f64),
}
