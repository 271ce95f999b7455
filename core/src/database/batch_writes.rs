//! Many writes in batches, several of them concurrently.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use super::Database;
use crate::driver::DriverError;
use crate::layer::Backoff;
use crate::planner::{KeyedWrite, split_into_requests};
use crate::run::{BatchWrite, WriteState, advance, yield_now};

/// The states of many writes.
#[derive(Debug, Default)]
pub(crate) struct BatchOutcomes {
    /// Each write with its state, in the order in which the writes were given.
    pub(crate) writes: Vec<(KeyedWrite, WriteState)>,
    /// The error of the first batch that failed.
    pub(crate) error: Option<DriverError>,
}

impl BatchOutcomes {
    /// Returns `true` if every write was made.
    pub(crate) fn is_complete(&self) -> bool {
        self.writes.iter().all(|(_, state)| *state == WriteState::Written)
    }
}

impl Database {
    /// Makes writes in batches of 25, at most one for each item. As many batches are sent concurrently as the database allows, and
    /// unprocessed writes of a batch are sent again. After a failure, no further batch is begun; those under way are awaited.
    pub(crate) async fn write_batches(&self, writes: Vec<KeyedWrite>) -> BatchOutcomes {
        let stopped = AtomicBool::new(false);
        let stopped = &stopped;
        let run = |(position, writes): (usize, Vec<KeyedWrite>)| async move {
            let backoff = Backoff::new(self.retry_policy(), self.driver().clock().seed());
            let mut batch = BatchWrite::new(writes, backoff);
            if stopped.load(Ordering::Relaxed) {
                return (position, batch, None);
            }
            let error = match advance(self.driver(), &mut batch).await {
                Ok(Some(never)) => match never {},
                Ok(None) => None,
                Err(error) => Some(error),
            };
            if !batch.is_complete() {
                stopped.store(true, Ordering::Relaxed);
            }
            (position, batch, error)
        };
        let batches = stream::iter(split_into_requests(writes).into_iter().enumerate());
        let mut running = batches.map(run).buffer_unordered(self.write_concurrency());
        let mut results = Vec::new();
        while let Some(result) = running.next().await {
            results.push(result);
            yield_now().await;
        }
        results.sort_unstable_by_key(|(position, ..)| *position);
        let mut outcomes = BatchOutcomes::default();
        for (_, batch, error) in results {
            outcomes.writes.extend(batch.states());
            outcomes.error = outcomes.error.or(error);
        }
        outcomes
    }
}
