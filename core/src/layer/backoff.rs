//! Waits between attempts.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::driver::{OutOfRange, check_range};

/// Number of attempts and the waits between them.
///
/// [`Retry`](super::Retry) applies it to requests that fail as a whole. A [`Database`](crate::database::Database) applies its
/// own policy to responses that leave keys or writes of a batch unprocessed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetryPolicy {
    /// Number of consecutive attempts without progress, the first one included, after which the operation ends. At least 1, at most
    /// 100.
    pub attempts_max: u32,
    /// Upper bound of the first wait, at most 1 h. Each further upper bound is twice the one before.
    pub base: Duration,
    /// Upper bound of every wait, at most 1 h. A service that requires a longer wait ends the attempts.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    /// Returns 8 attempts with waits that start at 50 ms and end at 5 s.
    fn default() -> Self {
        Self { attempts_max: 8, base: Duration::from_millis(50), cap: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// Range of [`attempts_max`](Self::attempts_max).
    pub const ATTEMPTS_RANGE: RangeInclusive<u32> = 1..=100;

    /// Range of the bounds of waits.
    pub const WAIT_RANGE: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_secs(3600);

    /// Requires that each setting is within its range.
    ///
    /// # Errors
    ///
    /// Returns the first setting that is not.
    pub fn check(&self) -> Result<(), OutOfRange> {
        check_range("attempts_max", self.attempts_max, &Self::ATTEMPTS_RANGE)?;
        check_range("backoff_base", self.base, &Self::WAIT_RANGE)?;
        check_range("backoff_cap", self.cap, &Self::WAIT_RANGE)
    }
}

/// Capped exponential backoff with full jitter: each wait is drawn evenly between zero and its upper bound.
///
/// See [exponential backoff and jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
#[derive(Clone, Debug)]
pub struct Backoff {
    policy: RetryPolicy,
    failures: u32,
    random: fastrand::Rng,
}

impl Backoff {
    /// Creates a backoff without failures. `seed` comes from [`Clock::seed`](crate::driver::Clock::seed); equal seeds draw equal
    /// waits.
    pub fn new(policy: RetryPolicy, seed: u64) -> Self {
        Self { policy, failures: 0, random: fastrand::Rng::with_seed(seed) }
    }

    /// Forgets earlier failures. Call it after progress.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// Counts one more failure and returns the wait before the next attempt, or `None` if no attempt is left.
    pub fn next_wait(&mut self) -> Option<Duration> {
        self.failures += 1;
        if self.failures >= self.policy.attempts_max {
            return None;
        }
        let doubled = self.policy.base.saturating_mul(1_u32.checked_shl(self.failures - 1).unwrap_or(u32::MAX));
        let longest = doubled.min(self.policy.cap);
        Some(longest.mul_f64(self.random.f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_bounded_and_end() {
        let policy = RetryPolicy { attempts_max: 12, ..RetryPolicy::default() };
        for seed in 0..100 {
            let mut backoff = Backoff::new(policy, seed);
            let waits: Vec<_> = std::iter::from_fn(|| backoff.next_wait()).collect();
            assert_eq!(waits.len(), 11);
            for (failure, wait) in waits.iter().enumerate() {
                assert!(*wait <= policy.cap && *wait <= policy.base * (1 << failure));
            }
        }
    }

    #[test]
    fn waits_follow_from_the_seed() {
        let waits = |seed| {
            let mut backoff = Backoff::new(RetryPolicy::default(), seed);
            std::iter::from_fn(|| backoff.next_wait()).collect::<Vec<_>>()
        };
        assert_eq!(waits(1), waits(1));
        assert_ne!(waits(1), waits(2));
    }

    #[test]
    fn a_policy_outside_of_its_ranges_is_refused_by_name() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.check(), Ok(()));
        let too_long = Duration::from_secs(3601);
        for (policy, setting) in [
            (RetryPolicy { attempts_max: 0, ..policy }, "attempts_max"),
            (RetryPolicy { attempts_max: 101, ..policy }, "attempts_max"),
            (RetryPolicy { base: too_long, ..policy }, "backoff_base"),
            (RetryPolicy { cap: Duration::MAX, ..policy }, "backoff_cap"),
        ] {
            assert_eq!(policy.check().unwrap_err().setting, setting);
        }
    }

    #[test]
    fn reset_restores_all_attempts() {
        let mut backoff = Backoff::new(RetryPolicy { attempts_max: 2, ..RetryPolicy::default() }, 1);
        assert!(backoff.next_wait().is_some());
        assert!(backoff.next_wait().is_none());
        backoff.reset();
        assert!(backoff.next_wait().is_some());
    }
}
