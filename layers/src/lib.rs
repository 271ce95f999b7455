//! Drivers around drivers.
//!
//! A layer is a [`Driver`](djamodb_core::driver::Driver) that hands plans on to another one:
//!
//! - [`Retry`] tries again what failed for a passing reason, for drivers that do not do so themselves;
//! - [`Faults`] makes things fail, on a seed, for tests of everything above it.

mod faults;
mod random;
mod retry;

pub use faults::{FaultRates, Faults};
pub use retry::Retry;
