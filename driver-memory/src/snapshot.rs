//! Snapshots of the driver's state.

use std::fmt;

use crate::driver::MemoryDriver;
use crate::emulator::Emulator;
use crate::options::MemoryOptions;

/// The state of a [`MemoryDriver`] at one moment: its tables with their items and settings, streams, and idempotency tokens.
///
/// A costly fixture is built once, and each test starts from its snapshot with a driver of its own, in microseconds:
///
/// ```
/// use std::sync::OnceLock;
///
/// use djamodb_driver_memory::{MemoryDriver, Snapshot};
///
/// fn with_fixture() -> MemoryDriver {
///     static FIXTURE: OnceLock<Snapshot> = OnceLock::new();
///     FIXTURE.get_or_init(|| MemoryDriver::new().snapshot()).driver()
/// }
/// # with_fixture().check().unwrap();
/// ```
///
/// Table states and expiry times that lie in the future are kept as times, so that they end by the clock of the driver that holds them.
pub struct Snapshot(Emulator);

impl Snapshot {
    pub(crate) fn of(emulator: &Emulator) -> Self {
        Self(emulator.copy(emulator.options.clone()))
    }

    /// Returns a driver with this state, and with the options and the clock of the driver that the snapshot was taken of.
    pub fn driver(&self) -> MemoryDriver {
        self.driver_with_options(self.0.options.clone())
    }

    /// Returns a driver with this state and with these options, for example with a clock of its own.
    pub fn driver_with_options(&self, options: MemoryOptions) -> MemoryDriver {
        MemoryDriver::of(self.state(options))
    }

    /// Returns a copy of the state.
    pub(crate) fn state(&self, options: MemoryOptions) -> Emulator {
        self.0.copy(options)
    }
}

/// Prints table names only, since items may be numerous or sensitive.
impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (names, _) = self.0.tables.names(None, usize::MAX);
        f.debug_tuple("Snapshot").field(&names).finish()
    }
}
