//! Many writes, in batches, until none is left unprocessed.

use std::collections::HashSet;
use std::time::Duration;

use super::{Machine, Step};
use crate::driver::{Applied, DriverError, DriverErrorKind, output_of};
use crate::layer::Backoff;
use crate::plan::{BatchWriteItem, Operation, Outcome, TableWrites, WriteRequest};
use crate::value::{Item, Name, describe_key};

/// Makes many writes to one table, at most one for each key.
///
/// Whatever ends the run, [`report`](Self::report) returns the writes that were not made, and those that may have been made. A
/// request whose response was lost may have been carried out. A later response that leaves its writes unprocessed does not change
/// that.
#[derive(Debug)]
pub(crate) struct BatchWrite {
    table: Name,
    key_names: Vec<Name>,
    /// Writes that were not sent yet, in reverse order.
    waiting: Vec<WriteRequest>,
    /// Writes that were sent and are not known to be made.
    sent: Vec<WriteRequest>,
    /// Keys of the writes that may have been made by a request whose response was lost.
    possibly_made: HashSet<Item>,
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
    /// The writes that were not made.
    pub(crate) unprocessed: Vec<WriteRequest>,
    /// The writes that may have been made.
    pub(crate) unknown: Vec<WriteRequest>,
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
            possibly_made: HashSet::new(),
            done: 0,
            given_up: false,
            backoff,
            state: BatchWriteState::Ready,
        })
    }

    /// Returns the result so far.
    pub(crate) fn report(self) -> BatchWriteReport {
        let (unknown, mut unprocessed): (Vec<_>, Vec<_>) =
            self.sent.into_iter().partition(|write| self.possibly_made.contains(&write.item().pick(&self.key_names)));
        unprocessed.extend(self.waiting.into_iter().rev());
        BatchWriteReport { done: self.done, unprocessed, unknown }
    }

    /// Notes that the writes of the last request may have been made.
    fn note_lost_request(&mut self) {
        self.possibly_made.extend(self.sent.iter().map(|write| write.item().pick(&self.key_names)));
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
                self.possibly_made.clear();
                Step::Execute(self.request().into())
            }
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let result = outcome.and_then(|outcome| self.record(outcome));
        if result.as_ref().is_err_and(|error| error.applied() == Applied::Unknown) {
            self.note_lost_request();
        }
        result
    }
}

impl BatchWrite {
    fn record(&mut self, outcome: Outcome) -> Result<(), DriverError> {
        if outcome.metadata.lost_attempts > 0 {
            self.note_lost_request();
        }
        let output = output_of::<BatchWriteItem>(outcome)?;
        let returned = output.unprocessed.iter().flat_map(|writes| &writes.writes);
        let mut unprocessed: HashSet<Item> = returned.map(|write| write.item().pick(&self.key_names)).collect();
        // The writes are sent again as they were, not as the response spells them.
        let (rest, made): (Vec<_>, Vec<_>) =
            self.sent.iter().cloned().partition(|write| unprocessed.remove(&write.item().pick(&self.key_names)));
        if let Some(foreign) = unprocessed.into_iter().next() {
            let message = format!(
                "the response leaves a write unprocessed that was not requested ({}), so it does not say which were made",
                describe_key(&foreign)
            );
            return Err(DriverError::new(DriverErrorKind::Contract, BatchWriteItem::NAME, message)
                .with_applied(Applied::Unknown)
                .on_table(Some(&self.table)));
        }
        let made = made.len();
        self.done += u64::try_from(made).unwrap_or(u64::MAX);
        self.sent = rest;
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
