//! Cost of a plan: the number of requests and their read units.

use std::fmt;

use crate::plan::{TransactGetItems, TransactWriteItem, TransactWriteItems, WriteRequest};
use crate::planner::{Access, KeyedWrite, PartitionQuery, ReadPlan};
use crate::service::CapacityUnits;
use crate::service::limits::{BATCH_GET_KEYS_MAX, ITEM_BYTES_MAX, PAGE_BYTES_MAX};
use crate::value::size::item_bytes;

/// Size of an item in bytes that estimates assume, since a plan does not know it.
const ITEM_BYTES_ASSUMED: usize = 1024;

/// The cost of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Cost {
    /// The number of requests.
    pub requests: RequestClass,
    /// Estimated read units of one request, with items of 1 KB. `None` if the number depends on the amount of data that is read:
    /// then a request consumes half a unit per 4 KB, or one unit if it is consistent.
    pub read_units_estimate: Option<CapacityUnits>,
    /// Maximum number of read units that one request consumes.
    pub read_units_max: CapacityUnits,
    /// Estimated write units that the requests of a write consume of its tables, with stored items of 1 KB. Zero for reads, and for
    /// reads whose items are written afterwards.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "CapacityUnits::is_zero"))]
    pub write_units_estimate: CapacityUnits,
    /// Maximum number of write units that the requests of a write consume of its tables.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "CapacityUnits::is_zero"))]
    pub write_units_max: CapacityUnits,
    /// `true` if reads are strongly consistent, which doubles their read units.
    pub consistent: bool,
    /// `true` if items are also fetched from the table, 100 per request. These requests are not counted in `requests`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub hydrates: bool,
}

/// The number of requests that a plan sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RequestClass {
    /// No request.
    None,
    /// Exactly one request.
    One,
    /// One request per page, until the limit is reached or nothing is left.
    Pages,
    /// At most this many requests, one after the other, until the limit is reached.
    FanOut(usize),
    /// This many queries, one after the other, each with one request per page, until the limit is reached.
    FanOutOfPages(usize),
    /// This many requests, several of them concurrently.
    Concurrent(usize),
    /// Several reads of different kinds.
    Several {
        /// The number of reads.
        reads: usize,
        /// The number of those that send one request per page. Each of the others is one request.
        in_pages: usize,
    },
}

impl Cost {
    /// Returns the cost of a plan.
    pub(super) fn of(plan: &ReadPlan) -> Self {
        let cost = Self::of_access(plan);
        if plan.hydration.is_some() { cost.hydrated() } else { cost }
    }

    /// Returns the cost together with fetches from the table.
    fn hydrated(self) -> Self {
        let most = item_units_max() * count(BATCH_GET_KEYS_MAX);
        Self { hydrates: true, read_units_max: self.read_units_max.max(most), ..self }
    }

    fn of_access(plan: &ReadPlan) -> Self {
        match &plan.access {
            Access::Empty(_) => Self::new(RequestClass::None, Some(CapacityUnits::ZERO), CapacityUnits::ZERO, false),
            Access::Get(get) => Self::of_one(get.consistent),
            Access::Keys(batch) => {
                let requests = match batch.keys.len().div_ceil(BATCH_GET_KEYS_MAX) {
                    1 => RequestClass::One,
                    several => RequestClass::FanOut(several),
                };
                let keys = batch.keys.len().min(BATCH_GET_KEYS_MAX);
                let estimate = eventual(ITEM_BYTES_ASSUMED) * count(keys);
                Self::new(requests, Some(estimate), item_units_max() * count(keys), batch.consistent)
            }
            Access::Queries(queries) => Self::of_queries(plan, queries),
            Access::Scan(scan_plan) => {
                let pushed_down = plan.limit.filter(|_| plan.reads_only_results());
                Self::of_pages(1, pushed_down, scan_plan.scan.consistent)
            }
        }
    }

    /// Returns the cost of a transaction that writes.
    pub(super) fn of_transact_write(write: &TransactWriteItems) -> Self {
        let units = |bytes| CapacityUnits::write(bytes).in_transaction();
        let estimates = write.transact_items.iter().map(|action| match action {
            TransactWriteItem::Put(put) => units(item_bytes(&put.item)),
            _ => units(ITEM_BYTES_ASSUMED),
        });
        let (estimate, max) = (estimates.sum(), units(ITEM_BYTES_MAX) * count(write.transact_items.len()));
        let nothing_read = Self::new(RequestClass::One, Some(CapacityUnits::ZERO), CapacityUnits::ZERO, false);
        Self { write_units_estimate: estimate, write_units_max: max, ..nothing_read }
    }

    /// Returns the cost of this many writes, each one request.
    pub(super) fn of_named_writes(keys: usize) -> Self {
        let requests = if keys == 1 { RequestClass::One } else { RequestClass::Concurrent(keys) };
        let units = |bytes| CapacityUnits::write(bytes) * count(keys);
        let nothing_read = Self::new(requests, Some(CapacityUnits::ZERO), CapacityUnits::ZERO, false);
        let (write_units_estimate, write_units_max) = (units(ITEM_BYTES_ASSUMED), units(ITEM_BYTES_MAX));
        Self { write_units_estimate, write_units_max, ..nothing_read }
    }

    /// Returns the cost of writes in batches, one for each request.
    pub(super) fn of_batch_write(requests: &[Vec<KeyedWrite>]) -> Self {
        let requests_sent = match requests.len() {
            1 => RequestClass::One,
            several => RequestClass::Concurrent(several),
        };
        let estimates = requests.iter().flatten().map(|keyed| match &keyed.write {
            WriteRequest::Put(item) => CapacityUnits::write(item_bytes(item)),
            WriteRequest::Delete(_) => CapacityUnits::write(ITEM_BYTES_ASSUMED),
        });
        let writes = requests.iter().map(Vec::len).sum();
        let nothing_read = Self::new(requests_sent, Some(CapacityUnits::ZERO), CapacityUnits::ZERO, false);
        let max = CapacityUnits::write(ITEM_BYTES_MAX) * count(writes);
        Self { write_units_estimate: estimates.sum(), write_units_max: max, ..nothing_read }
    }

    /// Returns the cost of a transaction that reads. Its reads are strongly consistent.
    pub(super) fn of_transact_get(get: &TransactGetItems) -> Self {
        let units = |bytes| eventual(bytes).in_transaction() * count(get.transact_items.len());
        Self::new(RequestClass::One, Some(units(ITEM_BYTES_ASSUMED)), units(ITEM_BYTES_MAX), true)
    }

    /// Returns the cost of several reads. There is no estimate if those of the reads differ.
    pub(super) fn combined(costs: impl IntoIterator<Item = Self>) -> Self {
        let sending = costs.into_iter().filter(|cost| cost.requests != RequestClass::None);
        sending.reduce(Self::and).unwrap_or(Self::new(
            RequestClass::None,
            Some(CapacityUnits::ZERO),
            CapacityUnits::ZERO,
            false,
        ))
    }

    fn and(self, other: Self) -> Self {
        let estimate = self.read_units_estimate.filter(|_| self.read_units_estimate == other.read_units_estimate);
        Self {
            requests: self.requests.and(other.requests),
            read_units_estimate: estimate,
            read_units_max: self.read_units_max.max(other.read_units_max),
            write_units_estimate: self.write_units_estimate + other.write_units_estimate,
            write_units_max: self.write_units_max.max(other.write_units_max),
            consistent: self.consistent || other.consistent,
            hydrates: self.hydrates || other.hydrates,
        }
    }

    /// Returns the cost of reading one item.
    fn of_one(consistent: bool) -> Self {
        let estimate = eventual(ITEM_BYTES_ASSUMED);
        Self::new(RequestClass::One, Some(estimate), item_units_max(), consistent)
    }

    fn of_queries(plan: &ReadPlan, queries: &[PartitionQuery]) -> Self {
        let consistent = queries.iter().any(|partition| partition.query.consistent);
        if reads_one_item(plan, queries) {
            return Self::of_one(consistent);
        }
        let pushed_down = plan.limit.filter(|_| plan.reads_only_results());
        Self::of_pages(queries.len(), pushed_down, consistent)
    }

    /// Returns the cost of this many queries or scans, each read in pages. `pushed_down` is the limit that the service applies.
    fn of_pages(parts: usize, pushed_down: Option<usize>, consistent: bool) -> Self {
        let in_pages = if parts == 1 { RequestClass::Pages } else { RequestClass::FanOutOfPages(parts) };
        let Some(limit) = pushed_down else {
            return Self::new(in_pages, None, page_units_max(), consistent);
        };
        let estimate = eventual(ITEM_BYTES_ASSUMED.saturating_mul(limit));
        if estimate > page_units_max() {
            // The limit is likely to need more than one page.
            return Self::new(in_pages, None, page_units_max(), consistent);
        }
        let requests = if parts == 1 { RequestClass::One } else { RequestClass::FanOut(parts) };
        Self::new(requests, Some(estimate), (item_units_max() * count(limit)).min(page_units_max()), consistent)
    }

    /// Creates a cost from the units of eventually consistent reads, which consistent reads double.
    fn new(requests: RequestClass, estimate: Option<CapacityUnits>, max: CapacityUnits, consistent: bool) -> Self {
        let factor = if consistent { 2 } else { 1 };
        Self {
            requests,
            read_units_estimate: estimate.map(|estimate| estimate * factor),
            read_units_max: max * factor,
            write_units_estimate: CapacityUnits::ZERO,
            write_units_max: CapacityUnits::ZERO,
            consistent,
            hydrates: false,
        }
    }
}

impl RequestClass {
    fn and(self, other: Self) -> Self {
        let (one, another) = (self.reads(), other.reads());
        match (one.0 + another.0, one.1 + another.1) {
            (reads, 0) => Self::FanOut(reads),
            (reads, in_pages) => Self::Several { reads, in_pages },
        }
    }

    /// Returns the number of reads, and the number of those that are read in pages.
    fn reads(self) -> (usize, usize) {
        match self {
            Self::None => (0, 0),
            Self::One => (1, 0),
            Self::Pages => (1, 1),
            Self::FanOut(count) | Self::Concurrent(count) => (count, 0),
            Self::FanOutOfPages(count) => (count, count),
            Self::Several { reads, in_pages } => (reads, in_pages),
        }
    }
}

/// Returns `true` if the queries name the whole key of one item of the table.
fn reads_one_item(plan: &ReadPlan, queries: &[PartitionQuery]) -> bool {
    let [partition] = queries else { return false };
    let named = partition.query.key_condition.named_key();
    partition.query.index.is_none() && named.is_some_and(|key| key.len() == plan.table_key.len())
}

/// Returns the read units of one eventually consistent request that reads `bytes`.
fn eventual(bytes: usize) -> CapacityUnits {
    CapacityUnits::read(bytes, false)
}

/// Returns the maximum for one item.
fn item_units_max() -> CapacityUnits {
    eventual(ITEM_BYTES_MAX)
}

/// Returns the maximum for one page of a `Query` or `Scan`: 1 MB and the item that exceeds it.
fn page_units_max() -> CapacityUnits {
    eventual(PAGE_BYTES_MAX + ITEM_BYTES_MAX)
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Returns units with the name of one: `1 read unit`, `1.5 read units`.
fn named(units: CapacityUnits, name: &str) -> String {
    let plural = if units == CapacityUnits::read(1, true) { "" } else { "s" };
    format!("{units} {name}{plural}")
}

impl fmt::Display for RequestClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no request"),
            Self::One => f.write_str("one request"),
            Self::Pages => f.write_str("one request per page"),
            Self::FanOut(count) => write!(f, "up to {count} requests"),
            Self::Concurrent(count) => write!(f, "{count} requests"),
            Self::FanOutOfPages(count) => write!(f, "{count} queries, one request per page"),
            Self::Several { reads, in_pages } if reads == in_pages => write!(f, "{reads} reads, one request per page"),
            Self::Several { reads, in_pages } => {
                write!(f, "{reads} reads, {in_pages} of them one request per page")
            }
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.requests.fmt(f)?;
        if self.requests == RequestClass::None {
            return Ok(());
        }
        if self.hydrates {
            f.write_str(" and one per 100 items")?;
        }
        let is_one = self.requests == RequestClass::One && !self.hydrates;
        f.write_str(match self.requests {
            RequestClass::Concurrent(_) => ", together ",
            _ if is_one => ": ",
            _ => ", each ",
        })?;
        if !self.write_units_max.is_zero() {
            let estimate = named(self.write_units_estimate, "write unit");
            return write!(f, "about {estimate}, at most {}", self.write_units_max);
        }
        match self.read_units_estimate {
            Some(estimate) => write!(f, "about {}", named(estimate, "read unit"))?,
            None if self.consistent => f.write_str("1 read unit per 4 KB read")?,
            None => f.write_str("0.5 read units per 4 KB read")?,
        }
        write!(f, ", at most {}", self.read_units_max)
    }
}
