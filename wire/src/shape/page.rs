//! Pages of a query or a scan.

use djamodb_core::plan::Metadata;
use djamodb_core::value::{Item, shared_items};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::capacity::Capacity;
use super::metadata;

/// The response to a query or a scan.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Page {
    /// `None` if only the number of items was requested.
    items: Option<Items>,
    pub(crate) count: u64,
    pub(crate) scanned_count: u64,
    pub(crate) last_evaluated_key: Option<Item>,
    consumed_capacity: Option<Capacity>,
}

/// The items of a response, which share the names of their attributes.
#[derive(Serialize, Deserialize, Default)]
#[serde(transparent)]
pub(crate) struct Items(#[serde(deserialize_with = "shared_items")] pub(crate) Vec<Item>);

impl Page {
    pub(crate) fn new(
        items: Option<&[Item]>,
        (count, scanned_count): (u64, u64),
        last_evaluated_key: Option<&Item>,
        metadata: &Metadata,
    ) -> Self {
        Self {
            items: items.map(|items| Items(items.to_vec())),
            count,
            scanned_count,
            last_evaluated_key: last_evaluated_key.cloned(),
            consumed_capacity: Capacity::of_table(metadata),
        }
    }

    /// Removes and returns the items.
    pub(crate) fn take_items(&mut self) -> Vec<Item> {
        self.items.take().unwrap_or_default().0
    }

    pub(crate) fn metadata(self) -> Metadata {
        metadata::of_table(self.consumed_capacity)
    }
}
