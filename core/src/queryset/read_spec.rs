//! The untyped half of a queryset.

use super::order::InMemoryOrder;
use super::rate_limit::RateLimit;
use crate::database::{CallSpan, Database};
use crate::expression::Path;
use crate::planner::Request;

/// The reads that a queryset describes, without the types of its model, rows and index.
///
/// A queryset without `operands` reads what `request` says. A union reads its operands; `request` then holds what was set on the
/// union as a whole.
#[derive(Clone, Debug)]
pub(super) struct ReadSpec {
    pub(super) request: Request,
    /// The querysets of a union; empty where there is no union.
    pub(super) operands: Vec<ReadSpec>,
    /// `true` if more querysets were joined than a union accepts. One operand takes their place, and every terminal method fails.
    pub(super) is_overfull: bool,
    /// `true` if items that have expired at the time of the read are left out.
    pub(super) unexpired: bool,
    /// The order in which items are sorted on the client.
    pub(super) sort: Option<InMemoryOrder>,
    /// Number of segments of a parallel scan.
    pub(super) total_segments: Option<u32>,
    /// The most units per second, and the limiter that all querysets made from this one share.
    pub(super) rate_limit: Option<RateLimit>,
}

impl ReadSpec {
    pub(super) fn new(request: Request) -> Self {
        Self {
            request,
            operands: Vec::new(),
            is_overfull: false,
            unexpired: false,
            sort: None,
            total_segments: None,
            rate_limit: None,
        }
    }

    pub(super) fn model(&self) -> &'static str {
        self.request.schema.model
    }

    /// Opens the tracing span of a terminal method.
    pub(super) fn call_span(&self, db: &Database, method: &'static str) -> CallSpan {
        CallSpan::of_index(db, self.request.schema, self.request.index, method)
    }

    pub(super) fn is_union(&self) -> bool {
        !self.operands.is_empty()
    }

    /// Returns `self` with at most this many results, and no more than the limit that is set.
    pub(super) fn at_most(mut self, limit: usize) -> Self {
        self.request.limit = Some(self.request.limit.map_or(limit, |set| set.min(limit)));
        self
    }

    /// Returns `self` reading only these parts of each item.
    pub(super) fn with_parts(mut self, parts: Vec<Path>) -> Self {
        self.request.parts = Some(parts);
        self
    }

    /// Returns the parts that are read of each item, or `None` if whole items are read.
    pub(super) fn parts_read(&self) -> Option<&[Path]> {
        match (&self.request.parts, self.operands.first()) {
            (Some(parts), _) => Some(parts),
            (None, Some(operand)) => operand.parts_read(),
            (None, None) => None,
        }
    }
}
