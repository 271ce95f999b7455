//! The read of one shard.

use super::position::ShardProgress;
use crate::plan::{ShardPosition, StreamRecord};
use crate::run::repeat_check::RepeatCheck;

/// Consecutive shard iterators that may expire unused. More means that the service issues expired ones.
const EXPIRED_MAX: u32 = 3;

/// The read of one shard.
#[derive(Debug)]
pub(super) struct ShardReader {
    pub(super) shard: String,
    pub(super) iterator: Option<String>,
    /// The progress after the records that were received.
    progress: ShardProgress,
    /// `true` if the iterator was requested for the end of the shard, so that no record is older than the feed.
    is_latest: bool,
    last_numbers: RepeatCheck<String>,
    expired: u32,
}

impl ShardReader {
    /// Continues after `progress`.
    pub(super) const fn new(shard: String, progress: ShardProgress) -> Self {
        let last_numbers = RepeatCheck::after(None);
        Self { shard, iterator: None, progress, is_latest: false, last_numbers, expired: 0 }
    }

    /// Reads from an iterator at the end of the shard. `progress` is used if the iterator expires.
    pub(super) fn latest(shard: String, progress: ShardProgress, iterator: String) -> Self {
        Self { iterator: Some(iterator), is_latest: true, ..Self::new(shard, progress) }
    }

    /// Returns the position at which an iterator is requested.
    pub(super) fn begin(&self) -> ShardPosition {
        self.progress.begin()
    }

    pub(super) const fn progress(&self) -> &ShardProgress {
        &self.progress
    }

    /// Drops the iterator, which has expired. Returns `false` if this happened repeatedly.
    pub(super) fn expire(&mut self) -> bool {
        self.iterator = None;
        self.is_latest = false;
        self.expired += 1;
        self.expired <= EXPIRED_MAX
    }

    /// Takes the records of one response. Returns each with the progress after it, and `None` in the place of a record that is
    /// skipped; or `None` if the service returned the same records before.
    pub(super) fn take(&mut self, records: Vec<StreamRecord>) -> Option<Vec<(ShardProgress, Option<StreamRecord>)>> {
        self.expired = 0;
        if records.last().is_some_and(|last| self.last_numbers.is_repeated(&last.sequence_number)) {
            return None;
        }
        Some(records.into_iter().map(|record| self.take_one(record)).collect())
    }

    fn take_one(&mut self, record: StreamRecord) -> (ShardProgress, Option<StreamRecord>) {
        let number = record.sequence_number.clone();
        let (progress, record) = match self.progress {
            ShardProgress::Since { time, .. } if !self.is_latest && record.created_at.is_some_and(|at| at < time) => {
                (ShardProgress::Since { time, after: Some(number) }, None)
            }
            _ => (ShardProgress::After(number), Some(record)),
        };
        self.progress = progress.clone();
        (progress, record)
    }
}
