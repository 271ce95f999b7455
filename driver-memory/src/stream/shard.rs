//! A shard of a stream.

use std::collections::VecDeque;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use djamodb_core::plan::{Shard, StreamEvent};
use djamodb_core::service::limits::STREAM_RECORD_HOURS;
use djamodb_core::value::Item;

use super::actor::Actor;

/// Time for which a record is kept.
pub(crate) const RETENTION: TimeDelta = TimeDelta::hours(STREAM_RECORD_HOURS);
/// Time for which a shard is open.
const SHARD_LIFETIME: TimeDelta = TimeDelta::hours(4);

/// A shard of a stream with its records.
#[derive(Clone, Debug)]
pub(crate) struct ShardLog {
    pub(crate) id: String,
    /// Number of the line of shards that this one belongs to.
    pub(crate) lane: u32,
    pub(crate) parent: Option<String>,
    opened_at: DateTime<Utc>,
    /// First sequence number of the shard.
    pub(crate) starting: u64,
    /// Lowest sequence number that can still be read: that of the oldest record that is kept, or of the next record if
    /// none is.
    pub(crate) oldest: u64,
    /// Time at which the shard was closed, and its last sequence number.
    pub(crate) closed: Option<(DateTime<Utc>, u64)>,
    pub(crate) records: VecDeque<ChangeRecord>,
}

/// A recorded change, with both images whatever the stream's view.
#[derive(Clone, Debug)]
pub(crate) struct ChangeRecord {
    pub(crate) sequence: u64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) old: Option<Item>,
    pub(crate) new: Option<Item>,
    pub(crate) actor: Actor,
}

impl ChangeRecord {
    /// Returns the time of the change as the service reports it, truncated to the second.
    pub(crate) fn created_at(&self) -> DateTime<Utc> {
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
    pub(crate) fn open(id: String, lane: u32, parent: Option<String>, now: DateTime<Utc>, starting: u64) -> Self {
        Self { id, lane, parent, opened_at: now, starting, oldest: starting, closed: None, records: VecDeque::new() }
    }

    /// Closes the shard unless it is closed. Readers continue with its child.
    pub(crate) fn close(&mut self, now: DateTime<Utc>) {
        let last = self.records.back().map_or(self.starting.max(self.oldest.saturating_sub(1)), |last| last.sequence);
        self.closed.get_or_insert((now, last));
    }

    /// Returns `true` if the shard is open and has been for four hours.
    pub(crate) fn is_due_to_close(&self, now: DateTime<Utc>) -> bool {
        self.closed.is_none() && now - self.opened_at >= SHARD_LIFETIME
    }

    /// Drops records older than 24 hours. Returns `false` if the shard itself has expired.
    pub(crate) fn trim(&mut self, now: DateTime<Utc>) -> bool {
        // Nothing is that old in the first day of the calendar.
        let Some(horizon) = now.checked_sub_signed(RETENTION) else { return true };
        while self.records.front().is_some_and(|record| record.at <= horizon) {
            if let Some(record) = self.records.pop_front() {
                self.oldest = record.sequence + 1;
            }
        }
        !(self.records.is_empty() && self.closed.is_some_and(|(at, _)| at <= horizon))
    }

    pub(crate) fn describe(&self) -> Shard {
        Shard {
            id: self.id.clone(),
            parent: self.parent.clone(),
            starting_sequence_number: Some(format_sequence(self.starting)),
            ending_sequence_number: self.closed.map(|(_, last)| format_sequence(last)),
        }
    }
}

/// Returns a sequence number as text of at least 21 digits, as the service formats it.
pub(crate) fn format_sequence(sequence: u64) -> String {
    format!("{sequence:021}")
}
