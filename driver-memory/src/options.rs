//! Options of the memory driver.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::Clock;

use crate::adversary::Adversary;
use crate::clock::SystemClock;

/// The clock of a [`MemoryDriver`](crate::MemoryDriver), the delays that the service does not specify, and the number of shards.
///
/// All delays are zero by default, and a stream has one open shard. With a delay, a table passes through the same states as on AWS:
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
    /// Clock that every deadline is compared with. Default: the system clock.
    pub clock: Arc<dyn Clock>,
    /// Time during which a new table is `CREATING`.
    pub create_table_delay: Duration,
    /// Time during which a table, or an index that is created, updated or deleted, is in transition after `UpdateTable`.
    pub update_table_delay: Duration,
    /// Time during which a deleted table is `DELETING`.
    pub delete_table_delay: Duration,
    /// Time from an item's expiry to its deletion. The service deletes expired items within a few days.
    pub expiry_delay: Duration,
    /// Number of open shards of a stream. Changes of items with one hash key are in the same shard. The service decides this
    /// number itself.
    pub stream_shards: NonZeroU32,
    /// Settings of the adversarial mode, which is off by default.
    pub adversary: Option<Adversary>,
    /// Region in ARNs, `memory` by default. A driver of a snapshot has that of the snapshot.
    pub region: String,
    /// Account in ARNs, `000000000000` by default. A driver of a snapshot has that of the snapshot.
    pub account: String,
}

impl Default for MemoryOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            create_table_delay: Duration::ZERO,
            update_table_delay: Duration::ZERO,
            delete_table_delay: Duration::ZERO,
            expiry_delay: Duration::ZERO,
            stream_shards: NonZeroU32::MIN,
            adversary: None,
            region: "memory".to_owned(),
            account: "000000000000".to_owned(),
        }
    }
}
