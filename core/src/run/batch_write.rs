//! The writes of one batch, until none is left unprocessed.

use std::time::Duration;

use super::{Machine, Step};
use crate::driver::{Applied, DriverError, DriverErrorKind, output_of};
use crate::layer::Backoff;
use crate::plan::{BatchWriteItem, Operation, Outcome, TableWrites, WriteRequest};
use crate::planner::KeyedWrite;
use crate::value::{Item, Name, describe_key};

/// Makes the writes of one batch, of one or more tables, at most one for each item.
///
/// Whatever ends the run, [`states`](Self::states) returns the writes that were made, those that were not, and those that may have
/// been. A request whose response was lost may have been carried out. A later response that leaves its writes unprocessed does not
/// change that.
#[derive(Debug)]
pub(crate) struct BatchWrite {
    writes: Vec<KeyedWrite>,
    /// The state of each write.
    states: Vec<WriteState>,
    has_given_up: bool,
    backoff: Backoff,
    /// Wait before the next request.
    wait: Option<Duration>,
}

/// The state of one of several writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WriteState {
    /// The write was made.
    Written,
    /// The write was not made.
    Unprocessed,
    /// The write may have been made, since a response was lost.
    Unknown,
}

impl BatchWrite {
    /// Makes `writes`, which fit into one request.
    pub(crate) fn new(writes: Vec<KeyedWrite>, backoff: Backoff) -> Self {
        let states = vec![WriteState::Unprocessed; writes.len()];
        Self { writes, states, has_given_up: false, backoff, wait: None }
    }

    /// Returns the writes with their states so far, in their order.
    pub(crate) fn states(self) -> impl Iterator<Item = (KeyedWrite, WriteState)> {
        self.writes.into_iter().zip(self.states)
    }

    /// Returns `true` if every write was made.
    pub(crate) fn is_complete(&self) -> bool {
        self.pending().next().is_none()
    }

    /// Returns the positions of the writes that are not known to be made.
    fn pending(&self) -> impl Iterator<Item = usize> {
        let states = self.states.iter().enumerate();
        states.filter(|(_, state)| **state != WriteState::Written).map(|(position, _)| position)
    }

    /// Returns the request that makes the pending writes.
    fn request(&self) -> BatchWriteItem {
        let mut tables: Vec<TableWrites> = Vec::new();
        for KeyedWrite { table, write, .. } in self.pending().map(|position| &self.writes[position]) {
            match tables.iter_mut().find(|writes| writes.table == *table) {
                Some(writes) => writes.writes.push(write.clone()),
                None => tables.push(TableWrites::new(table.clone(), [write.clone()])),
            }
        }
        BatchWriteItem::new(tables)
    }

    /// Notes that the pending writes may have been made.
    fn note_lost_request(&mut self) {
        for state in self.states.iter_mut().filter(|state| **state != WriteState::Written) {
            *state = WriteState::Unknown;
        }
    }

    /// Returns the position of the pending write that a response returns.
    fn position_of(&self, table: &Name, returned: &WriteRequest) -> Result<usize, DriverError> {
        let names = |write: &KeyedWrite| {
            write.table == *table && write.key.iter().all(|(name, value)| returned.item().get(name) == Some(value))
        };
        self.pending().find(|position| names(&self.writes[*position])).ok_or_else(|| {
            let same_table = self.writes.iter().find(|write| write.table == *table);
            let key: Item = match same_table {
                Some(write) => returned.item().pick(write.key.iter().map(|(name, _)| name)),
                None => returned.item().clone(),
            };
            let message = format!(
                "the response leaves a write unprocessed that was not requested ({}), so it does not say which were made",
                describe_key(&key)
            );
            DriverError::new(DriverErrorKind::Contract, BatchWriteItem::NAME, message)
                .with_applied(Applied::Unknown)
                .on_table(Some(table))
        })
    }

    fn record(&mut self, outcome: Outcome) -> Result<(), DriverError> {
        if outcome.metadata.lost_attempts > 0 {
            self.note_lost_request();
        }
        let output = output_of::<BatchWriteItem>(outcome)?;
        let returned = output.unprocessed.iter().flat_map(|part| part.writes.iter().map(|write| (&part.table, write)));
        let returned = returned.map(|(table, write)| self.position_of(table, write));
        let unprocessed: Vec<usize> = returned.collect::<Result<_, _>>()?;
        let made: Vec<usize> = self.pending().filter(|position| !unprocessed.contains(position)).collect();
        for position in &made {
            self.states[*position] = WriteState::Written;
        }
        if !made.is_empty() {
            self.backoff.reset();
        }
        if !unprocessed.is_empty() {
            self.wait = self.backoff.next_wait();
            self.has_given_up = self.wait.is_none();
        }
        Ok(())
    }
}

impl Machine for BatchWrite {
    /// Yields nothing: see [`states`](Self::states).
    type Emit = std::convert::Infallible;

    fn next(&mut self) -> Step<Self::Emit> {
        if self.has_given_up || self.is_complete() {
            return Step::Done;
        }
        match self.wait.take() {
            Some(wait) => Step::Sleep(wait),
            None => Step::Execute(self.request().into()),
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
