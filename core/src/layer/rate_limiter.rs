//! A rate shared by everything that holds the same limiter.

use std::sync::{Arc, Mutex};

use super::lock;
use super::token_bucket::TokenBucket;
use crate::driver::Clock;

/// A bound of units per second. Clones share one token bucket.
#[derive(Clone, Debug)]
pub(crate) struct RateLimiter {
    bucket: Arc<Mutex<TokenBucket>>,
}

impl RateLimiter {
    /// Creates a limiter, or returns `None` unless `units_per_second` is a finite number above 0.
    pub(crate) fn new(units_per_second: f64) -> Option<Self> {
        Some(Self { bucket: Arc::new(Mutex::new(TokenBucket::new(units_per_second)?)) })
    }

    /// Waits until the bucket owes nothing.
    pub(super) async fn acquire(&self, clock: &dyn Clock) {
        loop {
            let wait = lock(&self.bucket).wait_before(clock.now());
            if wait.is_zero() {
                return;
            }
            clock.sleep(wait).await;
        }
    }

    /// Takes the units of a completed request from the bucket.
    pub(super) fn record(&self, units: f64, clock: &dyn Clock) {
        lock(&self.bucket).take(units, clock.now());
    }
}
