//! How the emulator behaves where the service leaves room.

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::Clock;

use crate::clock::SystemClock;

/// How the emulator behaves where the service leaves room: mostly, how long things take.
///
/// By default nothing takes any time. With delays a table goes through the states that it goes through on AWS, by the clock:
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use djamodb_core::driver::DriverExt;
/// use djamodb_core::plan::{CreateTable, DescribeTable, TableStatus};
/// use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
/// use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), djamodb_core::driver::DriverError> {
/// let clock = VirtualClock::new(1);
/// let options = MemoryOptions {
///     clock: Arc::new(clock.clone()),
///     create_table_delay: Duration::from_secs(6),
///     ..MemoryOptions::default()
/// };
/// let driver = MemoryDriver::with_options(options);
/// let users = TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")));
/// assert_eq!(driver.run(CreateTable::new(users)).await?.table.status, TableStatus::Creating);
/// clock.advance(Duration::from_secs(6));
/// assert_eq!(driver.run(DescribeTable::new("users")).await?.table.status, TableStatus::Active);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct MemoryOptions {
    /// The time that everything lives by: the system's, unless said otherwise.
    pub clock: Arc<dyn Clock>,
    /// How long a table is `CREATING`.
    pub create_table_delay: Duration,
    /// How long a change of a table takes: the table, or the index that is created, changed or deleted.
    pub update_table_delay: Duration,
    /// How long a table is `DELETING`.
    pub delete_table_delay: Duration,
    /// How long an item outlives its time to live. The service takes up to a few days.
    pub expiry_delay: Duration,
}

impl Default for MemoryOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            create_table_delay: Duration::ZERO,
            update_table_delay: Duration::ZERO,
            delete_table_delay: Duration::ZERO,
            expiry_delay: Duration::ZERO,
        }
    }
}
