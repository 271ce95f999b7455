//! How many requests a plan takes, and how many read units.

use std::fmt;

use serde::Serialize;

use crate::expression::{KeyCondition, RangeCondition};
use crate::plan::BatchGetItem;
use crate::planner::units::ITEM_BYTES_ASSUMED;
use crate::planner::{Access, Branch, ReadPlan, ReadUnits};

/// What a plan costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Cost {
    /// How many requests.
    pub requests: RequestClass,
    /// About how many read units one request takes, with items of 1 KB; nothing where that depends on how much there is to
    /// read: half a unit for each 4 KB.
    pub read_units_estimate: Option<ReadUnits>,
    /// The most read units that one request can take.
    pub read_units_max: ReadUnits,
}

/// How many requests a plan takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
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
}

impl Cost {
    /// What a plan costs.
    pub(super) fn of(plan: &ReadPlan) -> Self {
        let per_item = ReadUnits::eventual(ITEM_BYTES_ASSUMED);
        match &plan.access {
            Access::Empty(_) => Self::new(RequestClass::None, Some(ReadUnits::ZERO), ReadUnits::ZERO),
            Access::Get(_) => Self::new(RequestClass::One, Some(per_item), ReadUnits::item_max()),
            Access::Keys(batch) => {
                let requests = match batch.keys.len().div_ceil(BatchGetItem::KEYS_MAX) {
                    1 => RequestClass::One,
                    several => RequestClass::FanOut(several),
                };
                let keys = batch.keys.len().min(BatchGetItem::KEYS_MAX);
                Self::new(requests, Some(per_item.times(keys)), ReadUnits::item_max().times(keys))
            }
            Access::Queries(branches) => Self::of_queries(plan, branches),
        }
    }

    fn of_queries(plan: &ReadPlan, branches: &[Branch]) -> Self {
        if reads_one_item(plan, branches) {
            return Self::new(RequestClass::One, Some(ReadUnits::eventual(ITEM_BYTES_ASSUMED)), ReadUnits::item_max());
        }
        let pushed = plan.limit.filter(|_| branches.iter().all(Branch::reads_only_results));
        let requests = match (branches.len(), pushed) {
            (1, Some(_)) => RequestClass::One,
            (1, None) => RequestClass::Pages,
            (several, Some(_)) => RequestClass::FanOut(several),
            (several, None) => RequestClass::FanOutOfPages(several),
        };
        let Some(limit) = pushed else {
            return Self::new(requests, None, ReadUnits::page_max());
        };
        let estimate = ReadUnits::eventual(ITEM_BYTES_ASSUMED.saturating_mul(limit));
        if estimate > ReadUnits::page_max() {
            // More than one page is likely to be read before there is enough.
            let requests =
                if branches.len() == 1 { RequestClass::Pages } else { RequestClass::FanOutOfPages(branches.len()) };
            return Self::new(requests, None, ReadUnits::page_max());
        }
        Self::new(requests, Some(estimate), ReadUnits::item_max().times(limit).min(ReadUnits::page_max()))
    }

    const fn new(requests: RequestClass, read_units_estimate: Option<ReadUnits>, read_units_max: ReadUnits) -> Self {
        Self { requests, read_units_estimate, read_units_max }
    }
}

/// Whether the whole key of the table is known, so that there is at most one item to read.
fn reads_one_item(plan: &ReadPlan, branches: &[Branch]) -> bool {
    let [branch] = branches else { return false };
    let KeyCondition { hash, range } = &branch.query.key_condition;
    branch.query.index.is_none()
        && hash.len() + range.len() == plan.table_key.len()
        && range.iter().all(|(_, condition)| matches!(condition, RangeCondition::Eq(_)))
}

impl fmt::Display for RequestClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no request"),
            Self::One => f.write_str("one request"),
            Self::Pages => f.write_str("one request a page"),
            Self::FanOut(count) => write!(f, "up to {count} requests"),
            Self::FanOutOfPages(count) => write!(f, "{count} queries, one request a page"),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.requests.fmt(f)?;
        if self.requests == RequestClass::None {
            return Ok(());
        }
        f.write_str(if self.requests == RequestClass::One { ": " } else { ", each " })?;
        match self.read_units_estimate {
            Some(estimate) => write!(f, "about {estimate} read units")?,
            None => f.write_str("0.5 read units for every 4 KB read")?,
        }
        write!(f, ", at most {}", self.read_units_max)
    }
}
