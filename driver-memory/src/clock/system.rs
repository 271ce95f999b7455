//! The system's clock.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use djamodb_core::driver::{BoxFuture, Clock};
use futures_timer::Delay;

/// The system's time. Sleeps under any executor, since the timer has a thread of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        SystemTime::now().into()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(Delay::new(duration))
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
        assert_ne!(SystemClock.seed(), SystemClock.seed());
    }

    #[tokio::test]
    async fn a_sleep_lasts_as_long_as_asked() {
        let start = SystemClock.now();
        SystemClock.sleep(Duration::from_millis(5)).await;
        assert!(SystemClock.now() - start >= chrono::TimeDelta::milliseconds(5));
    }
}
