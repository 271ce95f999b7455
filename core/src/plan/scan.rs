//! The [Scan](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html)
//! operation: reads a whole table or index.

use super::{ReturnConsumedCapacity, Select};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// A request that reads a whole table or index in arbitrary order, up to 1 MB.
///
/// It consumes read units for every item it reads, including those that the filter drops.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scan {
    /// The table.
    pub table: Name,
    /// Index that is read; the table itself if `None`.
    pub index: Option<Name>,
    /// Condition that an item must satisfy to be returned.
    pub filter: Option<Condition>,
    /// Attributes that are returned. If `None`, all attributes of a table, or those that an index projects.
    pub select: Option<Select>,
    /// Maximum number of items that are read, before the filter; at least 1.
    pub limit: Option<u32>,
    /// `last_evaluated_key` of the previous page, after which this page begins.
    pub exclusive_start_key: Option<Item>,
    /// Segment of a parallel scan; the whole table or index if `None`.
    pub segment: Option<Segment>,
    /// `true` for a strongly consistent read, which sees every write acknowledged before it. Global indexes do not support it.
    pub consistent: bool,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// One of the segments of a parallel scan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Segment {
    /// Number of the segment, counted from 0.
    pub segment: u32,
    /// Number of segments, from 1 to 1,000,000.
    pub total_segments: u32,
}

/// The output of [`Scan`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ScanOutput {
    /// Items in arbitrary order; empty for [`Select::Count`].
    pub items: Vec<Item>,
    /// Number of items that satisfy the filter.
    pub count: u64,
    /// Number of items that were read, before the filter.
    pub scanned_count: u64,
    /// Key after which the next page begins. `None` on the last page; a page with a key can still be the last with items.
    pub last_evaluated_key: Option<Item>,
}

impl Scan {
    /// Creates an eventually consistent request that reads the table from the start.
    pub fn new(table: impl Into<Name>) -> Self {
        Self {
            table: table.into(),
            index: None,
            filter: None,
            select: None,
            limit: None,
            exclusive_start_key: None,
            segment: None,
            consistent: false,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
        }
    }
}
