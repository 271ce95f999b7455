//! Reads of many items by their keys, in batches, until no key is left unprocessed.

use std::collections::HashMap;

use super::{Machine, Step};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::expression::ProjectionExpression;
use crate::layer::Backoff;
use crate::plan::{BatchGetItem, Operation, Outcome, TableKeys};
use crate::value::{Item, Name};

/// Reads many items of one table by their keys. Yields the items of each batch once it is complete, in the order of the keys.
#[derive(Debug)]
pub(crate) struct BatchRead {
    table: Name,
    projection: Option<ProjectionExpression>,
    consistent: bool,
    key_names: Vec<Name>,
    /// Keys that were not requested yet, in reverse order.
    waiting: Vec<Item>,
    chunk_max: usize,
    chunk: Vec<Item>,
    found: HashMap<Item, Item>,
    unprocessed: Vec<Item>,
    backoff: Backoff,
    state: BatchReadState,
}

#[derive(Debug, PartialEq)]
enum BatchReadState {
    Ready,
    Retry,
    Sleep(std::time::Duration),
    Complete,
}

impl BatchRead {
    /// Reads `keys`, which has no duplicates.
    pub(crate) fn new(
        table: Name,
        key_names: Vec<Name>,
        mut keys: Vec<Item>,
        projection: Option<ProjectionExpression>,
        backoff: Backoff,
    ) -> Self {
        keys.reverse();
        Self {
            table,
            projection,
            consistent: false,
            key_names,
            waiting: keys,
            chunk_max: BatchGetItem::KEYS_MAX,
            chunk: Vec::new(),
            found: HashMap::new(),
            unprocessed: Vec::new(),
            backoff,
            state: BatchReadState::Ready,
        }
    }

    /// Makes the reads strongly consistent, or eventually consistent.
    pub(crate) fn set_consistent(&mut self, consistent: bool) {
        self.consistent = consistent;
    }

    /// Requests at most this many keys at a time from now on.
    pub(crate) fn set_chunk_max(&mut self, chunk_max: usize) {
        self.chunk_max = chunk_max.clamp(1, BatchGetItem::KEYS_MAX);
    }

    fn request(&self, keys: Vec<Item>) -> BatchGetItem {
        let projection = self.projection.clone();
        BatchGetItem::new([TableKeys {
            projection,
            consistent: self.consistent,
            ..TableKeys::new(self.table.clone(), keys)
        }])
    }
}

impl Machine for BatchRead {
    /// The items of one batch that exist, and `true` if further batches follow.
    type Emit = (Vec<Item>, bool);

    fn next(&mut self) -> Step<Self::Emit> {
        match std::mem::replace(&mut self.state, BatchReadState::Ready) {
            BatchReadState::Sleep(duration) => {
                self.state = BatchReadState::Retry;
                Step::Sleep(duration)
            }
            BatchReadState::Retry => Step::Execute(self.request(self.unprocessed.clone()).into()),
            BatchReadState::Complete => {
                let items = self.chunk.drain(..).filter_map(|key| self.found.remove(&key)).collect();
                self.found.clear();
                Step::Emit((items, !self.waiting.is_empty()))
            }
            BatchReadState::Ready if self.waiting.is_empty() => Step::Done,
            BatchReadState::Ready => {
                let start = self.waiting.len().saturating_sub(self.chunk_max);
                self.chunk = self.waiting.split_off(start);
                self.chunk.reverse();
                Step::Execute(self.request(self.chunk.clone()).into())
            }
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let output = output_of::<BatchGetItem>(outcome?)?;
        let requested = if self.unprocessed.is_empty() { self.chunk.len() } else { self.unprocessed.len() };
        for item in output.items.into_iter().flat_map(|(_, items)| items) {
            self.found.insert(item.pick(&self.key_names), item);
        }
        self.unprocessed = output.unprocessed.into_iter().flat_map(|keys| keys.keys).collect();
        if self.unprocessed.is_empty() {
            self.backoff.reset();
            self.state = BatchReadState::Complete;
            return Ok(());
        }
        let is_requested = |key: &Item| self.chunk.contains(key);
        if self.unprocessed.len() > requested || !self.unprocessed.iter().all(is_requested) {
            let message = "the service returned unprocessed keys that were not requested";
            return Err(
                DriverError::new(DriverErrorKind::Contract, BatchGetItem::NAME, message).on_table(Some(&self.table))
            );
        }
        if self.unprocessed.len() < requested {
            self.backoff.reset();
        }
        match self.backoff.next_wait() {
            Some(wait) => {
                self.state = BatchReadState::Sleep(wait);
                Ok(())
            }
            None => Err(DriverError::new(
                DriverErrorKind::Throttled,
                BatchGetItem::NAME,
                format!(
                    "{} keys are still unprocessed after all attempts; read fewer keys at a time, or retry later",
                    self.unprocessed.len()
                ),
            )
            .on_table(Some(&self.table))),
        }
    }
}
