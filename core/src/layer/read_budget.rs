//! The layer that ends reading once a budget of read units is used.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::estimate::RequestEstimate;
use super::lock;
use crate::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind, check_range};
use crate::plan::{Outcome, QueryPlan, UnitKind};

/// A driver that refuses reads with [`DriverErrorKind::BudgetExceeded`] once its budget is used. Other requests pass.
///
/// The units of a request are known only from its response. A request is therefore sent as long as any part of the budget is
/// left, and may exceed it.
#[derive(Debug)]
pub(crate) struct ReadBudgeted<D> {
    inner: D,
    read_units_max: f64,
    read_units_used: Mutex<f64>,
}

impl<D: Driver> ReadBudgeted<D> {
    pub(crate) fn new(inner: D, read_units_max: f64) -> Self {
        Self { inner, read_units_max, read_units_used: Mutex::new(0.0) }
    }

    fn check(&self, plan: &QueryPlan) -> Result<(), DriverError> {
        if let Err(invalid) = check_range("ScanPolicy::Budget", self.read_units_max, &(0.0..=f64::INFINITY)) {
            return Err(DriverError::validation(plan.operation(), invalid.to_string()).on_table(plan.table()));
        }
        let used = *lock(&self.read_units_used);
        if used < self.read_units_max {
            return Ok(());
        }
        let message = format!(
            "the scan used {used} read units of the {} that ScanPolicy::Budget allows and did not reach its end; \
             set a hash key, read page by page, or raise the budget",
            self.read_units_max
        );
        Err(DriverError::new(DriverErrorKind::BudgetExceeded, plan.operation(), message).on_table(plan.table()))
    }
}

#[async_trait]
impl<D: Driver> Driver for ReadBudgeted<D> {
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
        if plan.unit_kind() != Some(UnitKind::Read) {
            return self.inner.execute(plan).await;
        }
        self.check(&plan)?;
        let estimate = RequestEstimate::of(&plan);
        let result = self.inner.execute(plan).await;
        *lock(&self.read_units_used) += estimate.units(&result);
        result
    }
}
