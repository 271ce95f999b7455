//! Pages of items.

use crate::planner::LastEvaluatedKey;
use crate::value::{Item, Name};

/// A page of results together with the page token at which reading continues. Every page but the last has at least one result.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct ItemPage {
    /// The items or keys; empty if the read only counts.
    pub(crate) items: Vec<Item>,
    /// The number of results, which is the number of items if there are items.
    pub(crate) count: u64,
    /// The page token at which reading continues; `None` after the last page.
    pub(crate) last_evaluated_key: Option<LastEvaluatedKey>,
    /// The entry of the index for each item, if the items were fetched from the table. Page tokens are made of the entries, since an
    /// item can change between the read of the index and the fetch.
    pub(crate) index_entries: Option<Vec<Item>>,
}

impl ItemPage {
    /// Adds an item that was fetched for an entry of the index.
    pub(super) fn push(&mut self, item: Item, entry: Item) {
        self.items.push(item);
        self.index_entries.get_or_insert_default().push(entry);
        self.count += 1;
    }

    /// Returns the page token after the item at this position, or `None` if there is no such item.
    pub(crate) fn token_at(&self, at: usize, token_key: &[Name]) -> Option<LastEvaluatedKey> {
        self.index_entries.as_ref().unwrap_or(&self.items).get(at).map(|entry| entry.pick(token_key).into())
    }

    /// Returns the page token after the last item.
    pub(crate) fn token_at_end(&self, token_key: &[Name]) -> Option<LastEvaluatedKey> {
        self.token_at(self.items.len().checked_sub(1)?, token_key)
    }

    /// Keeps the first results, at most this many.
    pub(crate) fn truncate(&mut self, count: u64) {
        let len = usize::try_from(count).unwrap_or(usize::MAX);
        self.count = self.count.min(count);
        self.items.truncate(len);
        self.index_entries.iter_mut().for_each(|entries| entries.truncate(len));
    }

    /// Reverses the order of the items.
    pub(crate) fn reverse(&mut self) {
        self.items.reverse();
        self.index_entries.iter_mut().for_each(|entries| entries.reverse());
    }

    /// Appends the page that follows.
    pub(crate) fn append(&mut self, next: Self) {
        self.items.extend(next.items);
        self.count += next.count;
        self.last_evaluated_key = next.last_evaluated_key;
        if let Some(entries) = next.index_entries {
            self.index_entries.get_or_insert_default().extend(entries);
        }
    }
}
