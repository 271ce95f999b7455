//! How many requests a plan takes, and how many read units.

use std::fmt;

use serde::Serialize;

use crate::expression::{KeyCondition, RangeCondition};
use crate::plan::BatchGetItem;
use crate::planner::units::ITEM_BYTES_ASSUMED;
use crate::planner::{Access, PartitionQuery, ReadPlan, ReadUnits};

/// What a plan costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Cost {
    /// How many requests.
    pub requests: RequestClass,
    /// About how many read units one request takes, with items of 1 KB; nothing where that depends on how much there is to
    /// read: half a unit for each 4 KB.
    pub read_units_estimate: Option<ReadUnits>,
    /// The most read units that one request can take.
    pub read_units_max: ReadUnits,
    /// Whether reads are strongly consistent, which doubles their cost.
    pub consistent: bool,
    /// Whether items are fetched from the table as well, a hundred a request, beside the requests counted here.
    #[serde(skip_serializing_if = "is_false")]
    pub hydrates: bool,
}

/// How many requests a plan takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RequestClass {
    /// None.
    None,
    /// Exactly one.
    One,
    /// One for each page, until there is enough or nothing more.
    Pages,
    /// This many, one after the other, as long as more is wanted.
    FanOut(usize),
    /// This many parts of partitions, each read in pages, one after the other, as long as more is wanted.
    FanOutOfPages(usize),
    /// Several reads of any kind.
    Several {
        /// How many there are.
        reads: usize,
        /// How many of them are read in pages; each of the others is one request.
        in_pages: usize,
    },
}

impl Cost {
    /// What a plan costs.
    pub(super) fn of(plan: &ReadPlan) -> Self {
        let cost = Self::of_access(plan);
        if plan.hydration.is_some() { cost.hydrated() } else { cost }
    }

    /// The same, with batches of keys beside it.
    fn hydrated(self) -> Self {
        let most = ReadUnits::item_max().times(BatchGetItem::KEYS_MAX);
        Self { hydrates: true, read_units_max: self.read_units_max.max(most), ..self }
    }

    fn of_access(plan: &ReadPlan) -> Self {
        match &plan.access {
            Access::Empty(_) => Self::new(RequestClass::None, Some(ReadUnits::ZERO), ReadUnits::ZERO, false),
            Access::Get(get) => Self::of_one(get.consistent),
            Access::Keys(batch) => {
                let requests = match batch.keys.len().div_ceil(BatchGetItem::KEYS_MAX) {
                    1 => RequestClass::One,
                    several => RequestClass::FanOut(several),
                };
                let keys = batch.keys.len().min(BatchGetItem::KEYS_MAX);
                let estimate = ReadUnits::eventual(ITEM_BYTES_ASSUMED).times(keys);
                Self::new(requests, Some(estimate), ReadUnits::item_max().times(keys), batch.consistent)
            }
            Access::Queries(queries) => Self::of_queries(plan, queries),
            Access::Scan(scan_plan) => {
                let pushed = plan.limit.filter(|_| plan.reads_only_results());
                Self::of_pages(1, pushed, scan_plan.scan.consistent)
            }
        }
    }

    /// What several reads cost together. Where their estimates differ, or one has none, there is none.
    pub(super) fn combined(costs: impl IntoIterator<Item = Self>) -> Self {
        let asking = costs.into_iter().filter(|cost| cost.requests != RequestClass::None);
        asking.reduce(Self::and).unwrap_or(Self::new(RequestClass::None, Some(ReadUnits::ZERO), ReadUnits::ZERO, false))
    }

    fn and(self, other: Self) -> Self {
        let estimate = self.read_units_estimate.filter(|_| self.read_units_estimate == other.read_units_estimate);
        Self {
            requests: self.requests.and(other.requests),
            read_units_estimate: estimate,
            read_units_max: self.read_units_max.max(other.read_units_max),
            consistent: self.consistent || other.consistent,
            hydrates: self.hydrates || other.hydrates,
        }
    }

    /// What reading one item costs.
    fn of_one(consistent: bool) -> Self {
        let estimate = ReadUnits::eventual(ITEM_BYTES_ASSUMED);
        Self::new(RequestClass::One, Some(estimate), ReadUnits::item_max(), consistent)
    }

    fn of_queries(plan: &ReadPlan, queries: &[PartitionQuery]) -> Self {
        let consistent = queries.iter().any(|partition| partition.query.consistent);
        if reads_one_item(plan, queries) {
            return Self::of_one(consistent);
        }
        let pushed = plan.limit.filter(|_| plan.reads_only_results());
        Self::of_pages(queries.len(), pushed, consistent)
    }

    /// What this many parts cost that are read in pages, until as many items as were pushed down are read, if any.
    fn of_pages(parts: usize, pushed: Option<usize>, consistent: bool) -> Self {
        let in_pages = if parts == 1 { RequestClass::Pages } else { RequestClass::FanOutOfPages(parts) };
        let Some(limit) = pushed else {
            return Self::new(in_pages, None, ReadUnits::page_max(), consistent);
        };
        let estimate = ReadUnits::eventual(ITEM_BYTES_ASSUMED.saturating_mul(limit));
        if estimate > ReadUnits::page_max() {
            // More than one page is likely to be read before there is enough.
            return Self::new(in_pages, None, ReadUnits::page_max(), consistent);
        }
        let requests = if parts == 1 { RequestClass::One } else { RequestClass::FanOut(parts) };
        Self::new(requests, Some(estimate), ReadUnits::item_max().times(limit).min(ReadUnits::page_max()), consistent)
    }

    /// A cost by eventually consistent reads; the others cost twice as much.
    fn new(requests: RequestClass, estimate: Option<ReadUnits>, max: ReadUnits, consistent: bool) -> Self {
        let times = if consistent { 2 } else { 1 };
        Self {
            requests,
            read_units_estimate: estimate.map(|estimate| estimate.times(times)),
            read_units_max: max.times(times),
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

    /// How many reads there are, and how many of them are read in pages.
    fn reads(self) -> (usize, usize) {
        match self {
            Self::None => (0, 0),
            Self::One => (1, 0),
            Self::Pages => (1, 1),
            Self::FanOut(count) => (count, 0),
            Self::FanOutOfPages(count) => (count, count),
            Self::Several { reads, in_pages } => (reads, in_pages),
        }
    }
}

/// Whether the whole key of the table is known, so that there is at most one item to read.
fn reads_one_item(plan: &ReadPlan, queries: &[PartitionQuery]) -> bool {
    let [partition] = queries else { return false };
    let KeyCondition { hash, range } = &partition.query.key_condition;
    partition.query.index.is_none()
        && hash.len() + range.len() == plan.table_key.len()
        && range.iter().all(|(_, condition)| matches!(condition, RangeCondition::Eq(_)))
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl fmt::Display for RequestClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no request"),
            Self::One => f.write_str("one request"),
            Self::Pages => f.write_str("one request a page"),
            Self::FanOut(count) => write!(f, "up to {count} requests"),
            Self::FanOutOfPages(count) => write!(f, "{count} queries, one request a page"),
            Self::Several { reads, in_pages } if reads == in_pages => write!(f, "{reads} reads, one request a page"),
            Self::Several { reads, in_pages } => {
                write!(f, "{reads} reads, {in_pages} of them one request a page")
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
            f.write_str(", and one for every 100 items")?;
        }
        let is_one = self.requests == RequestClass::One && !self.hydrates;
        f.write_str(if is_one { ": " } else { ", each " })?;
        match self.read_units_estimate {
            Some(estimate) => write!(f, "about {estimate} read units")?,
            None if self.consistent => f.write_str("1 read unit for every 4 KB read")?,
            None => f.write_str("0.5 read units for every 4 KB read")?,
        }
        write!(f, ", at most {}", self.read_units_max)
    }
}
