//! One stream.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::plan::{
    GetRecordsOutput, Shard, ShardPosition, StreamDescription, StreamRecord, StreamStatus, UserIdentity,
};
use djamodb_core::schema::{KeySchema, StreamView};
use djamodb_core::service::limits::GET_RECORDS_BYTES_MAX;
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};
use parking_lot::Mutex;

use super::KEPT;
use super::iterator::ShardIterator;
use super::shard::{Recorded, ShardLog, shown};
use crate::error::{Error, Invalid};

/// Who changed an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    AUser,
    /// The item expired.
    TheService,
}

/// One stream: of a table, from when it was enabled until it was disabled.
#[derive(Debug)]
pub(crate) struct StreamLog {
    pub(crate) arn: String,
    pub(crate) label: String,
    pub(crate) table: Name,
    pub(crate) view: StreamView,
    key: Vec<Name>,
    created_at: DateTime<Utc>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The oldest first. There is at least one while the stream is enabled.
    shards: VecDeque<ShardLog>,
    next_sequence: u64,
    next_shard: u64,
    ended_at: Option<DateTime<Utc>>,
}

impl StreamLog {
    pub(crate) fn begin(
        (arn, label): (String, String),
        table: Name,
        (key, view): (&KeySchema, StreamView),
        now: DateTime<Utc>,
    ) -> Self {
        let mut state = State { shards: VecDeque::new(), next_sequence: 1, next_shard: 0, ended_at: None };
        state.open_shard(now);
        let key = key.names().cloned().collect();
        Self { arn, label, table, view, key, created_at: now, state: Mutex::new(state) }
    }

    /// Records a change. Writing an item as it is already is none.
    pub(crate) fn record(&self, clock: &dyn Clock, old: Option<Item>, new: Option<Item>, by: By) {
        if old == new {
            return;
        }
        let mut state = self.state.lock();
        let at = clock.now();
        state.settle(at);
        let sequence = state.take_sequence();
        if let Some(shard) = state.shards.back_mut() {
            shard.records.push_back(Recorded { sequence, at, old, new, by });
        }
    }

    /// Records no longer; what was recorded can be read for 24 hours.
    pub(crate) fn end(&self, now: DateTime<Utc>) {
        let mut state = self.state.lock();
        state.ended_at.get_or_insert(now);
        if let Some(shard) = state.shards.back_mut() {
            shard.close(now);
        }
    }

    /// Whether nothing of it is kept any more.
    pub(crate) fn is_forgotten(&self, now: DateTime<Utc>) -> bool {
        self.state.lock().ended_at.is_some_and(|ended_at| now - ended_at >= KEPT)
    }

    /// The stream with those of its shards that `wanted` keeps: at most `limit`.
    pub(crate) fn describe(
        &self,
        now: DateTime<Utc>,
        limit: usize,
        wanted: impl Fn(&ShardLog) -> bool,
    ) -> StreamDescription {
        let mut state = self.state.lock();
        state.settle(now);
        let mut shards = state.shards.iter().filter(|shard| wanted(shard));
        let page: Vec<Shard> = shards.by_ref().take(limit).map(ShardLog::describe).collect();
        let goes_on = shards.next().is_some();
        StreamDescription {
            arn: self.arn.clone(),
            label: self.label.clone(),
            table: self.table.clone(),
            status: if state.ended_at.is_some() { StreamStatus::Disabled } else { StreamStatus::Enabled },
            view: self.view,
            created_at: Some(self.created_at),
            key: self.key.clone(),
            last_evaluated_shard_id: page.last().filter(|_| goes_on).map(|shard| shard.id.clone()),
            shards: page,
        }
    }

    /// The place in a shard that a position means now.
    pub(crate) fn iterator(
        &self,
        now: DateTime<Utc>,
        shard: &str,
        position: &ShardPosition,
    ) -> Result<ShardIterator, Error> {
        let mut state = self.state.lock();
        state.settle(now);
        let next_sequence = state.next_sequence;
        let shard = state.shard(shard)?;
        let sequence = match position {
            ShardPosition::TrimHorizon => shard.oldest,
            ShardPosition::Latest => next_sequence,
            ShardPosition::AtSequenceNumber(number) => sequence_in(shard, next_sequence, number)?,
            ShardPosition::AtTimestamp(moment) if *moment > now => return Err(Invalid::FutureTimestamp.into()),
            ShardPosition::AtTimestamp(moment) => {
                let at = shard.records.partition_point(|record| record.told_at() < *moment);
                shard.records.get(at).map_or(next_sequence, |record| record.sequence)
            }
            ShardPosition::AfterSequenceNumber(number) => sequence_in(shard, next_sequence, number)? + 1,
        };
        if sequence < shard.oldest {
            return Err(Error::TrimmedDataAccess);
        }
        Ok(ShardIterator { stream_arn: self.arn.clone(), shard_id: shard.id.clone(), sequence, issued_at: now })
    }

    /// Reads on from a place: at most `limit` records.
    pub(crate) fn read(
        &self,
        now: DateTime<Utc>,
        from: &ShardIterator,
        limit: usize,
    ) -> Result<GetRecordsOutput, Error> {
        let mut state = self.state.lock();
        state.settle(now);
        let shard = state.shard(&from.shard_id)?;
        if from.sequence < shard.oldest {
            return Err(Error::TrimmedDataAccess);
        }
        let start = shard.records.partition_point(|record| record.sequence < from.sequence);
        let mut bytes = 0;
        let mut records = Vec::new();
        let mut read = start;
        for record in shard.records.range(start..).take(limit) {
            let told = self.told(record);
            bytes += told.size_bytes;
            if bytes > GET_RECORDS_BYTES_MAX && !records.is_empty() {
                break;
            }
            records.push(told);
            read += 1;
        }
        let goes_on = match (shard.records.get(read), shard.closed) {
            (Some(next), _) => Some(next.sequence),
            (None, Some(_)) => None,
            // After what was read, or where the reader stands, which may be further on.
            (None, None) => Some(shard.records.back().map_or(0, |last| last.sequence + 1).max(from.sequence)),
        };
        let next_shard_iterator = goes_on.map(|sequence| from.moved_to(sequence, now).to_string());
        Ok(GetRecordsOutput { records, next_shard_iterator })
    }

    /// A change as this stream tells it.
    fn told(&self, record: &Recorded) -> StreamRecord {
        let keys = record.new.as_ref().or(record.old.as_ref()).map(|item| item.pick(&self.key)).unwrap_or_default();
        let (tells_new, tells_old) = match self.view {
            StreamView::KeysOnly => (false, false),
            StreamView::NewImage => (true, false),
            StreamView::OldImage => (false, true),
            StreamView::NewAndOldImages => (true, true),
        };
        let new_image = record.new.clone().filter(|_| tells_new);
        let old_image = record.old.clone().filter(|_| tells_old);
        let bytes =
            item_bytes(&keys) + new_image.as_ref().map_or(0, item_bytes) + old_image.as_ref().map_or(0, item_bytes);
        StreamRecord {
            event_id: format!("{}-{}", self.label, shown(record.sequence)),
            event: record.event(),
            sequence_number: shown(record.sequence),
            created_at: Some(record.told_at()),
            view: self.view,
            keys,
            new_image,
            old_image,
            size_bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            user_identity: (record.by == By::TheService).then(UserIdentity::service),
        }
    }
}

/// A sequence number that a shard can hold.
fn sequence_in(shard: &ShardLog, next_sequence: u64, number: &str) -> Result<u64, Error> {
    let sequence: u64 = number.parse().map_err(|_| Invalid::SequenceNumber)?;
    let last = shard.closed.map_or(next_sequence, |(_, last)| last);
    if (shard.starting..=last).contains(&sequence) { Ok(sequence) } else { Err(Invalid::SequenceNumberOfShard.into()) }
}

impl State {
    /// Lets happen what is due by `now`: a shard is closed and another follows, old records are forgotten.
    fn settle(&mut self, now: DateTime<Utc>) {
        if self.ended_at.is_none() && self.shards.back().is_none_or(|shard| shard.is_over(now)) {
            if let Some(shard) = self.shards.back_mut() {
                shard.close(now);
            }
            self.open_shard(now);
        }
        self.shards.retain_mut(|shard| shard.trim(now));
    }

    fn open_shard(&mut self, now: DateTime<Utc>) {
        let parent = self.shards.back().map(|shard| shard.id.clone());
        let id = format!("shardId-{:020}-{:08x}", now.timestamp_millis().max(0), self.next_shard);
        self.next_shard += 1;
        let starting = self.take_sequence();
        self.shards.push_back(ShardLog::open(id, parent, now, starting));
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
