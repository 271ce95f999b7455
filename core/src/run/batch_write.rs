//! Many writes, in batches, until none is left unprocessed.

use std::collections::HashSet;
use std::time::Duration;

use super::{Machine, Step};
use crate::driver::{Applied, DriverError, DriverErrorKind, output_of};
use crate::layer::Backoff;
use crate::plan::{BatchWriteItem, Operation, Outcome, TableWrites, WriteRequest};
use crate::value::Name;

/// Makes many writes to one table, at most one for each key.
///
/// Whatever ends the run, [`report`](Self::report) returns the writes that were not made.
#[derive(Debug)]
pub(crate) struct BatchWrite {
    table: Name,
    key_names: Vec<Name>,
    /// Writes that were not sent yet, in reverse order.
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

/// The result of many writes.
#[must_use = "some writes may not have been made"]
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct BatchWriteReport {
    /// The number of writes that were made.
    pub(crate) done: u64,
    /// The writes that were not made, or are not known to be made.
    pub(crate) unprocessed: Vec<WriteRequest>,
}

impl BatchWrite {
    /// Makes `writes` to a table with these key attributes.
    ///
    /// # Errors
    ///
    /// Returns [`DriverErrorKind::Validation`](crate::driver::DriverErrorKind::Validation) if two writes have the same key. The
    /// service rejects a batch with both, and the order of writes in different batches is undefined.
    pub(crate) fn new(
        table: Name,
        key_names: &[Name],
        mut writes: Vec<WriteRequest>,
        backoff: Backoff,
    ) -> Result<Self, DriverError> {
        let mut keys = HashSet::with_capacity(writes.len());
        for write in &writes {
            let key = write.item().pick(key_names);
            if let Some(twice) = keys.replace(key) {
                let message = format!("two writes have the key {twice:?}; keep one of them");
                return Err(DriverError::validation(BatchWriteItem::NAME, message).on_table(Some(&table)));
            }
        }
        writes.reverse();
        Ok(Self {
            table,
            key_names: key_names.to_vec(),
            waiting: writes,
            sent: Vec::new(),
            done: 0,
            given_up: false,
            backoff,
            state: BatchWriteState::Ready,
        })
    }

    /// Returns the result so far.
    pub(crate) fn report(self) -> BatchWriteReport {
        let unprocessed = self.sent.into_iter().chain(self.waiting.into_iter().rev()).collect();
        BatchWriteReport { done: self.done, unprocessed }
    }

    fn not_requested(&self) -> DriverError {
        let message = "the service returned unprocessed writes that were not requested";
        DriverError::new(DriverErrorKind::Contract, BatchWriteItem::NAME, message)
            .with_applied(Applied::Unknown)
            .on_table(Some(&self.table))
    }

    fn request(&self) -> BatchWriteItem {
        BatchWriteItem::new([TableWrites::new(self.table.clone(), self.sent.clone())])
    }
}

impl Machine for BatchWrite {
    /// Yields nothing: see [`report`](Self::report).
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
        let key = |write: &WriteRequest| write.item().pick(&self.key_names);
        let unprocessed = output.unprocessed.iter().flat_map(|writes| &writes.writes);
        let mut unprocessed_keys = Vec::new();
        for unprocessed_key in unprocessed.map(key) {
            let is_sent = self.sent.iter().any(|write| key(write) == unprocessed_key);
            if !is_sent || unprocessed_keys.contains(&unprocessed_key) {
                return Err(self.not_requested());
            }
            unprocessed_keys.push(unprocessed_key);
        }
        let made = self.sent.len() - unprocessed_keys.len();
        if unprocessed_keys.is_empty() {
            self.sent.clear();
        } else {
            let key_names = &self.key_names;
            self.sent.retain(|write| unprocessed_keys.contains(&write.item().pick(key_names)));
        }
        self.done += u64::try_from(made).unwrap_or(u64::MAX);
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
