//! The system clock and a virtual clock for tests.

mod system;
mod virtual_clock;

pub(crate) use system::SystemClock;
pub use virtual_clock::VirtualClock;
