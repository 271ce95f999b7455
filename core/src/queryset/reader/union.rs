//! Reads of a union, one after the other.

use std::collections::{HashSet, VecDeque};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::PageReader;
use crate::driver::DriverError;
use crate::run::ItemPage;
use crate::schema::KeySchema;
use crate::value::Item;

/// Reads several reads one after the other and returns each item once.
pub(in crate::queryset) struct UnionReader {
    /// The reads that are not yet finished, the first of them in part, each with whether it can read an item twice.
    operands: VecDeque<(PageReader, bool)>,
    table_key: &'static KeySchema,
    /// Keys of the items that were returned and can be read again.
    returned: HashSet<Item>,
}

impl UnionReader {
    pub(super) fn new(operands: VecDeque<(PageReader, bool)>, table_key: &'static KeySchema) -> Self {
        Self { operands, table_key, returned: HashSet::new() }
    }

    pub(super) fn next(&mut self) -> BoxFuture<'_, Result<Option<ItemPage>, DriverError>> {
        async move {
            loop {
                let is_last = self.operands.len() == 1;
                let Some((reader, can_repeat_items)) = self.operands.front_mut() else { return Ok(None) };
                let can_be_read_again = *can_repeat_items || !is_last;
                let Some(page) = reader.next().await? else {
                    self.operands.pop_front();
                    continue;
                };
                let items = self.without_returned(page.items, can_be_read_again);
                if !items.is_empty() {
                    let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
                    return Ok(Some(ItemPage { items, count, ..ItemPage::default() }));
                }
            }
        }
        .boxed()
    }

    fn without_returned(&mut self, mut items: Vec<Item>, can_be_read_again: bool) -> Vec<Item> {
        items.retain(|item| {
            let key = item.pick(self.table_key.names());
            if can_be_read_again { self.returned.insert(key) } else { !self.returned.contains(&key) }
        });
        items
    }
}

/// Reads the next page of the first read that has one.
pub(super) fn next_of_any(readers: &mut VecDeque<PageReader>) -> BoxFuture<'_, Result<Option<ItemPage>, DriverError>> {
    async move {
        while let Some(reader) = readers.front_mut() {
            match reader.next().await? {
                Some(page) => return Ok(Some(page)),
                None => drop(readers.pop_front()),
            }
        }
        Ok(None)
    }
    .boxed()
}
