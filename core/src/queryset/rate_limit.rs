//! The rate of a queryset.

use crate::database::Database;
use crate::layer::RateLimiter;

/// A rate, with the limiter that all querysets made from one share.
#[derive(Clone, Debug)]
pub(super) struct RateLimit {
    /// The most read and write units per second.
    pub(super) units_per_second: f64,
    /// The limiter; `None` if the rate is not a finite number above 0.
    limiter: Option<RateLimiter>,
}

impl RateLimit {
    pub(super) fn new(units_per_second: f64) -> Self {
        Self { units_per_second, limiter: RateLimiter::new(units_per_second) }
    }

    /// Returns `true` if the rate is a finite number above 0.
    pub(super) fn is_valid(&self) -> bool {
        self.limiter.is_some()
    }

    /// Returns the database with its requests delayed to the rate.
    pub(super) fn apply(&self, db: &Database) -> Database {
        self.limiter.as_ref().map_or_else(|| db.clone(), |limiter| db.rate_limited(limiter))
    }
}
