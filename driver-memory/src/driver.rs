//! The driver.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};

use crate::adversary::Adversary;
use crate::clock::{SystemClock, VirtualClock};
use crate::emulator::Emulator;
use crate::options::MemoryOptions;
use crate::replicas::Replicas;
use crate::snapshot::Snapshot;
use crate::{consistency, op, troubled};

const NAME: &str = "memory";

/// A driver that emulates DynamoDB in memory. Clones share the same tables, which are dropped with the last clone.
///
/// The driver validates requests as the service does and enforces its limits, among them 400 KB per item, 1 MB per page,
/// 25 writes or 100 keys per batch, and 100 actions per transaction. Every read returns the latest acknowledged write,
/// including reads of indexes and eventually consistent reads. Transactions are atomic and isolated. Items expire, shards
/// of streams close and tables change their states by the clock; [`MemoryOptions`] sets the delays, by default zero.
/// [`emulated`](crate::emulated) lists the operations and the differences from AWS.
///
/// ```
/// use djamodb_core::driver::DriverExt;
/// use djamodb_core::plan::{CreateTable, GetItem, PutItem};
/// use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
/// use djamodb_core::value::Item;
/// use djamodb_driver_memory::MemoryDriver;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), djamodb_core::driver::DriverError> {
/// let driver = MemoryDriver::new();
/// driver.run(CreateTable::new(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id"))))).await?;
/// let ada = Item::new().with("id", "ada");
/// driver.run(PutItem::new("users", ada.clone())).await?;
/// assert_eq!(driver.clone().run(GetItem::new("users", ada.clone())).await?.item, Some(ada));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MemoryDriver {
    emulator: Arc<Emulator>,
    /// The states that stale reads see.
    replicas: Arc<Replicas>,
}

impl MemoryDriver {
    /// Creates a driver without tables that uses the system clock.
    pub fn new() -> Self {
        Self::with_options(MemoryOptions::default())
    }

    /// Creates a driver without tables that uses `clock`, for example a [`VirtualClock`](crate::VirtualClock) in tests.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self::with_options(MemoryOptions { clock, ..MemoryOptions::default() })
    }

    /// Creates a driver without tables in the adversarial mode, in which it does at random what the service may do: see [`Adversary`].
    ///
    /// Its clock starts at the present time and is advanced by waits, which take no real time.
    pub fn adversarial(seed: u64) -> Self {
        let clock = Arc::new(VirtualClock::starting_at(SystemClock.now(), seed));
        Self::with_options(MemoryOptions { clock, adversary: Some(Adversary::new(seed)), ..MemoryOptions::default() })
    }

    /// Returns a driver of the same tables that is not in the adversarial mode, for example to see the true state after a test.
    pub fn without_adversary(&self) -> Self {
        Self::of(self.emulator.with_adversary(None))
    }

    /// Returns a driver of the same tables in the adversarial mode.
    pub fn with_adversary(&self, adversary: Adversary) -> Self {
        Self::of(self.emulator.with_adversary(Some(adversary)))
    }

    /// Creates a driver without tables that uses the clock and delays of `options`.
    pub fn with_options(options: MemoryOptions) -> Self {
        Self::of(Emulator::new(options))
    }

    /// Returns the state of all tables, streams and idempotency tokens at this moment. No request is seen in part.
    ///
    /// A snapshot takes microseconds whatever the number of items, since it shares them with the driver. The first write to a
    /// sixteenth of a table, or of an index, copies the references to the items in it.
    ///
    /// ```
    /// use djamodb_core::driver::DriverExt;
    /// use djamodb_core::plan::{CreateTable, DeleteItem, GetItem, PutItem};
    /// use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
    /// use djamodb_core::value::Item;
    /// use djamodb_driver_memory::MemoryDriver;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), djamodb_core::driver::DriverError> {
    /// let driver = MemoryDriver::new();
    /// driver.run(CreateTable::new(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id"))))).await?;
    /// let ada = Item::new().with("id", "ada");
    /// driver.run(PutItem::new("users", ada.clone())).await?;
    /// let with_ada = driver.snapshot();
    ///
    /// driver.run(DeleteItem::new("users", ada.clone())).await?;
    /// let other = with_ada.driver();
    /// assert_eq!(other.run(GetItem::new("users", ada.clone())).await?.item, Some(ada.clone()));
    /// driver.restore(&with_ada);
    /// assert_eq!(driver.run(GetItem::new("users", ada.clone())).await?.item, Some(ada));
    /// # Ok(())
    /// # }
    /// ```
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.emulator)
    }

    /// Replaces all tables, streams and idempotency tokens by those of a snapshot. The clock and the options stay those of this driver.
    ///
    /// A request that is under way is carried out on the state before or after. A write to the state before is lost.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.emulator.replace(&snapshot.state(self.emulator.options.clone()));
        self.replicas.clear();
    }

    fn of(emulator: Emulator) -> Self {
        Self { emulator: Arc::new(emulator), replicas: Arc::default() }
    }

    /// Checks that every index and expiry schedule agrees with the items of its table, for tests of this driver and of
    /// code built on it.
    ///
    /// The check reads every item of every table. Writes to a table wait while it is checked.
    ///
    /// # Errors
    ///
    /// A description of the first disagreement, with the names of the table and the index.
    pub fn check(&self) -> Result<(), String> {
        let now = self.emulator.now();
        self.emulator.tables.all().iter().try_for_each(|table| consistency::check_table(table, now))
    }
}

impl Snapshot {
    /// Returns a driver with this state, and with the options and the clock of the driver that the snapshot was taken of.
    pub fn driver(&self) -> MemoryDriver {
        self.driver_with_options(self.options().clone())
    }

    /// Returns a driver with this state and with these options, for example with a clock of its own.
    pub fn driver_with_options(&self, options: MemoryOptions) -> MemoryDriver {
        MemoryDriver::of(self.state(options))
    }
}

impl Default for MemoryDriver {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Driver for MemoryDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capability(&self) -> Capability {
        let mut capability = Capability::default();
        capability.write_with_old_item_on_failure = true;
        capability.create_table_with_multi_attribute_keys = true;
        capability.create_table_with_tags = true;
        capability.create_table_with_stream = true;
        capability.scan_with_segment = true;
        capability.create_table_with_table_class = true;
        capability.create_table_with_encryption = true;
        capability.create_table_with_on_demand_maximum = true;
        capability.create_table_with_warm_throughput = true;
        capability.create_table_with_resource_policy = true;
        capability.create_table_with_deletion_protection = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.put_resource_policy = true;
        capability.get_records = true;
        capability.describe_stream_with_shard_filter = true;
        capability.get_shard_iterator_with_timestamp = true;
        // Requests cannot fail in transit and are never throttled, so that there is nothing to retry. In the adversarial mode they are.
        capability.retries_requests = self.emulator.trouble.is_none();
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.emulator.options.clock)
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let (operation, table) = (plan.operation(), plan.table().cloned());
        let outcome = match &self.emulator.trouble {
            None => op::execute(&self.emulator, plan),
            Some(trouble) => troubled::execute(&self.emulator, trouble, &self.replicas, plan),
        };
        outcome.map_err(|error| error.into_driver_error(NAME, operation).on_table(table.as_ref()))
    }
}

/// Prints table names only, since items may be numerous or sensitive.
impl fmt::Debug for MemoryDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (names, _) = self.emulator.tables.names(None, usize::MAX);
        f.debug_tuple("MemoryDriver").field(&names).finish()
    }
}
