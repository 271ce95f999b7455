//! How a request is carried out.

use super::{RejectedIndex, ResultKind};
use crate::expression::{Condition, ProjectionExpression};
use crate::plan::{GetItem, Query, Scan};
use crate::value::{Item, Name};

/// How a request is carried out: what is asked, in which order, and what is done with the answers.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadPlan {
    /// What is asked.
    pub access: Access,
    /// How what is read of an index becomes the items, where it does not hold all that is wanted.
    pub hydration: Option<Hydration>,
    /// What is wanted of the items.
    pub result_kind: ResultKind,
    /// How many results at most.
    pub limit: Option<usize>,
    /// The key attributes of the table.
    pub table_key: Vec<Name>,
    /// The key attributes that a page token holds: those of the table and of the index that is read.
    pub token_key: Vec<Name>,
    /// The index that is read: its name, or `table`.
    pub index: String,
    /// Why that index.
    pub index_reason: String,
    /// The indexes that were not chosen, where there was a choice, and why.
    pub rejected: Vec<RejectedIndex>,
    /// How many units a second may be used, if that is bounded.
    pub units_per_second: Option<f64>,
}

impl ReadPlan {
    /// Whether every item that is read of the table or the index is a result, so that a limit can be left to the service.
    pub fn reads_only_results(&self) -> bool {
        let of_access = match &self.access {
            Access::Queries(queries) => queries.iter().all(PartitionQuery::reads_only_results),
            Access::Scan(scan_plan) => scan_plan.reads_only_results(),
            Access::Keys(batch) => batch.residual.is_none(),
            Access::Empty(_) | Access::Get(_) => true,
        };
        of_access && self.hydration.as_ref().is_none_or(|hydration| !hydration.drops)
    }
}

/// Items that are fetched from the table, by the keys that were read of an index.
#[derive(Clone, PartialEq, Debug)]
pub struct Hydration {
    /// The table.
    pub table: Name,
    /// Which parts to fetch; all when absent.
    pub projection: Option<ProjectionExpression>,
    /// What the items must satisfy, checked on this side: an item can change after the index was read.
    pub check: Option<Condition>,
    /// Whether lookups are on attributes that the index does not hold, so that the check drops more than what has changed.
    pub drops: bool,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Access {
    /// Nothing: the answer is known to be empty, for this reason.
    Empty(&'static str),
    /// One item by its key.
    Get(GetItem),
    /// Several items by their keys.
    Keys(KeyBatch),
    /// Parts of partitions, one after the other.
    Queries(Vec<PartitionQuery>),
    /// The whole table or index, or one segment of it.
    Scan(Box<ScanPlan>),
}

/// Several items by their keys, given back in the order of the keys.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyBatch {
    /// The table.
    pub table: Name,
    /// The keys, each once.
    pub keys: Vec<Item>,
    /// Which parts to give back; all when absent.
    pub projection: Option<ProjectionExpression>,
    /// Whether to see every write that was acknowledged before.
    pub consistent: bool,
    /// What the items must satisfy, checked on this side.
    pub residual: Option<Condition>,
}

/// A whole table or index, or one segment of it.
#[derive(Clone, PartialEq, Debug)]
pub struct ScanPlan {
    /// The request, without a limit; its start key is set where an earlier page ended.
    pub scan: Scan,
    /// What the items must satisfy, checked on this side.
    pub residual: Option<Condition>,
}

impl ScanPlan {
    /// Whether every item that is read is a result, so that a limit can be left to the service.
    pub fn reads_only_results(&self) -> bool {
        self.scan.filter.is_none() && self.residual.is_none()
    }
}

/// Part of one partition.
#[derive(Clone, PartialEq, Debug)]
pub struct PartitionQuery {
    /// The request, without a limit; its start key is set where an earlier page ended.
    pub query: Query,
    /// What the items must satisfy, checked on this side.
    pub residual: Option<Condition>,
}

impl PartitionQuery {
    /// Whether every item that is read is a result, so that a limit can be left to the service.
    pub fn reads_only_results(&self) -> bool {
        self.query.filter.is_none() && self.residual.is_none()
    }
}
