//! The retry layer repeats requests that failed for a passing reason, and no write that may have been carried out twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use djamodb::MemoryDriver;
use djamodb::driver::{
    Applied, CancellationCode, CancellationReason, Capability, Clock, Driver, DriverError, DriverErrorKind, DriverExt,
};
use djamodb::expression::{Path, Update};
use djamodb::layer::{Retry, RetryPolicy};
use djamodb::plan::{Outcome, PutItem, QueryPlan, TransactPut, TransactUpdate, TransactWriteItems};
use djamodb::prelude::*;
use djamodb::value::Item;
use djamodb_driver_memory::VirtualClock;

use crate::models::Event;

/// A fault of one attempt.
#[derive(Clone, Debug)]
enum Fault {
    /// The request is refused with an error of this kind.
    Refused(DriverErrorKind),
    /// The request is carried out, and its response is lost.
    Lost,
}

/// A driver whose first attempts fail as listed, and that records the plans of all attempts.
#[derive(Debug)]
struct Scripted {
    inner: MemoryDriver,
    faults: Mutex<VecDeque<Fault>>,
    attempts: Arc<Mutex<Vec<QueryPlan>>>,
}

#[async_trait::async_trait]
impl Driver for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.attempts.lock().unwrap().push(plan.clone());
        let fault = self.faults.lock().unwrap().pop_front();
        let operation = plan.operation();
        match fault {
            None => self.inner.execute(plan).await,
            Some(Fault::Refused(kind)) => Err(DriverError::new(kind, operation, "refused")),
            Some(Fault::Lost) => {
                self.inner.execute(plan).await?;
                Err(DriverError::new(DriverErrorKind::Timeout, operation, "no response arrived"))
            }
        }
    }
}

/// Returns a driver that repeats requests up to five times, over a driver with these faults, and the plans of its attempts.
async fn retrying(faults: impl IntoIterator<Item = Fault>) -> (Retry<Scripted>, Arc<Mutex<Vec<QueryPlan>>>) {
    let inner = MemoryDriver::with_clock(Arc::new(VirtualClock::new(1)));
    Database::new(inner.clone()).create_table::<Event>().await.unwrap();
    let attempts = Arc::default();
    let faults = Mutex::new(faults.into_iter().collect());
    let scripted = Scripted { inner, faults, attempts: Arc::clone(&attempts) };
    (Retry::new(scripted, RetryPolicy { attempts_max: 5, ..RetryPolicy::default() }).unwrap(), attempts)
}

fn key() -> Item {
    Item::new().with("device", "a").with("at", 1)
}

fn tokens(attempts: &Mutex<Vec<QueryPlan>>) -> Vec<Option<String>> {
    let token = |plan: &QueryPlan| match plan {
        QueryPlan::TransactWriteItems(write) => write.client_request_token.clone(),
        other => panic!("another operation: {other:?}"),
    };
    attempts.lock().unwrap().iter().map(token).collect()
}

fn canceled(codes: impl IntoIterator<Item = Option<CancellationCode>>) -> Fault {
    let reason = |code| CancellationReason { code, message: String::new(), item: None };
    let reasons = codes.into_iter().map(|code| code.map(reason)).collect();
    Fault::Refused(DriverErrorKind::TransactionCanceled { reasons })
}

#[tokio::test]
async fn a_transaction_whose_response_was_lost_is_repeated_with_the_same_token() {
    let (driver, attempts) = retrying([Fault::Lost, Fault::Lost]).await;
    let count = TransactUpdate::new("events", key(), Update::new().add(Path::new("hits"), 1));
    let write = TransactWriteItems::new([count.into()]);
    let outcome = driver.execute(write.clone().into()).await.unwrap();
    assert_eq!(outcome.metadata.attempts, 3);
    let first = tokens(&attempts);
    assert!(first.iter().all(|token| token.is_some() && token == &first[0]), "{first:?}");

    // A further call is another transaction.
    driver.run(write).await.unwrap();
    assert_ne!(tokens(&attempts).last(), first.last());
    let item = driver.run(djamodb::plan::GetItem::new("events", key())).await.unwrap().item.unwrap();
    assert_eq!(item, key().with("hits", 2), "each call counts once");
}

#[tokio::test]
async fn the_token_of_the_caller_is_kept() {
    let (driver, attempts) = retrying([Fault::Lost]).await;
    let write = TransactWriteItems::new([TransactPut::new("events", key()).into()]).with_token("mine");
    driver.run(write).await.unwrap();
    assert_eq!(tokens(&attempts), vec![Some("mine".to_owned()); 2]);
}

#[tokio::test]
async fn transactions_that_only_conflict_are_repeated() {
    let conflict = || canceled([None, Some(CancellationCode::TransactionConflict), None]);
    let write = || TransactWriteItems::new([TransactPut::new("events", key()).into()]);
    let (driver, attempts) = retrying([conflict(), conflict()]).await;
    assert_eq!(driver.execute(write().into()).await.unwrap().metadata.attempts, 3);
    assert_eq!(attempts.lock().unwrap().len(), 3);

    let (driver, attempts) = retrying(vec![conflict(); 9]).await;
    let error = driver.run(write()).await.unwrap_err();
    assert_eq!((error.applied(), error.retryable()), (Applied::No, true), "{error}");
    assert_eq!(attempts.lock().unwrap().len(), 5, "the policy bounds the attempts");
}

#[tokio::test]
async fn transactions_whose_condition_failed_are_not_repeated() {
    let codes = [CancellationCode::TransactionConflict, CancellationCode::ConditionalCheckFailed];
    for codes in [codes.map(Some).to_vec(), vec![None]] {
        let (driver, attempts) = retrying([canceled(codes)]).await;
        let write = TransactWriteItems::new([TransactPut::new("events", key()).into()]);
        assert!(!driver.run(write).await.unwrap_err().retryable());
        assert_eq!(attempts.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn single_writes_that_conflict_with_a_transaction_are_repeated() {
    let (driver, attempts) = retrying([Fault::Refused(DriverErrorKind::TransactionConflict)]).await;
    let put = PutItem::new("events", key());
    assert_eq!(driver.execute(put.into()).await.unwrap().metadata.attempts, 2);
    assert_eq!(attempts.lock().unwrap().len(), 2);
}
