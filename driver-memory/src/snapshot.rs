//! Snapshots of the driver's state.

use std::fmt;

use crate::emulator::Emulator;
use crate::options::MemoryOptions;

/// The state of a [`MemoryDriver`](crate::MemoryDriver) at one moment: its tables with their items and settings, streams, and idempotency tokens.
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

    /// Returns the options of the driver that the snapshot was taken of.
    pub(crate) fn options(&self) -> &MemoryOptions {
        &self.0.options
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
