//! Writes one by one, several of them concurrently.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use super::write_outcomes::WriteOutcomes;
use crate::database::Database;
use crate::plan::Operation;
use crate::run::yield_now;
use crate::value::Item;

/// Number of writes after which the executor runs other tasks.
const WRITES_PER_YIELD: usize = 32;

/// Makes writes, each with the key of its item, as many concurrently as the database allows. After a failure, no further write is begun; those under way are awaited.
pub(super) async fn write_concurrently<O: Operation>(db: &Database, writes: Vec<(Item, O)>) -> WriteOutcomes {
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
    let writes = stream::iter(writes.into_iter().enumerate());
    let mut running = writes.map(run).buffer_unordered(db.write_concurrency());
    let mut results = Vec::new();
    while let Some(result) = running.next().await {
        results.push(result);
        if results.len().is_multiple_of(WRITES_PER_YIELD) {
            yield_now().await;
        }
    }
    results.sort_unstable_by_key(|(position, ..)| *position);
    let mut outcomes = WriteOutcomes::default();
    for (_, key, result) in results {
        outcomes.add(key, result);
    }
    outcomes
}
