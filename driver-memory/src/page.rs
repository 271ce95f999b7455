//! Reading one page of a query or a scan.

use std::ops::ControlFlow;

use djamodb_core::expression::Condition;
use djamodb_core::plan::Select;
use djamodb_core::service::CapacityUnits;
use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::capacity::ConsumedUnits;
use crate::key_range::KeyRange;
use crate::row::Row;
use crate::table_or_index::TableOrIndex;

/// The parameters of a query or scan that determine the contents of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageRequest<'a> {
    pub(crate) filter: Option<&'a Condition>,
    pub(crate) select: Option<&'a Select>,
    /// Number of rows to read, before the filter.
    pub(crate) limit: Option<u32>,
    pub(crate) forward: bool,
    pub(crate) consistent: bool,
}

/// One page of a query or a scan.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    /// Number of rows that passed the filter.
    pub(crate) count: u64,
    /// Number of rows that were read.
    pub(crate) scanned_count: u64,
    pub(crate) last_evaluated_key: Option<Item>,
    pub(crate) consumed: ConsumedUnits,
}

impl Page {
    /// Reads the rows of `range` until its end, the limit, or 1 MB is reached.
    pub(crate) fn read(source: &TableOrIndex<'_>, range: &KeyRange, request: PageRequest<'_>) -> Self {
        let mut reader = PageReader::new(request, source.fetches_from_table(request.select));
        source.rows().visit(range, request.forward, |row| reader.visit(row));
        let consumed = source.consumed(CapacityUnits::read(reader.bytes, request.consistent), reader.fetch_units);
        let last_evaluated_key = reader.last.filter(|_| reader.has_more).map(|item| source.start_key(&item));
        // Projections copy attributes. They are applied after the locks are released.
        let items = match request.select {
            Some(Select::SpecificAttributes(projection)) => {
                reader.items.iter().map(|item| projection.apply(item)).collect()
            }
            _ => reader.items,
        };
        Self { items, count: reader.count, scanned_count: reader.scanned_count, last_evaluated_key, consumed }
    }
}

/// The state of a page that is being read.
struct PageReader<'a> {
    request: PageRequest<'a>,
    items: Vec<Item>,
    count: u64,
    scanned_count: u64,
    /// Size of all rows that were read, including those that the filter rejected.
    bytes: usize,
    /// `true` if every selected item is fetched from the table of a local index.
    fetches_from_table: bool,
    /// Read units of the items fetched so far.
    fetch_units: CapacityUnits,
    /// Item of the last row of the page, once the page is full.
    last: Option<Item>,
    /// `true` if the page ends with a `LastEvaluatedKey`.
    has_more: bool,
}

impl<'a> PageReader<'a> {
    const fn new(request: PageRequest<'a>, fetches_from_table: bool) -> Self {
        Self {
            request,
            items: Vec::new(),
            count: 0,
            scanned_count: 0,
            bytes: 0,
            fetches_from_table,
            fetch_units: CapacityUnits::ZERO,
            last: None,
            has_more: false,
        }
    }

    fn visit(&mut self, row: &Row) -> ControlFlow<()> {
        // The page is full, and this row is the first of the next page.
        if self.last.is_some() {
            self.has_more = true;
            return ControlFlow::Break(());
        }
        self.scanned_count += 1;
        self.bytes += row.bytes;
        if self.request.filter.is_none_or(|filter| filter.holds_for(row.stored())) {
            self.count += 1;
            if self.fetches_from_table {
                self.fetch_units += CapacityUnits::read(item_bytes(&row.item), self.request.consistent);
            }
            self.items.extend(self.selected(row).cloned());
        }
        // A page that reaches its limit has a `LastEvaluatedKey` even if no row follows. A page that reaches 1 MB has
        // one only if a row follows.
        self.has_more = self.request.limit.is_some_and(|limit| self.scanned_count >= limit.into());
        if self.has_more || self.bytes >= PAGE_BYTES_MAX {
            self.last = Some(row.item.clone());
        }
        if self.has_more { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Returns the attributes from which the result is made. A projection is applied to the whole item: an index either
    /// holds every attribute that it names, or is local and fetches the others.
    fn selected<'r>(&self, row: &'r Row) -> Option<&'r Item> {
        match self.request.select {
            None | Some(Select::AllProjectedAttributes) => Some(row.stored()),
            Some(Select::AllAttributes | Select::SpecificAttributes(_)) => Some(&row.item),
            Some(Select::Count) => None,
        }
    }
}
