//! The clocks: the system's, and one that tests move by hand.

mod system;
mod virtual_clock;

pub(crate) use system::SystemClock;
pub use virtual_clock::VirtualClock;
