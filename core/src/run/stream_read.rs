//! Reads of a stream: all shards, parents before their children, repeatedly.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Machine, Step};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::plan::{
    DescribeStream, GetRecords, GetShardIterator, Outcome, Shard, ShardPosition, StreamRecord, StreamStatus,
};

/// The position in a stream at which a later read continues.
///
/// It serialises as a small document with one entry for each shard whose records the service still keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangePosition {
    /// ARN of the stream.
    pub stream_arn: String,
    /// The progress in each shard, by shard ID. A shard without an entry was not started.
    pub shards: BTreeMap<String, ShardProgress>,
}

/// The progress of reading a shard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ShardProgress {
    /// All records up to this sequence number were read.
    After(String),
    /// All records were read, and the shard is closed.
    Finished,
}

/// The position at which the first read of a stream starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum ChangesFrom {
    /// The oldest record that the service keeps.
    #[default]
    Oldest,
    /// The time of the first request.
    Now,
}

/// Reads a stream and yields its records. The records of one item are yielded in order.
///
/// Open shards are read round-robin. A shard is read after its parent. The machine pauses when no shard has new records. It is done
/// when the stream is disabled and all its records are read.
#[derive(Debug)]
pub(crate) struct StreamRead {
    from: ChangesFrom,
    pause: Duration,
    until_idle: bool,
    position: ChangePosition,
    /// Shards that are being read, round-robin.
    active: VecDeque<ShardReader>,
    /// Shards that are not started, since their parents have unread records.
    waiting: Vec<Shard>,
    /// IDs of all shards that were listed so far.
    seen: BTreeSet<String>,
    /// IDs of the shards in the current listing.
    listed: BTreeSet<String>,
    /// Records to yield, with the progress of the shard after each. An entry without a record only records the progress.
    ready: VecDeque<(String, ShardProgress, Option<StreamRecord>)>,
    /// The number of consecutive reads without new records.
    quiet: usize,
    has_ended: bool,
    state: StreamReadState,
}

/// The read of one shard.
#[derive(Debug)]
struct ShardReader {
    shard: String,
    begin: ShardPosition,
    iterator: Option<String>,
}

#[derive(Debug, PartialEq)]
enum StreamReadState {
    List { after: Option<String>, first: bool },
    Read,
    Pause,
    Done,
}

impl StreamRead {
    /// Reads a stream from its oldest record, with pauses of one second.
    pub(crate) fn new(stream_arn: impl Into<String>) -> Self {
        Self::after(ChangePosition { stream_arn: stream_arn.into(), shards: BTreeMap::new() })
    }

    /// Continues at the position of an earlier read.
    pub(crate) fn after(position: ChangePosition) -> Self {
        Self {
            from: ChangesFrom::Oldest,
            pause: Duration::from_secs(1),
            until_idle: false,
            position,
            active: VecDeque::new(),
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            listed: BTreeSet::new(),
            ready: VecDeque::new(),
            quiet: 0,
            has_ended: false,
            state: StreamReadState::List { after: None, first: true },
        }
    }

    /// Sets the position at which reading starts if there is no earlier position.
    #[must_use]
    pub(crate) const fn from(mut self, from: ChangesFrom) -> Self {
        self.from = from;
        self
    }

    /// Sets the length of the pause when there are no new records.
    #[must_use]
    pub(crate) const fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Ends instead of pausing when there are no new records.
    #[must_use]
    pub(crate) const fn until_idle(mut self) -> Self {
        self.until_idle = true;
        self
    }

    /// Returns the position after the records that were yielded.
    pub(crate) const fn position(&self) -> &ChangePosition {
        &self.position
    }

    fn list(&mut self) {
        self.listed.clear();
        self.state = StreamReadState::List { after: None, first: false };
    }

    /// Adds shards that were listed.
    fn take_shards(&mut self, shards: Vec<Shard>) {
        for shard in shards {
            self.listed.insert(shard.id.clone());
            if self.seen.insert(shard.id.clone()) {
                self.waiting.push(shard);
            }
        }
    }

    /// Starts the shards whose parents are read, after all shards are listed.
    fn begin_shards(&mut self, first: bool) {
        // The position has no entries for shards that the service no longer keeps.
        self.position.shards.retain(|shard, _| self.listed.contains(shard));
        if first && self.from == ChangesFrom::Now && self.position.shards.is_empty() {
            self.begin_now();
        } else {
            self.begin_oldest();
        }
        self.quiet = 0;
        self.state = if self.active.is_empty() { StreamReadState::Pause } else { StreamReadState::Read };
    }

    /// Starts the open shards at their ends. Closed shards get no further records.
    fn begin_now(&mut self) {
        for shard in std::mem::take(&mut self.waiting) {
            if shard.ending_sequence_number.is_some() {
                self.position.shards.insert(shard.id, ShardProgress::Finished);
            } else {
                self.active.push_back(ShardReader { shard: shard.id, begin: ShardPosition::Latest, iterator: None });
            }
        }
    }

    /// Starts all shards without unread parents, each after the last record that was read.
    fn begin_oldest(&mut self) {
        for shard in std::mem::take(&mut self.waiting) {
            let must_wait = shard.parent.as_ref().is_some_and(|parent| self.is_unread(parent));
            let begin = match self.position.shards.get(&shard.id) {
                _ if must_wait => {
                    self.waiting.push(shard);
                    continue;
                }
                Some(ShardProgress::Finished) => continue,
                Some(ShardProgress::After(number)) => ShardPosition::AfterSequenceNumber(number.clone()),
                None => ShardPosition::TrimHorizon,
            };
            self.active.push_back(ShardReader { shard: shard.id, begin, iterator: None });
        }
    }

    fn is_unread(&self, shard: &String) -> bool {
        self.listed.contains(shard) && self.position.shards.get(shard) != Some(&ShardProgress::Finished)
    }

    fn take_records(&mut self, records: Vec<StreamRecord>, next: Option<String>) {
        let Some(mut reader) = self.active.pop_front() else {
            return;
        };
        self.quiet = if records.is_empty() { self.quiet + 1 } else { 0 };
        for record in records {
            let number = record.sequence_number.clone();
            reader.begin = ShardPosition::AfterSequenceNumber(number.clone());
            self.ready.push_back((reader.shard.clone(), ShardProgress::After(number), Some(record)));
        }
        if next.is_none() {
            self.ready.push_back((reader.shard, ShardProgress::Finished, None));
            // Its children can be started now.
            self.list();
            return;
        }
        reader.iterator = next;
        self.active.push_back(reader);
        if self.quiet >= self.active.len() {
            self.quiet = 0;
            self.state = StreamReadState::Pause;
        }
    }
}

impl Machine for StreamRead {
    type Emit = StreamRecord;

    fn next(&mut self) -> Step<StreamRecord> {
        while let Some((shard, progress, record)) = self.ready.pop_front() {
            self.position.shards.insert(shard, progress);
            if let Some(record) = record {
                return Step::Emit(record);
            }
        }
        match &self.state {
            StreamReadState::List { after, .. } => {
                let list = DescribeStream::new(&self.position.stream_arn);
                Step::Execute(DescribeStream { exclusive_start_shard_id: after.clone(), ..list }.into())
            }
            StreamReadState::Read => match self.active.front() {
                Some(ShardReader { iterator: Some(iterator), .. }) => Step::Execute(GetRecords::new(iterator).into()),
                Some(ShardReader { shard, begin, .. }) => {
                    Step::Execute(GetShardIterator::new(&self.position.stream_arn, shard, begin.clone()).into())
                }
                None => {
                    self.list();
                    self.next()
                }
            },
            StreamReadState::Pause if self.until_idle || (self.has_ended && self.active.is_empty()) => {
                self.state = StreamReadState::Done;
                Step::Done
            }
            StreamReadState::Pause => {
                if self.active.is_empty() {
                    self.list();
                } else {
                    self.state = StreamReadState::Read;
                }
                Step::Sleep(self.pause)
            }
            StreamReadState::Done => Step::Done,
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        if let StreamReadState::List { first, .. } = self.state {
            let stream = output_of::<DescribeStream>(outcome?)?.stream;
            self.has_ended = stream.status == StreamStatus::Disabled;
            let is_last = stream.last_evaluated_shard_id.is_none();
            self.state = StreamReadState::List { after: stream.last_evaluated_shard_id, first };
            self.take_shards(stream.shards);
            if is_last {
                self.begin_shards(first);
            }
            return Ok(());
        }
        let Some(reader) = self.active.front_mut() else {
            return outcome.map(|_| ());
        };
        if reader.iterator.is_none() {
            reader.iterator = Some(output_of::<GetShardIterator>(outcome?)?.shard_iterator);
            return Ok(());
        }
        match outcome.and_then(output_of::<GetRecords>) {
            Ok(output) => {
                self.take_records(output.records, output.next_shard_iterator);
                Ok(())
            }
            // A caller that takes too long over a record lets the iterator expire. A new one continues at the same position.
            Err(error) if *error.kind() == DriverErrorKind::ExpiredIterator => {
                reader.iterator = None;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
