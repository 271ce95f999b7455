//! Where a page of a query or a scan ends, and what is in it.

use std::ops::ControlFlow;

use djamodb_core::expression::Condition;
use djamodb_core::plan::Select;
use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::capacity::{Spent, Units};
use crate::key_range::KeyRange;
use crate::row::Row;
use crate::source::Source;

/// What a query or a scan asks of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) filter: Option<&'a Condition>,
    pub(crate) select: Option<&'a Select>,
    pub(crate) limit: Option<u32>,
    pub(crate) forward: bool,
    pub(crate) consistent: bool,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    pub(crate) count: u64,
    pub(crate) scanned_count: u64,
    pub(crate) last_evaluated_key: Option<Item>,
    pub(crate) spent: Spent,
}

impl Page {
    /// Reads rows of `source` until the range, the limit or 1 MB is at its end.
    pub(crate) fn read(source: &Source<'_>, range: &KeyRange, wanted: Wanted<'_>) -> Self {
        let mut reading = Reading::new(wanted, source.fetches(wanted.select));
        source.rows().visit(range, wanted.forward, |row| reading.take(row));
        let spent = source.spent(Units::read(reading.bytes, wanted.consistent), reading.fetched);
        let last_evaluated_key = reading.last.filter(|_| reading.goes_on).map(|item| source.start_key(&item));
        // After the locks are given back: a projection copies what it gives.
        let items = match wanted.select {
            Some(Select::SpecificAttributes(projection)) => {
                reading.items.iter().map(|item| projection.apply(item)).collect()
            }
            _ => reading.items,
        };
        Self { items, count: reading.count, scanned_count: reading.scanned_count, last_evaluated_key, spent }
    }
}

/// A page that is being read.
struct Reading<'a> {
    wanted: Wanted<'a>,
    items: Vec<Item>,
    count: u64,
    scanned_count: u64,
    /// The sizes of all rows that were read, whether the filter let them pass or not.
    bytes: usize,
    /// Whether each item that is given is fetched from the table, and what that cost so far.
    fetches: bool,
    fetched: Units,
    /// The row at which the page ends, once that is known.
    last: Option<Item>,
    /// Whether reading goes on after that row.
    goes_on: bool,
}

impl<'a> Reading<'a> {
    const fn new(wanted: Wanted<'a>, fetches: bool) -> Self {
        Self {
            wanted,
            items: Vec::new(),
            count: 0,
            scanned_count: 0,
            bytes: 0,
            fetches,
            fetched: Units::ZERO,
            last: None,
            goes_on: false,
        }
    }

    fn take(&mut self, row: &Row) -> ControlFlow<()> {
        // The page is full, and here is what does not fit.
        if self.last.is_some() {
            self.goes_on = true;
            return ControlFlow::Break(());
        }
        self.scanned_count += 1;
        self.bytes += row.bytes;
        if self.wanted.filter.is_none_or(|filter| filter.holds_for(row.held())) {
            self.count += 1;
            if self.fetches {
                self.fetched += Units::read(item_bytes(&row.item), self.wanted.consistent);
            }
            self.items.extend(self.given(row).cloned());
        }
        // At its limit a page ends with a key to go on after, whether anything follows or not; full, only if it does.
        self.goes_on = self.wanted.limit.is_some_and(|limit| self.scanned_count >= limit.into());
        if self.goes_on || self.bytes >= PAGE_BYTES_MAX {
            self.last = Some(row.item.clone());
        }
        if self.goes_on { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// What is given of a row. A projection takes from the whole item: of what it names an index holds all, or is local
    /// and fetches the rest.
    fn given<'r>(&self, row: &'r Row) -> Option<&'r Item> {
        match self.wanted.select {
            None | Some(Select::AllProjectedAttributes) => Some(row.held()),
            Some(Select::AllAttributes | Select::SpecificAttributes(_)) => Some(&row.item),
            Some(Select::Count) => None,
        }
    }
}
