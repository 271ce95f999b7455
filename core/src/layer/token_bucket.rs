//! A token bucket over a clock's time.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Capacity of the bucket: the number of seconds without requests whose units are saved.
const CAPACITY_SECONDS: f64 = 1.0;
/// Longest wait returned by one call. Callers check again after waiting.
const WAIT_MAX: Duration = Duration::from_secs(3600);

/// A bucket that fills at a number of units per second and holds at most the units of one second.
///
/// The units of a request are known only from its response. A request may therefore start as soon as the balance is not
/// negative, and its units are taken afterwards. The next request waits until the balance is restored.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct TokenBucket {
    units_per_second: f64,
    /// Units available now. Negative while the bucket is in debt.
    balance: f64,
    /// Time up to which the bucket was filled, or `None` before the first use.
    filled_until: Option<DateTime<Utc>>,
}

impl TokenBucket {
    /// Creates a full bucket, or returns `None` unless `units_per_second` is a finite number above 0.
    pub(super) fn new(units_per_second: f64) -> Option<Self> {
        let is_rate = units_per_second.is_finite() && units_per_second > 0.0;
        is_rate.then_some(Self { units_per_second, balance: units_per_second * CAPACITY_SECONDS, filled_until: None })
    }

    /// Returns the wait before the next request, at most [`WAIT_MAX`]. Zero means that it may start now.
    pub(super) fn wait_before(&mut self, now: DateTime<Utc>) -> Duration {
        self.fill(now);
        let seconds = (-self.balance / self.units_per_second).max(0.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(WAIT_MAX).min(WAIT_MAX)
    }

    /// Takes units from the bucket. Values that are not finite or below 0 are ignored.
    pub(super) fn take(&mut self, units: f64, now: DateTime<Utc>) {
        self.fill(now);
        if units.is_finite() {
            self.balance -= units.max(0.0);
        }
    }

    /// Adds the units of the time since the last call. A clock that was set back adds nothing and counts from its new time.
    fn fill(&mut self, now: DateTime<Utc>) {
        let passed = self.filled_until.replace(now).and_then(|before| (now - before).to_std().ok()).unwrap_or_default();
        let filled = self.balance + passed.as_secs_f64() * self.units_per_second;
        self.balance = filled.min(self.units_per_second * CAPACITY_SECONDS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes units and returns the wait before the next request.
    fn wait_after(bucket: &mut TokenBucket, units: f64, now: DateTime<Utc>) -> Duration {
        bucket.take(units, now);
        bucket.wait_before(now)
    }

    fn at(milliseconds: u64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    #[test]
    fn rejects_rates_that_are_not_positive_and_finite() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(TokenBucket::new(rate), None, "{rate}");
        }
    }

    #[test]
    fn debt_is_paid_by_time() {
        let mut bucket = TokenBucket::new(10.0).unwrap();
        assert_eq!(
            wait_after(&mut bucket, 10.0, at(0)),
            Duration::ZERO,
            "the units of one second are available at first"
        );
        assert_eq!(wait_after(&mut bucket, 5.0, at(0)), Duration::from_millis(500));
        assert_eq!(bucket.wait_before(at(200)), Duration::from_millis(300));
        assert_eq!(bucket.wait_before(at(500)), Duration::ZERO);
    }

    #[test]
    fn saves_at_most_one_second() {
        let mut bucket = TokenBucket::new(10.0).unwrap();
        assert_eq!(wait_after(&mut bucket, 0.0, at(0)), Duration::ZERO);
        assert_eq!(wait_after(&mut bucket, 20.0, at(3_600_000)), Duration::from_secs(1));
    }

    #[test]
    fn a_clock_set_back_adds_nothing_and_continues() {
        let mut bucket = TokenBucket::new(10.0).unwrap();
        assert_eq!(wait_after(&mut bucket, 20.0, at(1_000_000)), Duration::from_secs(1));
        assert_eq!(bucket.wait_before(at(0)), Duration::from_secs(1));
        assert_eq!(bucket.wait_before(at(1000)), Duration::ZERO);
    }

    #[test]
    fn waits_are_bounded_for_any_units() {
        let mut bucket = TokenBucket::new(1e-300).unwrap();
        assert_eq!(wait_after(&mut bucket, f64::MAX, at(0)), WAIT_MAX);
        for nonsense in [f64::NAN, f64::INFINITY, -5.0] {
            let mut bucket = TokenBucket::new(1.0).unwrap();
            assert_eq!(wait_after(&mut bucket, nonsense, at(0)), Duration::ZERO, "{nonsense}");
        }
    }

    #[test]
    fn the_rate_holds_over_many_requests() {
        let mut bucket = TokenBucket::new(25.0).unwrap();
        let (mut now, mut taken) = (at(0), 0.0);
        for request in 0..1000 {
            let wait = bucket.wait_before(now);
            now += wait;
            assert_eq!(bucket.wait_before(now), Duration::ZERO, "no wait is left after waiting");
            let units = f64::from(request % 7) * 12.5;
            bucket.take(units, now);
            taken += units;
            let seconds = (now - at(0)).to_std().unwrap().as_secs_f64();
            assert!(taken <= 25.0 * (seconds + CAPACITY_SECONDS) + 75.0 + 1e-6, "{taken} units in {seconds} s");
        }
    }
}
