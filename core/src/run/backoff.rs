//! How long to wait before asking again.

use std::time::Duration;

/// How often, and how soon, what was left unprocessed is asked for again.
///
/// Requests that fail as a whole are the driver's business; this is about answers that say that part of the request was not
/// done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetryPolicy {
    /// How often in a row nothing may come of it before giving up.
    pub attempts_max: u32,
    /// The longest first wait; each further one may be twice as long.
    pub base: Duration,
    /// The longest wait.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts_max: 8, base: Duration::from_millis(50), cap: Duration::from_secs(5) }
    }
}

/// Capped exponential backoff with full jitter: each wait is anything from nothing to the longest.
#[derive(Clone, Debug)]
pub struct Backoff {
    policy: RetryPolicy,
    failures: u32,
    random: u64,
}

impl Backoff {
    /// Starts afresh; `seed` comes from the driver's clock.
    pub fn new(policy: RetryPolicy, seed: u64) -> Self {
        Self { policy, failures: 0, random: seed }
    }

    /// Something was done: the next wait is short again.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// How long to wait after one more failure; nothing when it is time to give up.
    pub fn next_wait(&mut self) -> Option<Duration> {
        self.failures += 1;
        if self.failures >= self.policy.attempts_max {
            return None;
        }
        let doubled = self.policy.base.saturating_mul(1_u32.checked_shl(self.failures - 1).unwrap_or(u32::MAX));
        let longest = doubled.min(self.policy.cap);
        Some(longest.mul_f64(self.fraction()))
    }

    /// From 0 to 1, by SplitMix64, whose state may start anywhere.
    #[allow(clippy::cast_precision_loss, reason = "32 bits fit an f64")]
    fn fraction(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.random;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits >> 32) as f64 / f64::from(u32::MAX)
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
    fn progress_starts_afresh() {
        let mut backoff = Backoff::new(RetryPolicy { attempts_max: 2, ..RetryPolicy::default() }, 1);
        assert!(backoff.next_wait().is_some());
        assert!(backoff.next_wait().is_none());
        backoff.reset();
        assert!(backoff.next_wait().is_some());
    }
}
