//! Layers bound the time of requests and the waits between them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use djamodb::MemoryDriver;
use djamodb::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb::layer::{FaultRates, Faults, Retry, RetryPolicy, TimeLimit};
use djamodb::plan::{Outcome, PutItem, QueryPlan};
use djamodb::prelude::*;
use djamodb::value::Item;
use djamodb_driver_memory::VirtualClock;

/// A driver that is throttled with these required waits, and then never responds.
#[derive(Debug)]
struct Throttled {
    inner: MemoryDriver,
    waits: Mutex<VecDeque<Duration>>,
}

#[async_trait::async_trait]
impl Driver for Throttled {
    fn name(&self) -> &'static str {
        "throttled"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let wait = self.waits.lock().unwrap().pop_front();
        match wait {
            Some(wait) => {
                Err(DriverError::new(DriverErrorKind::Throttled, plan.operation(), "later").with_retry_after(wait))
            }
            None => std::future::pending().await,
        }
    }
}

/// Returns the error of a put on a driver that requires these waits in seconds and is given an hour, and the seconds it took.
async fn put_error(waits: &[u64]) -> (DriverError, i64) {
    let clock = VirtualClock::new(7);
    let inner = MemoryDriver::with_clock(Arc::new(clock.clone()));
    let waits = Mutex::new(waits.iter().map(|seconds| Duration::from_secs(*seconds)).collect());
    let driver = Retry::new(Throttled { inner, waits }, RetryPolicy::default()).unwrap();
    let start = clock.now();
    let error = driver.run(PutItem::new("events", Item::new())).await.unwrap_err();
    (error, (clock.now() - start).num_seconds())
}

#[tokio::test]
async fn an_attempt_waits_at_least_as_long_as_the_service_requires() {
    let (error, seconds) = put_error(&[4, 5, 6]).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(6)));
    assert!((9..20).contains(&seconds), "{seconds} s");
}

#[tokio::test]
async fn a_required_wait_beyond_the_policy_ends_the_attempts() {
    let (error, seconds) = put_error(&[3600]).await;
    assert_eq!((error.retry_after(), seconds), (Some(Duration::from_secs(3600)), 0));
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Throttled, Applied::No));
}

#[tokio::test]
async fn a_request_without_a_response_ends_with_its_time_limit() {
    let silent =
        || Throttled { inner: MemoryDriver::with_clock(Arc::new(VirtualClock::new(7))), waits: Mutex::default() };
    let driver = TimeLimit::new(silent(), Duration::from_secs(30)).unwrap();
    let error = driver.run(PutItem::new("events", Item::new())).await.unwrap_err();
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown));
    assert_eq!(
        error.to_string(),
        "PutItem on table events: no response within the operation timeout of 30s (the request may have been carried out)"
    );
    let sound = TimeLimit::new(MemoryDriver::new(), Duration::from_secs(30)).unwrap();
    let error = sound.run(PutItem::new("events", Item::new())).await.unwrap_err();
    assert!(error.is_resource_not_found(), "{error}");
}

#[tokio::test]
async fn layers_outside_of_their_ranges_are_refused_by_name() {
    let memory = MemoryDriver::new;
    let policy = RetryPolicy { attempts_max: 1_000_000_000, ..RetryPolicy::default() };
    let endless = "the setting attempts_max is 1000000000; its range is 1 to 100";
    assert_eq!(Retry::new(memory(), policy).unwrap_err().to_string(), endless);
    assert_eq!(Database::new(memory()).with_retry_policy(policy).unwrap_err().to_string(), endless);
    for rate in [-0.1, 1.1, f64::NAN] {
        let rates = FaultRates { reset: rate, ..FaultRates::default() };
        assert_eq!(Faults::new(memory(), rates, 1).unwrap_err().setting, "reset");
    }
    for limit in [Duration::ZERO, Duration::MAX] {
        assert_eq!(TimeLimit::new(memory(), limit).unwrap_err().setting, "operation_timeout");
    }
}
