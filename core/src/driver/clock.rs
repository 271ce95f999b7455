//! Time and random seeds, provided by drivers.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The source of time and of random seeds.
///
/// Core uses the clock of its driver for every wait, timestamp and seed. Tests replace it, for example by the virtual clock of
/// the memory driver, to be fast and reproducible.
pub trait Clock: Send + Sync + fmt::Debug + 'static {
    /// Returns the current time.
    fn now(&self) -> DateTime<Utc>;

    /// Completes after `duration`. It must work under any executor that the driver supports.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns random bits, new at each call, for jitter and for client request tokens. They need not be secret, but different
    /// clients must not draw the same ones: the service takes a transaction with a token that it knows for a repeated one.
    fn seed(&self) -> u64;
}
