//! The [Query](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html)
//! operation: reads a range of a partition in order.

use super::ReturnConsumedCapacity;
use crate::expression::{Condition, KeyCondition, ProjectionExpression};
use crate::value::{Item, Name};

/// A request that reads a range of a partition of a table or index in the order of the range key, up to 1 MB.
///
/// It consumes read units for every item it reads, including those that the filter drops.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Query {
    /// The table.
    pub table: Name,
    /// Index that is read; the table itself if `None`.
    pub index: Option<Name>,
    /// Partition, and the range of it, that is read.
    pub key_condition: KeyCondition,
    /// Condition that an item must satisfy to be returned. It cannot refer to key attributes of the table or index that is read.
    pub filter: Option<Condition>,
    /// Attributes that are returned. If `None`, all attributes of a table, or those that an index projects.
    pub select: Option<Select>,
    /// Maximum number of items that are read, before the filter; at least 1.
    pub limit: Option<u32>,
    /// `last_evaluated_key` of the previous page, after which this page begins.
    pub exclusive_start_key: Option<Item>,
    /// `true` for ascending order of the range key, `false` for descending order.
    pub forward: bool,
    /// `true` for a strongly consistent read, which sees every write acknowledged before it. Global indexes do not support it.
    pub consistent: bool,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// The attributes that a [`Query`] or a [`Scan`](super::Scan) returns of each item.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Select {
    /// All attributes (`ALL_ATTRIBUTES`). A local index fetches those it does not project from the table.
    AllAttributes,
    /// Attributes that the index projects (`ALL_PROJECTED_ATTRIBUTES`).
    AllProjectedAttributes,
    /// No items, only their number (`COUNT`).
    Count,
    /// Parts of each item (`SPECIFIC_ATTRIBUTES`).
    SpecificAttributes(ProjectionExpression),
}

impl Select {
    /// Returns the parts of each item that are selected, or `None` for whole items or their number.
    pub const fn projection(&self) -> Option<&ProjectionExpression> {
        if let Self::SpecificAttributes(projection) = self { Some(projection) } else { None }
    }
}

/// The output of [`Query`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct QueryOutput {
    /// Items in order; empty for [`Select::Count`].
    pub items: Vec<Item>,
    /// Number of items that satisfy the filter.
    pub count: u64,
    /// Number of items that were read, before the filter.
    pub scanned_count: u64,
    /// Key after which the next page begins. `None` on the last page; a page with a key can still be the last with items.
    pub last_evaluated_key: Option<Item>,
}

impl Query {
    /// Creates an eventually consistent request that reads in ascending order from the start.
    pub fn new(table: impl Into<Name>, key_condition: KeyCondition) -> Self {
        Self {
            table: table.into(),
            index: None,
            key_condition,
            filter: None,
            select: None,
            limit: None,
            exclusive_start_key: None,
            forward: true,
            consistent: false,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
        }
    }
}
