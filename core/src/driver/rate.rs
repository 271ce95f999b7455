//! Spending no more units in a second than were allowed.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// How much time without requests is saved up, in seconds.
const SAVED_SECONDS: f64 = 1.0;
/// The longest wait that is told at once; who has waited asks again.
const WAIT_MAX: Duration = Duration::from_hours(1);

/// A token bucket over a clock's time: so many units a second in the long run, and what one second allows at once.
///
/// What a request costs is known when it is answered. So a request may be made as soon as nothing is owed, and what it costs is
/// owed from then on: the next one waits until time has paid for it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct RateLimit {
    units_per_second: f64,
    /// What may be spent at once; below nothing, what is owed.
    balance: f64,
    /// Up to when time was paid in; nothing before the first request.
    paid_until: Option<DateTime<Utc>>,
}

impl RateLimit {
    /// So many units a second; nothing unless that is a finite number above 0.
    pub(super) fn new(units_per_second: f64) -> Option<Self> {
        let is_rate = units_per_second.is_finite() && units_per_second > 0.0;
        is_rate.then_some(Self { units_per_second, balance: units_per_second * SAVED_SECONDS, paid_until: None })
    }

    /// How long to wait before the next request, at most an hour; nothing when it may be made now.
    pub(super) fn wait_before(&mut self, now: DateTime<Utc>) -> Duration {
        self.pay_in(now);
        let seconds = (-self.balance / self.units_per_second).max(0.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(WAIT_MAX).min(WAIT_MAX)
    }

    /// Takes note of what a request cost.
    pub(super) fn spent(&mut self, units: f64, now: DateTime<Utc>) {
        self.pay_in(now);
        if units.is_finite() {
            self.balance -= units.max(0.0);
        }
    }

    /// Pays in for the time that has passed. A clock that was set back pays nothing, and counts on from there.
    fn pay_in(&mut self, now: DateTime<Utc>) {
        let passed = self.paid_until.replace(now).and_then(|before| (now - before).to_std().ok()).unwrap_or_default();
        let paid = self.balance + passed.as_secs_f64() * self.units_per_second;
        self.balance = paid.min(self.units_per_second * SAVED_SECONDS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long to wait after a request that cost so much.
    fn after(rate: &mut RateLimit, units: f64, now: DateTime<Utc>) -> Duration {
        rate.spent(units, now);
        rate.wait_before(now)
    }

    fn at(milliseconds: u64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    #[test]
    fn only_a_rate_above_nothing_is_one() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(RateLimit::new(rate), None, "{rate}");
        }
    }

    #[test]
    fn what_is_owed_is_paid_by_time() {
        let mut rate = RateLimit::new(10.0).unwrap();
        assert_eq!(after(&mut rate, 10.0, at(0)), Duration::ZERO, "what one second allows may be spent at once");
        assert_eq!(after(&mut rate, 5.0, at(0)), Duration::from_millis(500));
        assert_eq!(rate.wait_before(at(200)), Duration::from_millis(300));
        assert_eq!(rate.wait_before(at(500)), Duration::ZERO);
    }

    #[test]
    fn no_more_than_one_second_is_saved_up() {
        let mut rate = RateLimit::new(10.0).unwrap();
        assert_eq!(after(&mut rate, 0.0, at(0)), Duration::ZERO);
        assert_eq!(after(&mut rate, 20.0, at(3_600_000)), Duration::from_secs(1));
    }

    #[test]
    fn a_clock_that_is_set_back_pays_nothing_and_goes_on() {
        let mut rate = RateLimit::new(10.0).unwrap();
        assert_eq!(after(&mut rate, 20.0, at(1_000_000)), Duration::from_secs(1));
        assert_eq!(rate.wait_before(at(0)), Duration::from_secs(1));
        assert_eq!(rate.wait_before(at(1000)), Duration::ZERO);
    }

    #[test]
    fn waits_are_bounded_whatever_was_spent() {
        let mut rate = RateLimit::new(1e-300).unwrap();
        assert_eq!(after(&mut rate, f64::MAX, at(0)), WAIT_MAX);
        for nonsense in [f64::NAN, f64::INFINITY, -5.0] {
            let mut rate = RateLimit::new(1.0).unwrap();
            assert_eq!(after(&mut rate, nonsense, at(0)), Duration::ZERO, "{nonsense}");
        }
    }

    #[test]
    fn the_long_run_keeps_the_rate() {
        let mut rate = RateLimit::new(25.0).unwrap();
        let (mut now, mut spent) = (at(0), 0.0);
        for request in 0..1000 {
            let wait = rate.wait_before(now);
            now += wait;
            assert_eq!(rate.wait_before(now), Duration::ZERO, "who has waited may go on");
            let units = f64::from(request % 7) * 12.5;
            rate.spent(units, now);
            spent += units;
            let seconds = (now - at(0)).to_std().unwrap().as_secs_f64();
            assert!(spent <= 25.0 * (seconds + SAVED_SECONDS) + 75.0 + 1e-6, "{spent} units in {seconds} s");
        }
    }
}
