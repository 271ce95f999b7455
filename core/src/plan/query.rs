//! [Query](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html): part of a partition, in order.

use serde::{Deserialize, Serialize};

use super::ReturnConsumedCapacity;
use crate::expression::{Condition, KeyCondition, Projection};
use crate::value::{Item, Name};

/// Reads part of a partition of a table or an index, in the order of the range key, up to 1 MB a request.
///
/// What is read is paid for, also what the filter then drops.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Query {
    /// The table.
    pub table: Name,
    /// The index to read; the table itself when absent.
    pub index: Option<Name>,
    /// Which part of which partition.
    pub key_condition: KeyCondition,
    /// What the items read must satisfy to be given back. It may not name the key attributes of what is queried.
    pub filter: Option<Condition>,
    /// What is given back; when absent all attributes, of an index those that it holds.
    pub select: Option<Select>,
    /// How many items to read, before the filter; at least 1.
    pub limit: Option<u32>,
    /// Where to go on: the `last_evaluated_key` of an earlier answer.
    pub exclusive_start_key: Option<Item>,
    /// Ascending by range key, or descending.
    pub forward: bool,
    /// Whether to see every write that was acknowledged before. Global indexes cannot.
    pub consistent: bool,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What a `Query` or a `Scan` gives back of each item.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Select {
    /// All attributes, also those that a local index has to fetch (`ALL_ATTRIBUTES`).
    AllAttributes,
    /// What the index holds (`ALL_PROJECTED_ATTRIBUTES`).
    AllProjectedAttributes,
    /// How many there are, no items (`COUNT`).
    Count,
    /// Some parts (`SPECIFIC_ATTRIBUTES`).
    SpecificAttributes(Projection),
}

/// What [`Query`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct QueryOutput {
    /// The items, in order; none when only counted.
    pub items: Vec<Item>,
    /// How many satisfied the filter.
    pub count: u64,
    /// How many were read.
    pub scanned_count: u64,
    /// Where to go on. When absent, there is nothing more; when present, there may be.
    pub last_evaluated_key: Option<Item>,
}

impl Query {
    /// Reads a partition of the table from its start, eventually consistent.
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
