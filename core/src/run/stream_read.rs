//! Reads of a stream: all shards, parents before their children, repeatedly.

mod placement;
mod position;
mod shard_reader;
#[cfg(test)]
mod tests;

pub use position::{ChangePosition, ShardProgress};

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::repeat_check::{RepeatCheck, repeated};
use super::{Machine, Step};
use crate::driver::{Clock, DriverError, DriverErrorKind, output_of};
use crate::plan::{
    DescribeStream, GetRecords, GetShardIterator, Operation, Outcome, Shard, StreamRecord, StreamStatus,
};
use crate::service::limits::STREAM_RECORD_HOURS;
use placement::{Placement, PlacementStep};
use shard_reader::ShardReader;

/// The position at which the first read of a stream starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum ChangesFrom {
    /// The oldest record that the service keeps.
    #[default]
    Oldest,
    /// The time of the first requests.
    Now,
}

/// The largest difference between the driver's clock and the service's that loses no record. Requests to AWS whose signature
/// deviates further are refused.
const CLOCK_DIFFERENCE_MAX: TimeDelta = TimeDelta::minutes(5);

/// Reads a stream and yields its records. The records of one item are yielded in order.
///
/// Open shards are read round-robin. A shard is read after its parent. The machine pauses when no shard has new records. It is done
/// when the stream is disabled and all its records are read.
///
/// The position has an entry for every shard from its first listing on. A read from now requests an iterator at the end of each
/// open shard. The place of that iterator has no sequence number until a record follows, and the iterator expires. Before it,
/// one page of the shard's oldest records is read, so that the records after the last of these, made since the read started,
/// take the place of the iterator.
#[derive(Debug)]
pub(crate) struct StreamRead {
    from: ChangesFrom,
    clock: Arc<dyn Clock>,
    pause: Duration,
    until_idle: bool,
    position: ChangePosition,
    /// `true` if every shard has an entry in the position.
    is_placed: bool,
    /// Open shards of which a read from now has no iterator yet.
    unplaced: VecDeque<Placement>,
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

#[derive(Debug)]
enum StreamReadState {
    List { after: Option<String>, first: bool, pages: RepeatCheck<String> },
    Place,
    Read,
    Pause,
    Done,
}

impl StreamReadState {
    const fn list(first: bool) -> Self {
        Self::List { after: None, first, pages: RepeatCheck::after(None) }
    }
}

impl StreamRead {
    /// Reads a stream from its oldest record, with pauses of one second.
    pub(crate) fn new(stream_arn: impl Into<String>, clock: Arc<dyn Clock>) -> Self {
        let position = ChangePosition { stream_arn: stream_arn.into(), shards: BTreeMap::new() };
        Self { is_placed: false, ..Self::after(position, clock) }
    }

    /// Continues at the position of an earlier read.
    pub(crate) fn after(position: ChangePosition, clock: Arc<dyn Clock>) -> Self {
        Self {
            from: ChangesFrom::Oldest,
            clock,
            pause: Duration::from_secs(1),
            until_idle: false,
            position,
            is_placed: true,
            unplaced: VecDeque::new(),
            active: VecDeque::new(),
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            listed: BTreeSet::new(),
            ready: VecDeque::new(),
            quiet: 0,
            has_ended: false,
            state: StreamReadState::list(true),
        }
    }

    /// Sets the position at which reading starts if there is no earlier position.
    #[must_use]
    pub(crate) const fn from(mut self, from: ChangesFrom) -> Self {
        self.from = from;
        self
    }

    /// Sets the length of the pause when there are no new records.
    pub(crate) const fn set_pause(&mut self, pause: Duration) {
        self.pause = pause;
    }

    /// Ends instead of pausing when there are no new records.
    pub(crate) const fn set_until_idle(&mut self) {
        self.until_idle = true;
    }

    /// Returns the position after the records that were yielded, or `None` until all shards are listed.
    pub(crate) fn position(&self) -> Option<&ChangePosition> {
        self.is_placed.then_some(&self.position)
    }

    fn list(&mut self) {
        self.listed.clear();
        self.state = StreamReadState::list(false);
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
    fn begin_shards(&mut self, first: bool) -> Result<(), DriverError> {
        self.drop_unlisted()?;
        if first && self.from == ChangesFrom::Now && self.position.shards.is_empty() {
            self.place_now();
        } else {
            self.begin_unread()?;
        }
        self.is_placed = true;
        self.quiet = 0;
        self.state = if !self.unplaced.is_empty() {
            StreamReadState::Place
        } else if self.active.is_empty() {
            StreamReadState::Pause
        } else {
            StreamReadState::Read
        };
        Ok(())
    }

    /// Removes the entries of shards that the service no longer keeps.
    ///
    /// # Errors
    ///
    /// Returns `TrimmedDataAccess` if such a shard has unread records.
    fn drop_unlisted(&mut self) -> Result<(), DriverError> {
        let listed = &self.listed;
        let is_lost = |(shard, progress): &(&String, &ShardProgress)| {
            **progress != ShardProgress::Finished && !listed.contains(*shard)
        };
        if let Some((shard, _)) = self.position.shards.iter().find(is_lost) {
            let message = format!(
                "the shard {shard} has records that were not read and is no longer kept; start a new feed, and read the table \
                 for what changed meanwhile"
            );
            return Err(DriverError::new(DriverErrorKind::TrimmedDataAccess, DescribeStream::NAME, message));
        }
        self.position.shards.retain(|shard, _| listed.contains(shard));
        Ok(())
    }

    /// Begins to place the open shards at their ends. Closed shards get no further records.
    fn place_now(&mut self) {
        let time = self.clock.now().checked_sub_signed(CLOCK_DIFFERENCE_MAX).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let shards = std::mem::take(&mut self.waiting);
        let open: BTreeSet<String> = shards
            .iter()
            .filter(|shard| shard.ending_sequence_number.is_none())
            .map(|shard| shard.id.clone())
            .collect();
        for shard in shards {
            let progress = if !open.contains(&shard.id) {
                ShardProgress::Finished
            } else if shard.parent.as_ref().is_some_and(|parent| open.contains(parent)) {
                // The shard was created while the shards were listed.
                self.waiting.push(shard.clone());
                ShardProgress::Unread
            } else {
                self.unplaced.push_back(Placement::new(&shard.id));
                ShardProgress::Since { time, after: None }
            };
            self.position.shards.insert(shard.id, progress);
        }
    }

    /// Starts all shards without unread parents, each after the last record that was read.
    fn begin_unread(&mut self) -> Result<(), DriverError> {
        for shard in std::mem::take(&mut self.waiting) {
            let progress = self.position.shards.entry(shard.id.clone()).or_insert(ShardProgress::Unread).clone();
            if progress == ShardProgress::Finished {
                continue;
            }
            self.check_kept(&shard.id, &progress)?;
            if shard.parent.as_ref().is_some_and(|parent| self.is_unread(parent)) {
                self.waiting.push(shard);
            } else {
                self.active.push_back(ShardReader::new(shard.id, progress));
            }
        }
        Ok(())
    }

    fn is_unread(&self, shard: &String) -> bool {
        self.listed.contains(shard) && self.position.shards.get(shard) != Some(&ShardProgress::Finished)
    }

    /// Checks that the service keeps all records since a time. It reports the same itself for a sequence number.
    fn check_kept(&self, shard: &str, progress: &ShardProgress) -> Result<(), DriverError> {
        let ShardProgress::Since { time, after: None } = progress else { return Ok(()) };
        if self.clock.now() - *time < TimeDelta::hours(STREAM_RECORD_HOURS) {
            return Ok(());
        }
        let message = format!(
            "the shard {shard} was not read since {time}, and records of that time are no longer kept; start a new feed, and \
             read the table for what changed meanwhile"
        );
        Err(DriverError::new(DriverErrorKind::TrimmedDataAccess, GetShardIterator::NAME, message))
    }

    fn take_records(&mut self, records: Vec<StreamRecord>, next: Option<String>) -> Result<(), DriverError> {
        let Some(mut reader) = self.active.pop_front() else {
            return Ok(());
        };
        self.quiet = if records.is_empty() { self.quiet + 1 } else { 0 };
        let taken = reader.take(records).ok_or_else(|| repeated(GetRecords::NAME, "SequenceNumber"))?;
        self.ready.extend(taken.into_iter().map(|(progress, record)| (reader.shard.clone(), progress, record)));
        if next.is_none() {
            self.ready.push_back((reader.shard, ShardProgress::Finished, None));
            // Its children can be started now.
            self.list();
            return Ok(());
        }
        reader.iterator = next;
        self.active.push_back(reader);
        if self.quiet >= self.active.len() {
            self.quiet = 0;
            self.state = StreamReadState::Pause;
        }
        Ok(())
    }

    fn supply_list(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let StreamReadState::List { after, first, pages } = &mut self.state else { return Ok(()) };
        let (first, stream) = (*first, output_of::<DescribeStream>(outcome?)?.stream);
        self.has_ended = stream.status == StreamStatus::Disabled;
        if stream.last_evaluated_shard_id.as_ref().is_some_and(|last| pages.is_repeated(last)) {
            return Err(repeated(DescribeStream::NAME, "LastEvaluatedShardId").on_table(Some(&stream.table)));
        }
        let is_last = stream.last_evaluated_shard_id.is_none();
        *after = stream.last_evaluated_shard_id;
        self.take_shards(stream.shards);
        if is_last { self.begin_shards(first) } else { Ok(()) }
    }

    fn supply_placement(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let Some(placement) = self.unplaced.front_mut() else { return outcome.map(|_| ()) };
        match &placement.step {
            PlacementStep::Oldest => {
                let iterator = output_of::<GetShardIterator>(outcome?)?.shard_iterator;
                placement.step = PlacementStep::Page(iterator);
            }
            PlacementStep::Page(_) => {
                let last = match outcome.and_then(output_of::<GetRecords>) {
                    Ok(mut output) => output.records.pop().map(|record| record.sequence_number),
                    Err(error) if is_outdated(&error) => None,
                    Err(error) => return Err(error),
                };
                if let Some(ShardProgress::Since { after, .. }) = self.position.shards.get_mut(&placement.shard) {
                    *after = last;
                }
                placement.step = PlacementStep::Latest;
            }
            PlacementStep::Latest => {
                let iterator = output_of::<GetShardIterator>(outcome?)?.shard_iterator;
                if let Some(Placement { shard, .. }) = self.unplaced.pop_front()
                    && let Some(progress) = self.position.shards.get(&shard).cloned()
                {
                    self.active.push_back(ShardReader::latest(shard, progress, iterator));
                }
            }
        }
        if self.unplaced.is_empty() {
            self.state = StreamReadState::Read;
        }
        Ok(())
    }

    fn supply_read(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let Some(reader) = self.active.front_mut() else {
            return outcome.map(|_| ());
        };
        if reader.iterator.is_none() {
            reader.iterator = Some(output_of::<GetShardIterator>(outcome?)?.shard_iterator);
            return Ok(());
        }
        match outcome.and_then(output_of::<GetRecords>) {
            Ok(output) => self.take_records(output.records, output.next_shard_iterator),
            // A caller that takes too long over a record lets the iterator expire. A new one continues at the same position.
            Err(error) if *error.kind() == DriverErrorKind::ExpiredIterator && reader.expire() => {
                let (shard, progress) = (reader.shard.clone(), reader.progress().clone());
                self.check_kept(&shard, &progress)
            }
            Err(error) => Err(error),
        }
    }
}

/// Returns `true` if an iterator or the record at its position is too old.
fn is_outdated(error: &DriverError) -> bool {
    matches!(error.kind(), DriverErrorKind::ExpiredIterator | DriverErrorKind::TrimmedDataAccess)
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
        let arn = &self.position.stream_arn;
        match &self.state {
            StreamReadState::List { after, .. } => {
                let list = DescribeStream::new(arn);
                Step::Execute(DescribeStream { exclusive_start_shard_id: after.clone(), ..list }.into())
            }
            StreamReadState::Place => {
                if let Some(placement) = self.unplaced.front() {
                    return Step::Execute(placement.request(arn));
                }
                self.state = StreamReadState::Read;
                self.next()
            }
            StreamReadState::Read => match self.active.front() {
                Some(ShardReader { iterator: Some(iterator), .. }) => Step::Execute(GetRecords::new(iterator).into()),
                Some(reader) => Step::Execute(GetShardIterator::new(arn, &reader.shard, reader.begin()).into()),
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
        match self.state {
            StreamReadState::List { .. } => self.supply_list(outcome),
            StreamReadState::Place => self.supply_placement(outcome),
            StreamReadState::Read | StreamReadState::Pause | StreamReadState::Done => self.supply_read(outcome),
        }
    }
}
