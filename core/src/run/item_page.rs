//! What reading hands on.

use crate::planner::LastEvaluatedKey;
use crate::value::{Item, Name};

/// Results, and where to go on. Every page but the last holds at least one result.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ItemPage {
    /// The items, when items or keys were wanted.
    pub items: Vec<Item>,
    /// How many results there are; the number of items where there are items.
    pub count: u64,
    /// Where to go on; nothing when there is nothing more.
    pub last_evaluated_key: Option<LastEvaluatedKey>,
    /// What the index that was read holds of each item, where the items themselves were fetched from the table: an item may
    /// have changed in between, and what tells its place in the index is this.
    pub index_entries: Option<Vec<Item>>,
}

impl ItemPage {
    /// Adds an item that was fetched for what an index holds of it.
    pub(super) fn push(&mut self, item: Item, place: Item) {
        self.items.push(item);
        self.index_entries.get_or_insert_default().push(place);
        self.count += 1;
    }

    /// The page token that goes on after one of the items; nothing where there is no such item.
    pub fn token_at(&self, at: usize, token_key: &[Name]) -> Option<LastEvaluatedKey> {
        self.index_entries.as_ref().unwrap_or(&self.items).get(at).map(|place| place.pick(token_key).into())
    }

    /// The page token that goes on after the last item.
    pub fn token_at_end(&self, token_key: &[Name]) -> Option<LastEvaluatedKey> {
        self.token_at(self.items.len().checked_sub(1)?, token_key)
    }

    /// Keeps at most this many results.
    pub fn truncate(&mut self, count: u64) {
        let len = usize::try_from(count).unwrap_or(usize::MAX);
        self.count = self.count.min(count);
        self.items.truncate(len);
        self.index_entries.iter_mut().for_each(|index_entries| index_entries.truncate(len));
    }

    /// Turns the order of the items round.
    pub fn reverse(&mut self) {
        self.items.reverse();
        self.index_entries.iter_mut().for_each(|index_entries| index_entries.reverse());
    }

    /// Adds the page that follows.
    pub fn append(&mut self, next: Self) {
        self.items.extend(next.items);
        self.count += next.count;
        self.last_evaluated_key = next.last_evaluated_key;
        if let Some(index_entries) = next.index_entries {
            self.index_entries.get_or_insert_default().extend(index_entries);
        }
    }
}
