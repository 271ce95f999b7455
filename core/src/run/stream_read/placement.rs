//! The steps to an iterator at the end of an open shard.

use crate::plan::{GetRecords, GetShardIterator, QueryPlan, ShardPosition};

/// An open shard of which a read from now has no iterator yet.
#[derive(Debug)]
pub(super) struct Placement {
    pub(super) shard: String,
    pub(super) step: PlacementStep,
}

#[derive(Debug)]
pub(super) enum PlacementStep {
    /// Request an iterator at the oldest record.
    Oldest,
    /// Read one page from this iterator. Its last record is surely older than the end of the shard, which is requested later.
    Page(String),
    /// Request the iterator at the end.
    Latest,
}

impl Placement {
    pub(super) fn new(shard: &str) -> Self {
        Self { shard: shard.to_owned(), step: PlacementStep::Oldest }
    }

    /// Returns the next request.
    pub(super) fn request(&self, stream_arn: &str) -> QueryPlan {
        let iterator = |position| GetShardIterator::new(stream_arn, &self.shard, position).into();
        match &self.step {
            PlacementStep::Oldest => iterator(ShardPosition::TrimHorizon),
            PlacementStep::Page(page) => GetRecords::new(page).into(),
            PlacementStep::Latest => iterator(ShardPosition::Latest),
        }
    }
}
