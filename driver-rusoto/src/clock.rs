//! The driver's clock.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use djamodb_core::driver::{BoxFuture, Clock};

/// A clock that reads the system time and sleeps with Tokio's timer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> DateTime<Utc> {
        SystemTime::now().into()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // `tokio::time::sleep` panics outside of a runtime, so it is called when the future is polled, not here.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }

    /// Returns the hash of `()` under the random keys of a new `RandomState`.
    fn seed(&self) -> u64 {
        RandomState::new().hash_one(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_differ() {
        assert_ne!(TokioClock.seed(), TokioClock.seed());
    }

    #[test]
    fn a_sleep_can_be_created_outside_of_a_runtime() {
        drop(TokioClock.sleep(Duration::from_secs(1)));
    }

    #[tokio::test]
    async fn a_sleep_lasts_at_least_its_duration() {
        let start = TokioClock.now();
        TokioClock.sleep(Duration::from_millis(5)).await;
        assert!(TokioClock.now() - start >= chrono::TimeDelta::milliseconds(5));
    }
}
