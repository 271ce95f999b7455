//! Fetching from the table what an index does not hold, for one page of it.

use std::collections::{HashMap, HashSet};

use super::{Backoff, BatchRead, Page, RetryPolicy};
use crate::planner::Hydration;
use crate::value::{Item, Name};

/// A page of an index, whose items are being fetched.
#[derive(Debug)]
pub(super) struct Hydrating {
    pub(super) batch: BatchRead,
    /// What was read of the index, in order.
    rows: Vec<Item>,
    found: HashMap<Item, Item>,
    /// Where the index goes on, and whether more of it follows otherwise.
    pub(super) next: Option<Item>,
    pub(super) has_more: bool,
}

impl Hydrating {
    pub(super) fn new(
        hydration: &Hydration,
        table_key: &[Name],
        page: Page,
        (next, has_more): (Option<Item>, bool),
        (policy, seed): (RetryPolicy, u64),
    ) -> Self {
        // An item that moves while the index is read can be met twice.
        let mut met = HashSet::with_capacity(page.items.len());
        let keys = page.items.iter().map(|row| row.pick(table_key));
        let keys = keys.filter(|key| met.insert(key.clone())).collect();
        let projection = hydration.projection.clone();
        let backoff = Backoff::new(policy, seed);
        let batch = BatchRead::new(hydration.table.clone(), table_key.to_vec(), keys, projection, backoff);
        Self { batch, rows: page.items, found: HashMap::new(), next, has_more }
    }

    /// Takes items that were fetched.
    pub(super) fn take(&mut self, items: Vec<Item>, table_key: &[Name]) {
        self.found.extend(items.into_iter().map(|item| (item.pick(table_key), item)));
    }

    /// The items that are still there and still what is asked for, each at the place where the index has it.
    pub(super) fn page(&mut self, hydration: &Hydration, table_key: &[Name]) -> Page {
        let mut page = Page { places: Some(Vec::new()), ..Page::default() };
        for row in std::mem::take(&mut self.rows) {
            let item = self.found.get(&row.pick(table_key));
            let is_asked = |item: &&Item| hydration.check.as_ref().is_none_or(|check| check.holds_for(item));
            if let Some(item) = item.filter(is_asked) {
                page.push(item.clone(), row);
            }
        }
        page
    }
}
