//! The system's clock, and Tokio's timer.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use djamodb_core::driver::{BoxFuture, Clock};

/// The system's time. Sleeps by Tokio's timer, which rusoto needs anyway.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> DateTime<Utc> {
        SystemTime::now().into()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Inside the future, since Tokio's timer wants a runtime when it is made, not only when it is awaited.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }

    /// The hash of nothing, under the keys that the standard library draws anew for each hasher.
    fn seed(&self) -> u64 {
        RandomState::new().hash_one(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_do_not_repeat() {
        assert_ne!(TokioClock.seed(), TokioClock.seed());
    }

    #[test]
    fn a_sleep_can_be_made_outside_of_a_runtime() {
        drop(TokioClock.sleep(Duration::from_secs(1)));
    }

    #[tokio::test]
    async fn a_sleep_lasts_as_long_as_asked() {
        let start = TokioClock.now();
        TokioClock.sleep(Duration::from_millis(5)).await;
        assert!(TokioClock.now() - start >= chrono::TimeDelta::milliseconds(5));
    }
}
