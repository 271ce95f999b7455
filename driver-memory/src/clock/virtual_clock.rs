//! A clock that tests move by hand.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::driver::{BoxFuture, Clock};
use parking_lot::Mutex;

/// A clock that stands still until it is moved: by [`advance`](Self::advance), or by a sleep, which takes no time at
/// all and moves the clock by as much as it should have taken; other tasks of the executor get a turn meanwhile. Clones are the
/// same clock.
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
    /// A clock that stands at 2000-01-01 00:00:00 UTC and whose seeds follow from `seed`: equal seeds, equal sequences.
    pub fn new(seed: u64) -> Self {
        Self::starting_at(DateTime::from_timestamp_nanos(946_684_800_000_000_000), seed)
    }

    /// A clock that stands at `now`.
    pub fn starting_at(now: DateTime<Utc>, seed: u64) -> Self {
        Self(Arc::new(State { now: Mutex::new(now), random: Mutex::new(fastrand::Rng::with_seed(seed)) }))
    }

    /// Moves the clock on.
    pub fn advance(&self, duration: Duration) {
        let mut now = self.0.now.lock();
        *now = TimeDelta::from_std(duration)
            .ok()
            .and_then(|delta| now.checked_add_signed(delta))
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
    }
}

/// Ends when it is asked a second time: whoever waits again and again would never let anybody else run otherwise.
async fn others_turn() {
    let mut was_asked = false;
    poll_fn(|context| {
        if std::mem::replace(&mut was_asked, true) {
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
            others_turn().await;
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
    async fn time_passes_only_when_told_to() {
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
    fn the_end_of_time_is_no_panic() {
        let clock = VirtualClock::new(0);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), DateTime::<Utc>::MAX_UTC);
    }

    #[test]
    fn seeds_are_a_sequence() {
        let (one, two) = (VirtualClock::new(1), VirtualClock::new(1));
        let first = one.seed();
        assert_eq!(first, two.seed());
        assert_ne!(first, one.seed());
        assert_ne!(first, VirtualClock::new(2).seed());
    }
}
