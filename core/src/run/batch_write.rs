//! Many writes: in chunks, until none is left unprocessed.

use std::collections::HashSet;
use std::time::Duration;

use super::{Machine, Step};
use crate::driver::{DriverError, output_of};
use crate::layer::Backoff;
use crate::plan::{BatchWriteItem, Operation, Outcome, TableWrites, WriteRequest};
use crate::value::Name;

/// Makes many writes to one table, at most one for each key.
///
/// Never drops one in silence: whatever ends the run, [`report`](Self::report) tells which writes were not made.
#[derive(Debug)]
pub struct BatchWrite {
    table: Name,
    /// Writes that were not sent yet, the last one first.
    waiting: Vec<WriteRequest>,
    /// Writes that were sent and are not known to be made.
    sent: Vec<WriteRequest>,
    done: u64,
    given_up: bool,
    backoff: Backoff,
    state: BatchWriteState,
}

#[derive(Debug)]
enum BatchWriteState {
    Ready,
    Retry,
    Sleep(Duration),
}

/// What became of many writes.
#[must_use = "writes may have been left undone"]
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BatchWriteReport {
    /// How many were made.
    pub done: u64,
    /// Those that were not, or that are not known to be.
    pub unprocessed: Vec<WriteRequest>,
}

impl BatchWrite {
    /// Makes `writes` to a table with these key attributes. Two writes of one key are refused, and the key is named: the
    /// service would refuse the whole batch that they fall into, and between batches their order would be left to chance.
    pub fn new(
        table: Name,
        key_names: &[Name],
        mut writes: Vec<WriteRequest>,
        backoff: Backoff,
    ) -> Result<Self, DriverError> {
        let mut keys = HashSet::with_capacity(writes.len());
        for write in &writes {
            let key = write.item().pick(key_names);
            if let Some(twice) = keys.replace(key) {
                let message = format!("two writes of one batch have the key {twice:?}; keep one of them");
                return Err(DriverError::validation(BatchWriteItem::NAME, message).on_table(Some(&table)));
            }
        }
        writes.reverse();
        Ok(Self {
            table,
            waiting: writes,
            sent: Vec::new(),
            done: 0,
            given_up: false,
            backoff,
            state: BatchWriteState::Ready,
        })
    }

    /// What has become of the writes so far.
    pub fn report(self) -> BatchWriteReport {
        let unprocessed = self.sent.into_iter().chain(self.waiting.into_iter().rev()).collect();
        BatchWriteReport { done: self.done, unprocessed }
    }

    fn request(&self) -> BatchWriteItem {
        BatchWriteItem::new([TableWrites::new(self.table.clone(), self.sent.clone())])
    }
}

impl Machine for BatchWrite {
    /// Hands nothing on: see [`report`](Self::report).
    type Emit = std::convert::Infallible;

    fn next(&mut self) -> Step<Self::Emit> {
        match std::mem::replace(&mut self.state, BatchWriteState::Ready) {
            BatchWriteState::Sleep(duration) => {
                self.state = BatchWriteState::Retry;
                Step::Sleep(duration)
            }
            BatchWriteState::Retry => Step::Execute(self.request().into()),
            BatchWriteState::Ready if self.given_up || self.waiting.is_empty() => Step::Done,
            BatchWriteState::Ready => {
                let start = self.waiting.len().saturating_sub(BatchWriteItem::WRITES_MAX);
                self.sent = self.waiting.split_off(start);
                self.sent.reverse();
                Step::Execute(self.request().into())
            }
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let output = output_of::<BatchWriteItem>(outcome?)?;
        let unprocessed: Vec<_> = output.unprocessed.into_iter().flat_map(|writes| writes.writes).collect();
        let made = self.sent.len().saturating_sub(unprocessed.len());
        self.done += u64::try_from(made).unwrap_or(u64::MAX);
        self.sent = unprocessed;
        if made > 0 {
            self.backoff.reset();
        }
        if !self.sent.is_empty() {
            match self.backoff.next_wait() {
                Some(wait) => self.state = BatchWriteState::Sleep(wait),
                None => self.given_up = true,
            }
        }
        Ok(())
    }
}
