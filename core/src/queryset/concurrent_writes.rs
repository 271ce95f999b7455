//! Writes one by one, several of them concurrently.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use super::write_outcomes::WriteOutcomes;
use crate::database::{Database, WriteFailure};
use crate::run::yield_now;
use crate::value::Item;

/// Number of writes after which the executor runs other tasks.
const WRITES_PER_YIELD: usize = 32;

/// Makes writes, each with the key of its item, as many concurrently as the database allows. After a failure other than a refusal of one
/// write, no further one is begun; those under way are awaited.
pub(super) async fn write_concurrently<W, F: Future<Output = Result<(), WriteFailure>>>(
    db: &Database,
    writes: Vec<(Item, W)>,
    send: impl Fn(W) -> F,
) -> WriteOutcomes {
    let stopped = AtomicBool::new(false);
    let stopped = &stopped;
    let send = &send;
    let run = |(position, (key, write)): (usize, (Item, W))| async move {
        if stopped.load(Ordering::Relaxed) {
            return (position, key, None);
        }
        let result = send(write).await;
        if matches!(result, Err(WriteFailure::Driver(_) | WriteFailure::Plan(_))) {
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
