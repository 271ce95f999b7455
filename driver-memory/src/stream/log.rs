//! One stream of a table.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::plan::{
    GetRecordsOutput, Shard, ShardPosition, Stream, StreamDescription, StreamRecord, StreamStatus,
};
use djamodb_core::schema::{KeySchema, StreamView};
use djamodb_core::service::limits::GET_RECORDS_BYTES_MAX;
use djamodb_core::value::Name;
use djamodb_core::value::size::item_bytes;
use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};

use super::actor::Actor;
use super::iterator::ShardIterator;
use super::shard::{ChangeRecord, RETENTION, ShardLog, format_sequence};
use crate::error::{Error, ValidationError};
use crate::item_change::ItemChange;
use crate::key_bytes;
use crate::resource_policy::ResourcePolicy;

/// One stream of a table: from the time at which it was enabled until it was disabled.
#[derive(Debug)]
pub(crate) struct StreamLog {
    pub(crate) identity: Stream,
    pub(crate) view: StreamView,
    /// Key attributes of the table.
    key: Vec<Name>,
    created_at: DateTime<Utc>,
    pub(crate) policy: Mutex<ResourcePolicy>,
    /// Shared with snapshots until either is changed.
    state: Mutex<Arc<StreamState>>,
}

#[derive(Clone, Debug)]
struct StreamState {
    /// Shards, oldest first. While the stream is enabled, one of each lane is open: the last one.
    shards: VecDeque<ShardLog>,
    /// Number of lanes. Each is a line of shards, every one the parent of the next, for some of the hash keys.
    lanes: NonZeroU32,
    next_sequence: u64,
    next_shard: u64,
    /// Time at which the stream was disabled.
    closed_at: Option<DateTime<Utc>>,
}

impl StreamLog {
    /// Creates a stream with `lanes` open shards.
    pub(crate) fn new(
        identity: Stream,
        key: &KeySchema,
        view: StreamView,
        lanes: NonZeroU32,
        now: DateTime<Utc>,
    ) -> Self {
        let shards = VecDeque::new();
        let mut state = StreamState { shards, lanes, next_sequence: 1, next_shard: 0, closed_at: None };
        (0..lanes.get()).for_each(|lane| state.open_shard(lane, None, now));
        let key = key.names().cloned().collect();
        Self { identity, view, key, created_at: now, policy: Mutex::default(), state: Mutex::new(Arc::new(state)) }
    }

    /// Returns a stream of the same records.
    pub(crate) fn copy(&self) -> Self {
        Self {
            identity: self.identity.clone(),
            view: self.view,
            key: self.key.clone(),
            created_at: self.created_at,
            policy: Mutex::new(self.policy.lock().clone()),
            state: Mutex::new(Arc::clone(&self.state.lock())),
        }
    }

    /// Locks the state, and copies it if a snapshot shares it.
    fn state(&self) -> MappedMutexGuard<'_, StreamState> {
        MutexGuard::map(self.state.lock(), Arc::make_mut)
    }

    /// Records a change. A write that leaves the item as it was is not recorded.
    pub(crate) fn record(&self, clock: &dyn Clock, change: ItemChange<'_>, actor: Actor) {
        let (old, new) = (change.old_item(), change.new_item());
        if old == new {
            return;
        }
        let (old, new) = (old.cloned(), new.cloned());
        let mut state = self.state();
        let at = clock.now();
        state.apply_due_transitions(at);
        let lane = key_bytes::hash_of(change.key) % u64::from(state.lanes.get());
        let sequence = state.take_sequence();
        if let Some(shard) = state.shards.iter_mut().rev().find(|shard| u64::from(shard.lane) == lane) {
            shard.records.push_back(ChangeRecord { sequence, at, old, new, actor });
        }
    }

    /// Closes the stream. Its records can be read for another 24 hours.
    pub(crate) fn close(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        state.closed_at.get_or_insert(now);
        state.shards.iter_mut().for_each(|shard| shard.close(now));
    }

    /// Returns `true` if the stream was closed 24 hours ago or earlier.
    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.state.lock().closed_at.is_some_and(|closed_at| now - closed_at >= RETENTION)
    }

    /// Returns the description of the stream with at most `limit` of the shards for which `matches` is `true`.
    pub(crate) fn describe(
        &self,
        now: DateTime<Utc>,
        limit: usize,
        matches: impl Fn(&ShardLog) -> bool,
    ) -> StreamDescription {
        let mut state = self.state();
        state.apply_due_transitions(now);
        let mut shards = state.shards.iter().filter(|shard| matches(shard));
        let page: Vec<Shard> = shards.by_ref().take(limit).map(ShardLog::describe).collect();
        let has_more = shards.next().is_some();
        StreamDescription {
            arn: self.identity.arn.clone(),
            label: self.identity.label.clone(),
            table: self.identity.table.clone(),
            status: if state.closed_at.is_some() { StreamStatus::Disabled } else { StreamStatus::Enabled },
            view: self.view,
            created_at: Some(self.created_at),
            key: self.key.clone(),
            last_evaluated_shard_id: page.last().filter(|_| has_more).map(|shard| shard.id.clone()),
            shards: page,
        }
    }

    /// Returns an iterator at `position` of a shard.
    ///
    /// # Errors
    ///
    /// [`Error::ShardNotFound`] if there is no such shard, [`Error::TrimmedDataAccess`] if the position is before the
    /// oldest record, and a [`ValidationError`] if its sequence number is not of this shard or its time is in the future.
    pub(crate) fn iterator(
        &self,
        now: DateTime<Utc>,
        shard: &str,
        position: &ShardPosition,
    ) -> Result<ShardIterator, Error> {
        let mut state = self.state();
        state.apply_due_transitions(now);
        let next_sequence = state.next_sequence;
        let shard = state.shard(shard)?;
        let sequence = match position {
            ShardPosition::TrimHorizon => shard.oldest,
            ShardPosition::Latest => next_sequence,
            ShardPosition::AtSequenceNumber(number) => parse_sequence(shard, next_sequence, number)?,
            ShardPosition::AtTimestamp(time) if *time > now => return Err(ValidationError::FutureTimestamp.into()),
            ShardPosition::AtTimestamp(time) => {
                let at = shard.records.partition_point(|record| record.created_at() < *time);
                shard.records.get(at).map_or(next_sequence, |record| record.sequence)
            }
            ShardPosition::AfterSequenceNumber(number) => parse_sequence(shard, next_sequence, number)? + 1,
        };
        if sequence < shard.oldest {
            return Err(Error::TrimmedDataAccess);
        }
        let (stream_arn, shard_id) = (self.identity.arn.clone(), shard.id.clone());
        Ok(ShardIterator { stream_arn, shard_id, sequence, issued_at: now })
    }

    /// Returns at most `limit` records and 1 MB from `iterator` on.
    ///
    /// # Errors
    ///
    /// [`Error::ShardNotFound`] if the shard has expired, [`Error::TrimmedDataAccess`] if the record has.
    pub(crate) fn read(
        &self,
        now: DateTime<Utc>,
        iterator: &ShardIterator,
        limit: usize,
    ) -> Result<GetRecordsOutput, Error> {
        let mut state = self.state();
        state.apply_due_transitions(now);
        let shard = state.shard(&iterator.shard_id)?;
        if iterator.sequence < shard.oldest {
            return Err(Error::TrimmedDataAccess);
        }
        let start = shard.records.partition_point(|record| record.sequence < iterator.sequence);
        let mut bytes = 0;
        let mut records = Vec::new();
        let mut read = start;
        for record in shard.records.range(start..).take(limit) {
            let record = self.stream_record(record);
            bytes += record.size_bytes;
            if bytes > GET_RECORDS_BYTES_MAX && !records.is_empty() {
                break;
            }
            records.push(record);
            read += 1;
        }
        let next_sequence = match (shard.records.get(read), shard.closed) {
            (Some(next), _) => Some(next.sequence),
            (None, Some(_)) => None,
            // An iterator of `LATEST` may be ahead of the last record.
            (None, None) => Some(shard.records.back().map_or(0, |last| last.sequence + 1).max(iterator.sequence)),
        };
        let next_shard_iterator = next_sequence.map(|sequence| iterator.advanced_to(sequence, now).to_string());
        Ok(GetRecordsOutput { records, next_shard_iterator })
    }

    /// Returns a change as a record with the images of the stream's view.
    fn stream_record(&self, record: &ChangeRecord) -> StreamRecord {
        let keys = record.new.as_ref().or(record.old.as_ref()).map(|item| item.pick(&self.key)).unwrap_or_default();
        let (has_new_image, has_old_image) = match self.view {
            StreamView::KeysOnly => (false, false),
            StreamView::NewImage => (true, false),
            StreamView::OldImage => (false, true),
            StreamView::NewAndOldImages => (true, true),
        };
        let new_image = record.new.clone().filter(|_| has_new_image);
        let old_image = record.old.clone().filter(|_| has_old_image);
        let bytes =
            item_bytes(&keys) + new_image.as_ref().map_or(0, item_bytes) + old_image.as_ref().map_or(0, item_bytes);
        StreamRecord {
            event_id: format!("{}-{}", self.identity.label, format_sequence(record.sequence)),
            event: record.event(),
            sequence_number: format_sequence(record.sequence),
            created_at: Some(record.created_at()),
            view: self.view,
            keys,
            new_image,
            old_image,
            size_bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            user_identity: record.actor.user_identity(),
        }
    }
}

/// Parses a sequence number and checks that it can be one of `shard`.
fn parse_sequence(shard: &ShardLog, next_sequence: u64, number: &str) -> Result<u64, Error> {
    let sequence: u64 = number.parse().map_err(|_| ValidationError::SequenceNumber)?;
    let last = shard.closed.map_or(next_sequence, |(_, last)| last);
    if (shard.starting..=last).contains(&sequence) {
        Ok(sequence)
    } else {
        Err(ValidationError::SequenceNumberOfShard.into())
    }
}

impl StreamState {
    /// Applies the transitions that are due by `now`: replaces shards that are four hours old and drops expired records.
    fn apply_due_transitions(&mut self, now: DateTime<Utc>) {
        // The open shards of all lanes were opened at the same time, and the last shard is one of them.
        if self.closed_at.is_none() && self.shards.back().is_some_and(|shard| shard.is_due_to_close(now)) {
            self.replace_open_shards(now);
        }
        self.shards.retain_mut(|shard| shard.trim(now));
    }

    fn replace_open_shards(&mut self, now: DateTime<Utc>) {
        let mut parents = Vec::new();
        for shard in self.shards.iter_mut().filter(|shard| shard.closed.is_none()) {
            shard.close(now);
            parents.push((shard.lane, shard.id.clone()));
        }
        for (lane, parent) in parents {
            self.open_shard(lane, Some(parent), now);
        }
    }

    fn open_shard(&mut self, lane: u32, parent: Option<String>, now: DateTime<Utc>) {
        let id = format!("shardId-{:020}-{:08x}", now.timestamp_millis().max(0), self.next_shard);
        self.next_shard += 1;
        let starting = self.take_sequence();
        self.shards.push_back(ShardLog::open(id, lane, parent, now, starting));
    }

    fn take_sequence(&mut self) -> u64 {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        sequence
    }

    fn shard(&self, id: &str) -> Result<&ShardLog, Error> {
        self.shards.iter().find(|shard| shard.id == id).ok_or(Error::ShardNotFound)
    }
}
