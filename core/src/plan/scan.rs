//! [Scan](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html): a whole table or index.

use serde::{Deserialize, Serialize};

use super::{ReturnConsumedCapacity, Select};
use crate::expression::Condition;
use crate::value::{Item, Name};

/// Reads a whole table or index, in no order that means anything, up to 1 MB a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scan {
    /// The table.
    pub table: Name,
    /// The index to read; the table itself when absent.
    pub index: Option<Name>,
    /// What the items read must satisfy to be given back.
    pub filter: Option<Condition>,
    /// What is given back; when absent all attributes, of an index those that it holds.
    pub select: Option<Select>,
    /// How many items to read, before the filter; at least 1.
    pub limit: Option<u32>,
    /// Where to go on: the `last_evaluated_key` of an earlier answer.
    pub exclusive_start_key: Option<Item>,
    /// Which part of the table, when several scan it side by side.
    pub segment: Option<Segment>,
    /// Whether to see every write that was acknowledged before. Global indexes cannot.
    pub consistent: bool,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// One part of a table that is scanned side by side with the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Segment {
    /// Which part, from 0.
    pub segment: u32,
    /// How many parts there are: 1 to 1,000,000.
    pub total_segments: u32,
}

/// What [`Scan`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ScanOutput {
    /// The items; none when only counted.
    pub items: Vec<Item>,
    /// How many satisfied the filter.
    pub count: u64,
    /// How many were read.
    pub scanned_count: u64,
    /// Where to go on. When absent, there is nothing more; when present, there may be.
    pub last_evaluated_key: Option<Item>,
}

impl Scan {
    /// Reads the table from its start, eventually consistent.
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
