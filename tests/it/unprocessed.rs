//! Unprocessed keys and items are requested again and never dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind};
use djamodb::plan::{BatchGetItemOutput, BatchWriteItemOutput, Outcome, Output, QueryPlan, TableKeys, TableWrites};
use djamodb::prelude::*;
use djamodb::{Error, MemoryDriver};
use djamodb_driver_memory::VirtualClock;

use crate::models::{Event, times};

/// A driver that leaves all but `takes` of every batch unprocessed, and fails once `fails_after` batches were written.
#[derive(Debug)]
struct Stingy {
    inner: MemoryDriver,
    takes: usize,
    fails_after: usize,
    batches: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Driver for Stingy {
    fn name(&self) -> &'static str {
        "stingy"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        match plan {
            QueryPlan::BatchGetItem(mut batch) => {
                self.batches.fetch_add(1, Ordering::Relaxed);
                let table = batch.requests[0].clone();
                let rest = batch.requests[0].keys.split_off(self.takes.min(table.keys.len()));
                let mut output = BatchGetItemOutput::default();
                if !batch.requests[0].keys.is_empty() {
                    let Output::BatchGetItem(read) = self.inner.execute(batch.into()).await?.output else {
                        unreachable!()
                    };
                    output = read;
                }
                if !rest.is_empty() {
                    output.unprocessed.push(TableKeys { keys: rest, ..table });
                }
                Ok(output.into())
            }
            QueryPlan::BatchWriteItem(mut batch) => {
                if self.batches.fetch_add(1, Ordering::Relaxed) >= self.fails_after {
                    return Err(DriverError::new(DriverErrorKind::Throttled, "BatchWriteItem", "slow down"));
                }
                let table = batch.requests[0].clone();
                let rest = batch.requests[0].writes.split_off(self.takes.min(table.writes.len()));
                if !batch.requests[0].writes.is_empty() {
                    self.inner.execute(batch.into()).await?;
                }
                let unprocessed = if rest.is_empty() { vec![] } else { vec![TableWrites { writes: rest, ..table }] };
                Ok(BatchWriteItemOutput { unprocessed, ..BatchWriteItemOutput::default() }.into())
            }
            plan => self.inner.execute(plan).await,
        }
    }
}

async fn database(takes: usize, fails_after: usize) -> (Database, Arc<AtomicUsize>) {
    let inner = MemoryDriver::with_clock(Arc::new(VirtualClock::new(1)));
    let batches = Arc::new(AtomicUsize::new(0));
    let db = Database::new(Stingy { inner, takes, fails_after, batches: batches.clone() });
    db.create_table::<Event>().await.unwrap();
    for at in 0..60 {
        Event::new("a", at).save(&db).await.unwrap();
    }
    (db, batches)
}

#[tokio::test]
async fn unprocessed_deletes_are_retried() {
    let (db, batches) = database(10, usize::MAX).await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.delete(&db).await.unwrap(), 60);
    assert_eq!(events.count(&db).await.unwrap(), 0);
    assert_eq!(batches.load(Ordering::Relaxed), 3 + 3 + 1, "25, 25 and 10 items, ten at a time");
}

#[tokio::test]
async fn unprocessed_keys_are_retried_and_returned_in_order() {
    let (db, _) = database(7, usize::MAX).await;
    let events = Event::objects().set_hash_key("a").filter(Event::AT.is_in((0..60).rev()));
    assert_eq!(times(&events.all(&db).await.unwrap()), (0..60).collect::<Vec<_>>());
    assert_eq!(times(&events.set_scan_index_forward(false).set_limit(3).all(&db).await.unwrap()), [59, 58, 57]);
}

#[tokio::test]
async fn an_incomplete_delete_counts_the_done_and_lists_the_remaining_keys() {
    for (takes, fails_after) in [(0, usize::MAX), (25, 1)] {
        let (db, _) = database(takes, fails_after).await;
        let events = Event::objects().set_hash_key("a");
        let Err(Error::WritesIncomplete(incomplete)) = events.delete(&db).await else {
            panic!("the delete reports success although keys remain")
        };
        let left = events.count(&db).await.unwrap();
        assert_eq!(incomplete.done + left, 60);
        assert_eq!(
            (incomplete.unprocessed.len() + incomplete.unknown.len()) as u64,
            left,
            "every key that was not deleted is reported"
        );
        assert_eq!(incomplete.error.is_some(), fails_after == 1);
        assert!(incomplete.to_string().contains("delete of Event is incomplete: "), "{incomplete}");
    }
}

#[tokio::test]
async fn keys_that_remain_unprocessed_are_an_error() {
    let (db, batches) = database(0, usize::MAX).await;
    let error = Event::objects().set_hash_key("a").filter(Event::AT.is_in([1, 2])).all(&db).await.unwrap_err();
    assert!(error.to_string().contains("2 keys are still unprocessed"), "{error}");
    assert_eq!(batches.load(Ordering::Relaxed), 8);
}
