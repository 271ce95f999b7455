//! Item collections: in tables with local indexes, all items of one hash key together with their entries in those indexes.

use serde::{Deserialize, Serialize};

use crate::value::Item;

/// How large the item collection is that a write touched.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ItemCollectionMetrics {
    /// The hash key of the collection.
    pub key: Item,
    /// An estimate of its size in gigabytes: at least, and at most. A collection cannot pass 10 GB.
    pub size_estimate_range_gb: (f64, f64),
}
