//! A union under way.

use std::collections::{HashSet, VecDeque};

use crate::driver::DriverError;
use crate::queryset::reading::Reading;
use crate::queryset::stream::Pages;
use crate::run::ItemPage;
use crate::schema::KeySchema;
use crate::value::Item;

/// What a union reads, queryset after queryset, each item once.
pub(super) struct UnionReading {
    /// The querysets that are yet to be read, the first of them in part.
    waiting: VecDeque<Operand>,
    key: &'static KeySchema,
    /// The keys of the items that were given and can be met again.
    given: HashSet<Item>,
    wanted: Option<usize>,
}

/// One queryset of a union.
pub(super) struct Operand {
    pub(super) read: Reading,
    /// Whether an item can move within what is read, so that it can be met twice.
    pub(super) items_move: bool,
}

impl UnionReading {
    /// Reads until there are as many as wanted; `key` is that of the table.
    pub(super) fn new(waiting: VecDeque<Operand>, key: &'static KeySchema, wanted: Option<usize>) -> Self {
        Self { waiting, key, given: HashSet::new(), wanted }
    }

    /// Whether any of the querysets, which are read for nothing else, finds something.
    pub(super) async fn finds_any(mut self) -> Result<bool, DriverError> {
        for operand in &mut self.waiting {
            if operand.read.next().await?.is_some_and(|page| page.count > 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The items that were not given before, as many as are still wanted.
    fn new_ones(&mut self, items: Vec<Item>, are_remembered: bool) -> Vec<Item> {
        let mut is_new = |item: &Item| {
            let key = item.pick(self.key.names());
            if are_remembered { self.given.insert(key) } else { !self.given.contains(&key) }
        };
        let wanted = self.wanted.unwrap_or(usize::MAX);
        let items: Vec<Item> = items.into_iter().filter(|item| is_new(item)).take(wanted).collect();
        self.wanted = self.wanted.map(|wanted| wanted - items.len());
        items
    }
}

impl Pages for UnionReading {
    async fn next(&mut self) -> Result<Option<ItemPage>, DriverError> {
        while self.wanted != Some(0) {
            let are_remembered = self.waiting.len() > 1;
            let Some(operand) = self.waiting.front_mut() else { break };
            let are_remembered = are_remembered || operand.items_move;
            let Some(page) = operand.read.next().await? else {
                self.waiting.pop_front();
                continue;
            };
            let items = self.new_ones(page.items, are_remembered);
            if !items.is_empty() {
                let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
                return Ok(Some(ItemPage { items, count, ..ItemPage::default() }));
            }
        }
        Ok(None)
    }
}
