//! Outcomes of many writes.

use crate::database::WriteFailure;
use crate::driver::{Applied, DriverError};
use crate::error::{Error, SignalFailed, WritesIncomplete};
use crate::model::Model;
use crate::value::Item;

/// Keys of the items that were to be written, by outcome and in the order in which they were given.
#[derive(Debug, Default)]
pub(super) struct WriteOutcomes {
    /// Keys of the writes that were made.
    pub(super) written: Vec<Item>,
    /// Keys of the writes that were not made since their condition failed.
    pub(super) refused: Vec<Item>,
    /// Keys of the writes that were not made since the stored item has another version.
    pub(super) stale: Vec<Item>,
    /// Keys of items that exist already, where that is a failure.
    pub(super) existing: Vec<Item>,
    /// Keys of the writes that were not made since another item has a unique value.
    pub(super) duplicates: Vec<Item>,
    /// Keys of the writes that failed or were not begun.
    pub(super) unprocessed: Vec<Item>,
    /// Keys of the writes that may have been made.
    pub(super) unknown: Vec<Item>,
    /// The first error other than a failed condition.
    pub(super) error: Option<DriverError>,
    /// Key of the write that failed with `error`, if that was the write of one item.
    pub(super) failed: Option<Item>,
    /// The error of a receiver of a signal.
    pub(super) signal: Option<SignalFailed>,
}

impl WriteOutcomes {
    /// Returns the outcomes of a read that failed before anything was written.
    pub(super) fn of_error(error: DriverError) -> Self {
        Self { error: Some(error), ..Self::default() }
    }

    /// Returns the outcomes of a signal that failed before anything was written.
    pub(super) fn of_signal(signal: SignalFailed) -> Self {
        Self { signal: Some(signal), ..Self::default() }
    }

    /// Adds the result of one write, or `None` for a write that was not begun.
    pub(super) fn add(&mut self, key: Item, result: Option<Result<(), WriteFailure>>) {
        let error = match result {
            None => return self.unprocessed.push(key),
            Some(Ok(())) => return self.written.push(key),
            // Writes that compare a version request the stored item, so that its absence is no refusal by the version.
            Some(Err(WriteFailure::Condition(Some(_)))) => return self.stale.push(key),
            Some(Err(WriteFailure::Condition(None))) => return self.refused.push(key),
            Some(Err(WriteFailure::NotUnique(_))) => return self.duplicates.push(key),
            Some(Err(WriteFailure::Plan(error))) => DriverError::validation("TransactWriteItems", error.to_string()),
            Some(Err(WriteFailure::Driver(error))) => error,
        };
        match error.applied() {
            Applied::No => self.unprocessed.push(key.clone()),
            // If an earlier attempt was made, the condition can have failed because of that write.
            Applied::Unknown => self.unknown.push(key.clone()),
        }
        if self.error.is_none() {
            (self.error, self.failed) = (Some(error), Some(key));
        }
    }

    /// Replaces the error.
    pub(super) fn map_error(self, map: impl FnOnce(DriverError) -> DriverError) -> Self {
        Self { error: self.error.map(map), ..self }
    }

    /// Returns `true` if every write was made, or refused by its condition.
    pub(super) fn is_complete(&self) -> bool {
        [&self.existing, &self.stale, &self.duplicates, &self.unprocessed, &self.unknown]
            .iter()
            .all(|keys| keys.is_empty())
            && self.signal.is_none()
    }

    pub(super) fn written_count(&self) -> u64 {
        u64::try_from(self.written.len()).unwrap_or(u64::MAX)
    }

    /// Returns the outcomes as an error, after `done` earlier writes.
    pub(super) fn incomplete<M: Model>(self, operation: &'static str, done: u64, may_have_more: bool) -> Error {
        Error::WritesIncomplete(Box::new(WritesIncomplete {
            model: M::schema().model,
            operation,
            done: done + self.written_count(),
            written: self.written,
            existing: self.existing,
            stale: self.stale,
            duplicates: self.duplicates,
            unprocessed: self.unprocessed,
            unknown: self.unknown,
            may_have_more,
            error: self.error,
            failed: self.failed,
            signal: self.signal,
        }))
    }
}
