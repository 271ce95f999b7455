//! The handle.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};

use crate::options::MemoryOptions;
use crate::service::Service;
use crate::{check, op};

pub(crate) const NAME: &str = "memory";

/// A DynamoDB in memory. Clones are handles to the same tables; these live as long as one of the handles.
///
/// It refuses what the service refuses and keeps its limits: 400 KB an item, 1 MB a page, 25 writes or 100 keys a
/// batch, 100 actions a transaction. Reads see every write that was acknowledged before, consistent or not, of indexes
/// too. Transactions happen at one moment. Items expire, shards of streams roll over and tables change their states by
/// the clock; with [`MemoryOptions`] that takes as long as you like, by default no time.
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
pub struct MemoryDriver(Arc<Service>);

impl MemoryDriver {
    /// An empty DynamoDB that lives by the system's time.
    pub fn new() -> Self {
        Self::with_options(MemoryOptions::default())
    }

    /// An empty DynamoDB that lives by `clock`: a [`VirtualClock`](crate::VirtualClock), for tests that wait.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self::with_options(MemoryOptions { clock, ..MemoryOptions::default() })
    }

    /// An empty DynamoDB that behaves as the options say.
    pub fn with_options(options: MemoryOptions) -> Self {
        Self(Arc::new(Service::new(options)))
    }

    /// Whether every index, and what expires when, agrees with its table: for tests of this driver, and of what builds on it.
    ///
    /// Walks all rows of all tables; writes to a table wait while it is looked at. The error says what disagrees.
    pub fn check(&self) -> Result<(), String> {
        let now = self.0.now();
        self.0.tables.all().iter().try_for_each(|table| check::check(table, now))
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
        capability.create_table_with_deletion_protection = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.get_records = true;
        capability.describe_stream_with_shard_filter = true;
        capability.get_shard_iterator_with_timestamp = true;
        // There is no connection to break and nobody to throttle.
        capability.retries_requests = true;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.options.clock)
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        op::execute(&self.0, &plan).map_err(|error| error.answering(&plan))
    }
}

/// The tables' names. Their items may be many, and nobody's business in a log.
impl fmt::Debug for MemoryDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (names, _) = self.0.tables.names(None, usize::MAX);
        f.debug_tuple("MemoryDriver").field(&names).finish()
    }
}
