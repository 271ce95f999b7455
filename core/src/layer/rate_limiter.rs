//! A rate shared by everything that holds the same limiter.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::lock;
use super::token_bucket::TokenBucket;
use crate::driver::Clock;

/// A bound of units per second. Clones share one token bucket.
#[derive(Clone, Debug)]
pub struct RateLimiter {
    units_per_second: f64,
    /// `None` if `units_per_second` is no valid rate.
    bucket: Option<Arc<Mutex<TokenBucket>>>,
}

impl RateLimiter {
    pub(crate) fn new(units_per_second: f64) -> Self {
        let bucket = TokenBucket::new(units_per_second).map(|bucket| Arc::new(Mutex::new(bucket)));
        Self { units_per_second, bucket }
    }

    /// Returns the rate in units per second.
    pub fn units_per_second(&self) -> f64 {
        self.units_per_second
    }

    /// Returns `true` if the rate is a finite number above 0.
    pub fn is_valid(&self) -> bool {
        self.bucket.is_some()
    }

    /// Waits until the bucket owes nothing.
    pub(super) async fn acquire(&self, clock: &dyn Clock) {
        loop {
            let wait = self.bucket.as_ref().map_or(Duration::ZERO, |bucket| lock(bucket).wait_before(clock.now()));
            if wait.is_zero() {
                return;
            }
            clock.sleep(wait).await;
        }
    }

    /// Takes the units of a completed request from the bucket.
    pub(super) fn record(&self, units: f64, clock: &dyn Clock) {
        if let Some(bucket) = &self.bucket {
            lock(bucket).take(units, clock.now());
        }
    }
}
