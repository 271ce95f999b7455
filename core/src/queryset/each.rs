//! Writes one by one, several at a time.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use crate::database::Database;
use crate::driver::{Applied, DriverError};
use crate::error::{Error, WritesIncomplete};
use crate::model::Model;
use crate::plan::Operation;
use crate::value::Item;

/// How many writes are under way at the same time.
const AT_ONCE: usize = 8;

/// What became of several writes, by key and in the order in which they were given.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Those that were made.
    pub(super) made: Vec<Item>,
    /// Those whose condition did not hold, so that they were not made.
    pub(super) refused: Vec<Item>,
    /// The same, where that is a failure.
    pub(super) existing: Vec<Item>,
    /// Those that failed or were not begun.
    pub(super) unmade: Vec<Item>,
    /// Those that may have been made.
    pub(super) unknown: Vec<Item>,
    /// The first error that is more than a condition.
    pub(super) error: Option<DriverError>,
}

/// Makes writes, each with the key of its item. After a failure no more are begun; those under way are waited for.
pub(super) async fn each<O: Operation>(db: &Database, writes: Vec<(Item, O)>) -> Tally {
    let stopped = AtomicBool::new(false);
    let stopped = &stopped;
    let run = |(position, (key, operation)): (usize, (Item, O))| async move {
        if stopped.load(Ordering::Relaxed) {
            return (position, key, None);
        }
        let result = db.run(operation).await.map(|_| ());
        if result.as_ref().is_err_and(|error| !error.is_conditional_check_failed()) {
            stopped.store(true, Ordering::Relaxed);
        }
        (position, key, Some(result))
    };
    let mut results: Vec<_> =
        stream::iter(writes.into_iter().enumerate()).map(run).buffer_unordered(AT_ONCE).collect().await;
    results.sort_unstable_by_key(|(position, ..)| *position);
    let mut tally = Tally::default();
    for (_, key, result) in results {
        tally.add(key, result);
    }
    tally
}

impl Tally {
    /// One more write; nothing came of it when it was not begun.
    pub(super) fn add(&mut self, key: Item, result: Option<Result<(), DriverError>>) {
        let error = match result {
            None => return self.unmade.push(key),
            Some(Ok(())) => return self.made.push(key),
            Some(Err(error)) => error,
        };
        match (error.applied(), error.is_conditional_check_failed()) {
            (Applied::No, true) => return self.refused.push(key),
            (Applied::No, false) => self.unmade.push(key),
            // Where an earlier attempt may have been made, its own write may be what a condition met.
            (Applied::Unknown, _) => self.unknown.push(key),
        }
        self.error.get_or_insert(error);
    }

    pub(super) fn is_complete(&self) -> bool {
        self.existing.is_empty() && self.unmade.is_empty() && self.unknown.is_empty()
    }

    /// As an error, after `done` earlier writes.
    pub(super) fn incomplete<M: Model>(self, operation: &'static str, done: u64, may_have_more: bool) -> Error {
        Error::WritesIncomplete(Box::new(WritesIncomplete {
            model: M::schema().model,
            operation,
            done: done + count(&self.made),
            existing: self.existing,
            unprocessed: self.unmade,
            unknown: self.unknown,
            may_have_more,
            error: self.error,
        }))
    }
}

pub(super) fn count(keys: &[Item]) -> u64 {
    u64::try_from(keys.len()).unwrap_or(u64::MAX)
}
