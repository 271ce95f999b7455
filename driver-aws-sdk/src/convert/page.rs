//! Items in the body of a response.

use djamodb_core::value::{Item, shared_items};
use serde::Deserialize;

use super::InvalidResponse;
use super::capacity::CapacityInBody;

/// The items of a response.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Items(#[serde(deserialize_with = "shared_items")] pub(crate) Vec<Item>);

/// The response to a `Query` or a `Scan`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Page {
    items: Option<Items>,
    #[serde(default)]
    pub(crate) count: u64,
    #[serde(default)]
    pub(crate) scanned_count: u64,
    pub(crate) last_evaluated_key: Option<Item>,
    pub(crate) consumed_capacity: Option<CapacityInBody>,
}

impl Page {
    /// Removes and returns the items, whose number the response states. `is_count` means that only the number was requested.
    pub(crate) fn take_items(&mut self, is_count: bool) -> Result<Vec<Item>, InvalidResponse> {
        if is_count {
            return Ok(Vec::new());
        }
        let Items(items) = self.items.take().ok_or(InvalidResponse::Missing("items of the page"))?;
        let (count, returned) = (self.count, items.len());
        if u64::try_from(returned) != Ok(count) {
            return Err(InvalidResponse::MiscountedItems { count, returned });
        }
        Ok(items)
    }
}
