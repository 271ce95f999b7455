//! The plan of a read.

use super::{IndexReason, RejectedIndex, ResultKind};
use crate::expression::{Condition, ProjectionExpression};
use crate::plan::{GetItem, Query, Scan};
use crate::value::{Item, Name};

/// The plan of a read: its requests, the conditions that are checked on the client, and the limit.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ReadPlan {
    /// The requests.
    pub(crate) access: Access,
    /// The fetch from the table that follows the read of an index, if the index does not hold everything.
    pub(crate) hydration: Option<Hydration>,
    /// The kind of result.
    pub(crate) result_kind: ResultKind,
    /// Maximum number of results.
    pub(crate) limit: Option<usize>,
    /// The key attributes of the table.
    pub(crate) table_key: &'static [Name],
    /// The key attributes in a page token: those of the table and of the index that is read.
    pub(crate) token_key: &'static [Name],
    /// Name of the index that is read; `None` for the table.
    pub(crate) index: Option<Name>,
    /// The reason for reading it.
    pub(crate) index_reason: IndexReason,
    /// The indexes that were not chosen, if the planner had a choice.
    pub(crate) rejected: Vec<RejectedIndex>,
    /// Maximum number of units per second; unlimited if `None`.
    pub(crate) units_per_second: Option<f64>,
}

impl ReadPlan {
    /// Returns `true` if every item that is read is a result, so that the service can apply the limit.
    pub(crate) fn reads_only_results(&self) -> bool {
        let of_access = match &self.access {
            Access::Queries(queries) => queries.iter().all(PartitionQuery::reads_only_results),
            Access::Scan(scan_plan) => scan_plan.reads_only_results(),
            Access::Keys(batch) => batch.residual.is_none(),
            Access::Empty(_) | Access::Get(_) => true,
        };
        of_access && self.hydration.as_ref().is_none_or(|hydration| !hydration.filters)
    }
}

/// A fetch of whole items from the table, by the keys that were read from an index.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Hydration {
    /// Name of the table.
    pub(crate) table: Name,
    /// The parts that are fetched; whole items if `None`.
    pub(crate) projection: Option<ProjectionExpression>,
    /// The condition that is checked on the client, since an item can change after the index was read.
    pub(crate) check: Option<Condition>,
    /// `true` if lookups are on attributes that the index does not hold, so that `check` drops items that did not change.
    pub(crate) filters: bool,
}

/// The requests of a read.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Access {
    /// No request: the result is known to be empty.
    Empty(EmptyReason),
    /// One item by its key.
    Get(GetItem),
    /// Several items by their keys.
    Keys(KeyBatch),
    /// Queries, one after the other.
    Queries(Vec<PartitionQuery>),
    /// A scan of the table, of an index, or of one segment.
    Scan(Box<ScanPlan>),
}

/// The reason for which a result is known to be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EmptyReason {
    /// `none()` was called.
    None,
    /// The limit is 0.
    Limit,
    /// No item can satisfy the lookups.
    Contradiction,
    /// The hash key is known, so that nothing is scanned, and segment 0 reads all items.
    Segment,
    /// The page token is the last of the keys.
    LastKey,
}

impl std::fmt::Display for EmptyReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "none() was called",
            Self::Limit => "the limit is 0",
            Self::Contradiction => "no item can satisfy the lookups",
            Self::Segment => "nothing is scanned, and the first segment reads all items",
            Self::LastKey => "the page token is the last key",
        })
    }
}

/// Several items by their keys, returned in the order of the keys.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct KeyBatch {
    /// Name of the table.
    pub(crate) table: Name,
    /// The keys, without duplicates.
    pub(crate) keys: Vec<Item>,
    /// The parts that are read; whole items if `None`.
    pub(crate) projection: Option<ProjectionExpression>,
    /// `true` if the read is strongly consistent.
    pub(crate) consistent: bool,
    /// The condition that is checked on the client.
    pub(crate) residual: Option<Condition>,
}

/// A scan of the table, of an index, or of one segment.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ScanPlan {
    /// The request, without a limit. Its start key is set when reading continues after a page.
    pub(crate) scan: Scan,
    /// The condition that is checked on the client.
    pub(crate) residual: Option<Condition>,
}

impl ScanPlan {
    /// Returns `true` if every item that is read is a result, so that the service can apply the limit.
    pub(crate) fn reads_only_results(&self) -> bool {
        self.scan.filter.is_none() && self.residual.is_none()
    }
}

/// A query of one partition, or of one range span of it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct PartitionQuery {
    /// The request, without a limit. Its start key is set when reading continues after a page.
    pub(crate) query: Query,
    /// The condition that is checked on the client.
    pub(crate) residual: Option<Condition>,
}

impl PartitionQuery {
    /// Returns `true` if every item that is read is a result, so that the service can apply the limit.
    pub(crate) fn reads_only_results(&self) -> bool {
        self.query.filter.is_none() && self.residual.is_none()
    }
}
