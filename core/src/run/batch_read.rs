//! Reads of many items by their keys, in batches, until no key is left unprocessed.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::{Machine, Step};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::expression::ProjectionExpression;
use crate::layer::Backoff;
use crate::plan::{BatchGetItem, Operation, Outcome, TableKeys};
use crate::value::{Item, Name, describe_key};

/// Reads many items of one table by their keys. Yields the items of each batch once it is complete, in the order of the keys.
#[derive(Debug)]
pub(crate) struct BatchRead {
    table: Name,
    projection: Option<ProjectionExpression>,
    consistent: bool,
    key_names: &'static [Name],
    /// Keys that were not requested yet, in reverse order.
    waiting: Vec<Item>,
    chunk_max: usize,
    chunk: Vec<Item>,
    /// Positions of the keys in `chunk`. It has at most 100 entries, so that keys with equal hashes cost little.
    positions: HashMap<Item, usize, FxBuildHasher>,
    /// Items of the keys in `chunk` that were read so far.
    found: Vec<Option<Item>>,
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
        key_names: &'static [Name],
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
            positions: HashMap::default(),
            found: Vec::new(),
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

    /// Returns the error of a response with something that was not requested, so that what was requested may be missing.
    fn foreign(&self, what: &str, key: &Item) -> DriverError {
        let message = format!("the response {what} that was not requested ({})", describe_key(key));
        DriverError::new(DriverErrorKind::Contract, BatchGetItem::NAME, message).on_table(Some(&self.table))
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
                let items = self.found.drain(..).flatten().collect();
                Step::Emit((items, !self.waiting.is_empty()))
            }
            BatchReadState::Ready if self.waiting.is_empty() => Step::Done,
            BatchReadState::Ready => {
                let start = self.waiting.len().saturating_sub(self.chunk_max);
                self.chunk = self.waiting.split_off(start);
                self.chunk.reverse();
                self.positions = self.chunk.iter().cloned().zip(0..).collect();
                self.found = vec![None; self.chunk.len()];
                Step::Execute(self.request(self.chunk.clone()).into())
            }
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        let output = output_of::<BatchGetItem>(outcome?)?;
        let mut has_found = false;
        for item in output.items.into_iter().flat_map(|(_, items)| items) {
            let key = item.pick(self.key_names);
            let Some(position) = self.positions.get(&key) else {
                return Err(self.foreign("holds an item", &key));
            };
            has_found |= self.found[*position].replace(item).is_none();
        }
        let mut unprocessed = Vec::new();
        for key in output.unprocessed.into_iter().flat_map(|keys| keys.keys) {
            if !self.positions.contains_key(&key) {
                return Err(self.foreign("leaves a key unprocessed", &key));
            }
            unprocessed.push(key);
        }
        self.unprocessed = unprocessed;
        if self.unprocessed.is_empty() {
            self.backoff.reset();
            self.state = BatchReadState::Complete;
            return Ok(());
        }
        if has_found {
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
