//! Layers: drivers that wrap another driver.
//!
//! A layer implements [`Driver`](crate::driver::Driver) and passes requests on to the driver inside it. It keeps to the same
//! [contract](crate::driver), so layers can be stacked in any order:
//!
//! | layer | what it adds | how to get it |
//! |---|---|---|
//! | [`Retry`] | repeats requests that failed for a passing reason | `Retry::new(driver, policy)` |
//! | [`TimeLimit`] | ends requests after a time | `TimeLimit::new(driver, limit)` |
//! | [`Faults`] | makes requests fail, for tests | `Faults::new(driver, rates, seed)` |
//! | [`Ledger`] | records requests and consumed capacity | `Database::with_ledger` |
//! | rate limit | delays requests to a number of units per second | `QuerySet::rate_limit` |
//! | read budget | refuses reads once a number of read units is used | `ScanPolicy::Budget` |
//!
//! ```
//! use djamodb_core::driver::{Driver, OutOfRange};
//! use djamodb_core::layer::{FaultRates, Faults, Retry, RetryPolicy};
//!
//! /// A driver on which one request in ten is throttled, and repeated.
//! fn throttled(driver: impl Driver) -> Result<impl Driver, OutOfRange> {
//!     let rates = FaultRates { throttled: 0.1, ..FaultRates::default() };
//!     Retry::new(Faults::new(driver, rates, 7)?, RetryPolicy::default())
//! }
//! ```

mod backoff;
mod estimate;
mod faults;
mod ledger;
mod rate_limited;
mod rate_limiter;
mod read_budget;
mod request_signals;
mod retry;
mod time_limit;
mod token_bucket;

pub use backoff::{Backoff, RetryPolicy};
pub use faults::{FaultRates, Faults};
pub use ledger::{Ledger, LedgerRequests, LedgerSnapshot, LedgerUnits, UnitSums};
pub(crate) use rate_limited::RateLimited;
pub(crate) use rate_limiter::RateLimiter;
pub(crate) use read_budget::ReadBudgeted;
pub(crate) use request_signals::RequestSignals;
pub use request_signals::{RequestReceiver, SignalError};
pub use retry::Retry;
pub use time_limit::TimeLimit;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex whose critical sections cannot leave the value half-changed, so that a poisoned lock is still usable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
