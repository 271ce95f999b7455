//! Sorting on the client.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::PageReader;
use crate::driver::DriverError;
use crate::queryset::order::InMemoryOrder;
use crate::queryset::plan_tree::Keep;
use crate::run::ItemPage;
use crate::value::Item;

/// Reads everything, and returns the items that are kept as one sorted page.
pub(in crate::queryset) struct SortReader {
    /// The unsorted pages; `None` once they were read.
    input: Option<PageReader>,
    order: InMemoryOrder,
    keep: Keep,
}

impl SortReader {
    pub(super) fn new(input: PageReader, order: InMemoryOrder, keep: Keep) -> Self {
        Self { input: Some(input), order, keep }
    }

    pub(super) fn next(&mut self) -> BoxFuture<'_, Result<Option<ItemPage>, DriverError>> {
        async move {
            let Some(input) = self.input.take() else { return Ok(None) };
            let items = sorted(input, &self.order, self.keep).await?;
            let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
            Ok(Some(ItemPage { items, count, ..ItemPage::default() }))
        }
        .boxed()
    }
}

async fn sorted(mut input: PageReader, order: &InMemoryOrder, keep: Keep) -> Result<Vec<Item>, DriverError> {
    let (count_max, from_end) = match keep {
        Keep::All => (usize::MAX, false),
        Keep::First(count) => (count, false),
        Keep::Last(count) => (count, true),
    };
    let mut all = Vec::new();
    let mut kept = BinaryHeap::new();
    let mut position = 0;
    while let Some(page) = input.next().await? {
        for item in page.items {
            let item = PositionedItem { item, position, order, from_end };
            position += 1;
            if keep == Keep::All {
                all.push(item);
            } else if kept.len() < count_max {
                kept.push(item);
            } else if let Some(mut last) = kept.peek_mut()
                && item < *last
            {
                // The last of the items that are kept makes room for one that comes before it.
                *last = item;
            }
        }
    }
    all.extend(kept);
    all.sort_unstable();
    if from_end {
        all.reverse();
    }
    Ok(all.into_iter().map(|item| item.item).collect())
}

/// An item and its position among the items that were read, ordered by `order`.
struct PositionedItem<'a> {
    item: Item,
    position: u64,
    order: &'a InMemoryOrder,
    /// `true` if the order is reversed, so that the last items come first.
    from_end: bool,
}

impl Ord for PositionedItem<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let ordering = self.order.compare((&self.item, self.position), (&other.item, other.position));
        if self.from_end { ordering.reverse() } else { ordering }
    }
}

impl PartialOrd for PositionedItem<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PositionedItem<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for PositionedItem<'_> {}
