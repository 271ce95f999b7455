//! Reading a stream: every shard, parents before their children, again and again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Machine, Step};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::plan::{
    DescribeStream, GetRecords, GetShardIterator, Outcome, Shard, ShardPosition, StreamRecord, StreamStatus,
};

/// How far a stream was read: what a program keeps to go on later where it stopped.
///
/// It serialises as a small document, one entry for each shard whose records are kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangePosition {
    /// The stream.
    pub stream_arn: String,
    /// How far each shard was read; those that are not here were not begun.
    pub shards: BTreeMap<String, ShardProgress>,
}

/// How far a shard was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ShardProgress {
    /// Up to the record of this sequence number.
    After(String),
    /// To its end.
    Finished,
}

/// Where reading begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ChangesFrom {
    /// With the oldest record that is kept.
    #[default]
    Oldest,
    /// With what is recorded from the first request on.
    Now,
}

/// Reads a stream: hands its records on, each item's in their order.
///
/// The shards that are open are read in turn; a shard is read after the one that it follows. When none of them has anything
/// new, there is a pause. It is done when the stream has ended and is read to its end.
#[derive(Debug)]
pub struct StreamRead {
    from: ChangesFrom,
    pause: Duration,
    until_idle: bool,
    position: ChangePosition,
    /// Shards that are read in turn.
    active: VecDeque<ShardReader>,
    /// Shards that follow one that is not read to its end.
    waiting: Vec<Shard>,
    /// Every shard that was ever listed.
    seen: BTreeSet<String>,
    /// Every shard that was listed this time.
    listed: BTreeSet<String>,
    /// What is to be handed on, and what is known once it was.
    ready: VecDeque<(String, ShardProgress, Option<StreamRecord>)>,
    /// How many shards in a row had nothing new.
    quiet: usize,
    has_ended: bool,
    state: StreamReadState,
}

/// A shard that is being read.
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
    /// Reads a stream from its oldest record on, with a second's pause when there is nothing new.
    pub fn new(stream_arn: impl Into<String>) -> Self {
        Self::after(ChangePosition { stream_arn: stream_arn.into(), shards: BTreeMap::new() })
    }

    /// Goes on where an earlier reader stopped.
    pub fn after(position: ChangePosition) -> Self {
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

    /// Begins elsewhere, where no earlier reader says where.
    #[must_use]
    pub const fn from(mut self, from: ChangesFrom) -> Self {
        self.from = from;
        self
    }

    /// Pauses for this long when there is nothing new.
    #[must_use]
    pub const fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Is done, instead of pausing, when there is nothing new.
    #[must_use]
    pub const fn until_idle(mut self) -> Self {
        self.until_idle = true;
        self
    }

    /// How far the records that were handed on reach.
    pub const fn position(&self) -> &ChangePosition {
        &self.position
    }

    fn list(&mut self) {
        self.listed.clear();
        self.state = StreamReadState::List { after: None, first: false };
    }

    /// Takes shards that were listed.
    fn take_shards(&mut self, shards: Vec<Shard>) {
        for shard in shards {
            self.listed.insert(shard.id.clone());
            if self.seen.insert(shard.id.clone()) {
                self.waiting.push(shard);
            }
        }
    }

    /// Begins the shards whose turn it is, once all are listed.
    fn begin_shards(&mut self, first: bool) {
        // A shard that is kept no longer is no part of where to go on.
        self.position.shards.retain(|shard, _| self.listed.contains(shard));
        if first && self.from == ChangesFrom::Now && self.position.shards.is_empty() {
            self.begin_now();
        } else {
            self.begin_oldest();
        }
        self.quiet = 0;
        self.state = if self.active.is_empty() { StreamReadState::Pause } else { StreamReadState::Read };
    }

    /// Begins the open shards at their ends. What is closed already holds nothing that is still to come.
    fn begin_now(&mut self) {
        for shard in std::mem::take(&mut self.waiting) {
            if shard.ending_sequence_number.is_some() {
                self.position.shards.insert(shard.id, ShardProgress::Finished);
            } else {
                self.active.push_back(ShardReader { shard: shard.id, begin: ShardPosition::Latest, iterator: None });
            }
        }
    }

    /// Begins, where they were left, all shards that follow none that is still to be read.
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
            // The shard that follows can be read now.
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
            // Whoever takes long over a record comes back too late, and asks for the same place again.
            Err(error) if *error.kind() == DriverErrorKind::ExpiredIterator => {
                reader.iterator = None;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
