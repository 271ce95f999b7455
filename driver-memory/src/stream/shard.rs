//! A shard of a stream: some hours of changes.

use std::collections::VecDeque;

use chrono::{DateTime, SubsecRound, Utc};
use djamodb_core::plan::{Shard, StreamEvent};
use djamodb_core::value::Item;

use super::{KEPT, OPEN};
use crate::stream::By;

/// A shard of a stream.
#[derive(Debug)]
pub(crate) struct ShardLog {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    opened_at: DateTime<Utc>,
    /// The first sequence number that it can hold.
    pub(crate) starting: u64,
    /// The sequence number of the oldest record that is kept, or would be.
    pub(crate) oldest: u64,
    /// When it was closed, and its last sequence number.
    pub(crate) closed: Option<(DateTime<Utc>, u64)>,
    pub(crate) records: VecDeque<Recorded>,
}

/// A change, with both images whatever the stream tells of them.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) sequence: u64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) old: Option<Item>,
    pub(crate) new: Option<Item>,
    pub(crate) by: By,
}

impl Recorded {
    /// When it happened, as it is told: to the second.
    pub(crate) fn told_at(&self) -> DateTime<Utc> {
        self.at.trunc_subsecs(0)
    }

    pub(crate) const fn event(&self) -> StreamEvent {
        match (&self.old, &self.new) {
            (None, _) => StreamEvent::Insert,
            (Some(_), Some(_)) => StreamEvent::Modify,
            (Some(_), None) => StreamEvent::Remove,
        }
    }
}

impl ShardLog {
    pub(crate) fn open(id: String, parent: Option<String>, now: DateTime<Utc>, starting: u64) -> Self {
        Self { id, parent, opened_at: now, starting, oldest: starting, closed: None, records: VecDeque::new() }
    }

    /// Closes it: whoever reads on goes over to the shard that follows.
    pub(crate) fn close(&mut self, now: DateTime<Utc>) {
        let last = self.records.back().map_or(self.starting.max(self.oldest.saturating_sub(1)), |last| last.sequence);
        self.closed.get_or_insert((now, last));
    }

    /// Whether it has been open for as long as a shard is.
    pub(crate) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.closed.is_none() && now - self.opened_at >= OPEN
    }

    /// Forgets what is older than is kept. `false` when nothing is left of the shard itself.
    pub(crate) fn trim(&mut self, now: DateTime<Utc>) -> bool {
        let horizon = now - KEPT;
        while let Some(record) = self.records.pop_front_if(|record| record.at <= horizon) {
            self.oldest = record.sequence + 1;
        }
        !(self.records.is_empty() && self.closed.is_some_and(|(at, _)| at <= horizon))
    }

    pub(crate) fn describe(&self) -> Shard {
        Shard {
            id: self.id.clone(),
            parent: self.parent.clone(),
            starting_sequence_number: Some(shown(self.starting)),
            ending_sequence_number: self.closed.map(|(_, last)| shown(last)),
        }
    }
}

/// A sequence number as the service shows it: at least 21 digits.
pub(crate) fn shown(sequence: u64) -> String {
    format!("{sequence:021}")
}
