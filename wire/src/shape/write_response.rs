//! The response to a write of one item.

use djamodb_core::plan::{ItemCollectionMetrics, Metadata};
use djamodb_core::value::Item;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::capacity::Capacity;
use super::item_collection::Metrics;
use super::metadata;

/// The response to `PutItem`, `UpdateItem` or `DeleteItem`.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct WriteResponse {
    attributes: Option<Item>,
    consumed_capacity: Option<Capacity>,
    item_collection_metrics: Option<Metrics>,
}

impl WriteResponse {
    pub(crate) fn new(attributes: Option<&Item>, metrics: Option<&ItemCollectionMetrics>, metadata: &Metadata) -> Self {
        Self {
            attributes: attributes.cloned(),
            consumed_capacity: Capacity::of_table(metadata),
            item_collection_metrics: metrics.map(Metrics::from),
        }
    }

    /// Returns the attributes, the size of the item collection and the metadata.
    pub(crate) fn parts(self) -> (Option<Item>, Option<ItemCollectionMetrics>, Metadata) {
        let metrics = self.item_collection_metrics.map(Into::into);
        (self.attributes, metrics, metadata::of_table(self.consumed_capacity))
    }
}
