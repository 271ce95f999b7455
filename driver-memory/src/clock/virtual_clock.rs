//! A clock that tests advance explicitly.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::driver::{BoxFuture, Clock};
use parking_lot::Mutex;

/// A clock whose time changes only by [`set`](Self::set), [`advance`](Self::advance) and sleeps.
///
/// A sleep advances the clock by its duration and yields once to the executor's other tasks instead of waiting. Clones
/// share one time and one sequence of seeds.
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_core::driver::Clock;
/// use djamodb_driver_memory::VirtualClock;
///
/// let clock = VirtualClock::new(7);
/// let start = clock.now();
/// clock.advance(Duration::from_secs(3600));
/// assert_eq!((clock.now() - start).num_hours(), 1);
/// assert_eq!(clock.seed(), VirtualClock::new(7).seed());
/// ```
#[derive(Clone, Debug)]
pub struct VirtualClock(Arc<State>);

#[derive(Debug)]
struct State {
    now: Mutex<DateTime<Utc>>,
    /// Draws the seeds.
    random: Mutex<fastrand::Rng>,
}

impl VirtualClock {
    /// Creates a clock at 2000-01-01 00:00:00 UTC. Equal values of `seed` produce equal sequences of seeds.
    pub fn new(seed: u64) -> Self {
        Self::starting_at(DateTime::from_timestamp_nanos(946_684_800_000_000_000), seed)
    }

    /// Creates a clock at `now`. Equal values of `seed` produce equal sequences of seeds.
    pub fn starting_at(now: DateTime<Utc>, seed: u64) -> Self {
        Self(Arc::new(State { now: Mutex::new(now), random: Mutex::new(fastrand::Rng::with_seed(seed)) }))
    }

    /// Sets the time of the clock, also to an earlier time.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.now.lock() = now;
    }

    /// Advances the clock by `duration`, at most to the end of chrono's calendar.
    pub fn advance(&self, duration: Duration) {
        let mut now = self.0.now.lock();
        *now = TimeDelta::from_std(duration)
            .ok()
            .and_then(|delta| now.checked_add_signed(delta))
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
    }
}

/// Yields once to the executor, so that a task that sleeps in a loop does not starve the others.
async fn yield_now() {
    let mut was_polled = false;
    poll_fn(|context| {
        if std::mem::replace(&mut was_polled, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Clock for VirtualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.now.lock()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            clock.advance(duration);
            yield_now().await;
        })
    }

    fn seed(&self) -> u64 {
        self.0.random.lock().u64(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn time_passes_only_by_sleep_and_advance() {
        let clock = VirtualClock::new(0);
        let start = clock.now();
        assert_eq!(start.to_rfc3339(), "2000-01-01T00:00:00+00:00");
        let unpolled = clock.sleep(Duration::from_secs(1));
        assert_eq!(clock.now(), start);
        unpolled.await;
        clock.clone().advance(Duration::from_secs(1));
        assert_eq!(clock.now() - start, TimeDelta::seconds(2));
    }

    #[test]
    fn clones_share_the_time_that_is_set() {
        let clock = VirtualClock::new(0);
        for time in [DateTime::<Utc>::MAX_UTC, DateTime::UNIX_EPOCH] {
            clock.clone().set(time);
            assert_eq!(clock.now(), time);
        }
    }

    #[test]
    fn advancing_stops_at_the_end_of_the_calendar() {
        let clock = VirtualClock::new(0);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), DateTime::<Utc>::MAX_UTC);
    }

    #[test]
    fn equal_seeds_produce_equal_sequences() {
        let (one, two) = (VirtualClock::new(1), VirtualClock::new(1));
        let first = one.seed();
        assert_eq!(first, two.seed());
        assert_ne!(first, one.seed());
        assert_ne!(first, VirtualClock::new(2).seed());
    }
}
