//! The system clock.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use djamodb_core::driver::{BoxFuture, Clock};
use futures_timer::Delay;

/// The system clock. It sleeps under any executor, since the timer has its own thread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        SystemTime::now().into()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(Delay::new(duration))
    }

    /// Returns the hash of `()` under the random keys that the standard library draws for each hasher.
    fn seed(&self) -> u64 {
        RandomState::new().hash_one(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_seeds_differ() {
        assert_ne!(SystemClock.seed(), SystemClock.seed());
    }

    #[tokio::test]
    async fn sleeps_at_least_the_requested_duration() {
        let start = SystemClock.now();
        SystemClock.sleep(Duration::from_millis(5)).await;
        assert!(SystemClock.now() - start >= chrono::TimeDelta::milliseconds(5));
    }
}
