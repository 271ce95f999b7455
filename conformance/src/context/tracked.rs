//! The driver that a case sees: the one under test, and a list of the tables that it created.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use djamodb_core::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{DeleteTable, Outcome, QueryPlan, UpdateTable};
use djamodb_core::run::{TableWait, WaitFor, advance};
use djamodb_core::value::Name;

/// Passes everything on, and remembers which tables are there.
pub(crate) struct Tracked {
    inner: Arc<dyn Driver>,
    tables: Mutex<BTreeSet<Name>>,
    settle: Duration,
    unsettled: AtomicBool,
}

impl Tracked {
    pub(crate) fn new(inner: Arc<dyn Driver>, settle: Duration) -> Self {
        Self { inner, tables: Mutex::default(), settle, unsettled: AtomicBool::new(false) }
    }

    /// Deletes every table that was created and is still there. Gives what could not be deleted.
    pub(crate) async fn delete_tables(&self) -> Vec<DriverError> {
        let tables: Vec<Name> = self.tables().iter().cloned().collect();
        let mut errors = Vec::new();
        for table in tables {
            let mut deleted = self.run(DeleteTable::new(&table)).await;
            if deleted.as_ref().is_err_and(DriverError::is_resource_in_use) {
                // A table that is still being created can be deleted once it is there; if waiting fails, so does deleting.
                let _ = advance(&*self.inner, &mut TableWait::new(table.clone(), WaitFor::Active)).await;
                deleted = self.run(DeleteTable::new(&table)).await;
            } else if deleted.as_ref().is_err_and(|error| *error.kind() == DriverErrorKind::Validation) {
                // It is protected. If that cannot be ended, deleting fails again and says so.
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

    /// Waits before the first read after a write, where reads lag behind.
    async fn settle_before(&self, plan: &QueryPlan) {
        let writes = matches!(
            plan,
            QueryPlan::PutItem(_)
                | QueryPlan::UpdateItem(_)
                | QueryPlan::DeleteItem(_)
                | QueryPlan::BatchWriteItem(_)
                | QueryPlan::TransactWriteItems(_)
        );
        if writes {
            self.unsettled.store(true, Ordering::Relaxed);
        } else if self.unsettled.swap(false, Ordering::Relaxed) && !self.settle.is_zero() {
            tokio::time::sleep(self.settle).await;
        }
    }
}

#[async_trait]
impl Driver for Tracked {
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
        self.settle_before(&plan).await;
        match &plan {
            QueryPlan::CreateTable(create) => {
                let name = create.schema.name.clone();
                // Before it is there, since the case may be stopped while it waits for the answer.
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

impl fmt::Debug for Tracked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
