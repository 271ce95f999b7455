//! Driver wrapper that records the tables a case creates, so that they can be deleted afterwards.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use djamodb_core::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{DeleteTable, Outcome, QueryPlan, UpdateTable};
use djamodb_core::run::{WaitFor, wait_for_table};
use djamodb_core::value::Name;

/// Passes every plan to the driver under test and records the tables that exist because of it.
///
/// It also delays the first read after a write, on targets whose reads lag behind writes.
pub(crate) struct TrackingDriver {
    inner: Arc<dyn Driver>,
    tables: Mutex<BTreeSet<Name>>,
    read_after_write_delay: Duration,
    written_since_read: AtomicBool,
}

impl TrackingDriver {
    pub(crate) fn new(inner: Arc<dyn Driver>, read_after_write_delay: Duration) -> Self {
        Self { inner, tables: Mutex::default(), read_after_write_delay, written_since_read: AtomicBool::new(false) }
    }

    /// Deletes every recorded table that still exists. Returns the errors of the tables that cannot be deleted.
    pub(crate) async fn delete_tables(&self) -> Vec<DriverError> {
        let tables: Vec<Name> = self.tables().iter().cloned().collect();
        let mut errors = Vec::new();
        for table in tables {
            let mut deleted = self.run(DeleteTable::new(&table)).await;
            if deleted.as_ref().is_err_and(DriverError::is_resource_in_use) {
                // A table that is still being created can be deleted once it is active. If waiting fails, deleting fails too.
                let _ = wait_for_table(&*self.inner, table.clone(), WaitFor::Active).await;
                deleted = self.run(DeleteTable::new(&table)).await;
            } else if deleted.as_ref().is_err_and(|error| *error.kind() == DriverErrorKind::Validation) {
                // The table has deletion protection. If that cannot be disabled, deleting fails again and reports the cause.
                let _ = self.run(UpdateTable::new(&table).deletion_protection(false)).await;
                deleted = self.run(DeleteTable::new(&table)).await;
            }
            match deleted {
                Err(error) if !error.is_resource_not_found() => errors.push(error),
                _ => {}
            }
        }
        errors
    }

    fn tables(&self) -> MutexGuard<'_, BTreeSet<Name>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn delay_read_after_write(&self, plan: &QueryPlan) {
        let writes = matches!(
            plan,
            QueryPlan::PutItem(_)
                | QueryPlan::UpdateItem(_)
                | QueryPlan::DeleteItem(_)
                | QueryPlan::BatchWriteItem(_)
                | QueryPlan::TransactWriteItems(_)
        );
        if writes {
            self.written_since_read.store(true, Ordering::Relaxed);
        } else if self.written_since_read.swap(false, Ordering::Relaxed) && !self.read_after_write_delay.is_zero() {
            tokio::time::sleep(self.read_after_write_delay).await;
        }
    }
}

#[async_trait]
impl Driver for TrackingDriver {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.delay_read_after_write(&plan).await;
        match &plan {
            QueryPlan::CreateTable(create) => {
                let name = create.schema.name.clone();
                // The name is recorded before the request, because the case may be aborted while it waits for the response.
                let is_new = self.tables().insert(name.clone());
                let result = self.inner.execute(plan).await;
                let is_absent = result.as_ref().is_err_and(|error| error.applied() == Applied::No);
                if is_absent && is_new {
                    self.tables().remove(&name);
                }
                result
            }
            QueryPlan::DeleteTable(delete) => {
                let name = delete.table.clone();
                let result = self.inner.execute(plan).await;
                if result.is_ok() {
                    self.tables().remove(&name);
                }
                result
            }
            _ => self.inner.execute(plan).await,
        }
    }
}

impl fmt::Debug for TrackingDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
