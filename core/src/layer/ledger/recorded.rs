//! The layer that records requests in a ledger.

use std::sync::Arc;

use async_trait::async_trait;

use super::Ledger;
use crate::driver::{Capability, Clock, Driver, DriverError};
use crate::layer::estimate::RequestEstimate;
use crate::plan::{Outcome, QueryPlan, ReturnConsumedCapacity};

/// A driver whose requests are recorded in a ledger.
///
/// Every request is sent with `ReturnConsumedCapacity::Indexes`. The caller receives only the detail that its plan requested.
#[derive(Debug)]
pub(super) struct Recorded<D> {
    inner: D,
    ledger: Ledger,
}

impl<D: Driver> Recorded<D> {
    pub(super) fn new(inner: D, ledger: Ledger) -> Self {
        Self { inner, ledger }
    }
}

#[async_trait]
impl<D: Driver> Driver for Recorded<D> {
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
        if plan == QueryPlan::Empty {
            return self.inner.execute(plan).await;
        }
        let requested = plan.return_consumed_capacity();
        let pending = PendingRequest { ledger: &self.ledger, estimate: Some(RequestEstimate::of(&plan)) };
        let plan = plan.with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let mut result = self.inner.execute(plan).await;
        pending.complete(&result);
        if let Ok(Outcome { metadata, .. }) = &mut result {
            let consumed = std::mem::take(&mut metadata.consumed_capacity);
            metadata.consumed_capacity =
                consumed.into_iter().filter_map(|capacity| capacity.reduced_to(requested)).collect();
        }
        result
    }
}

/// A request without a response so far. Dropping it records a request that may have been carried out.
struct PendingRequest<'a> {
    ledger: &'a Ledger,
    /// `None` once the request is recorded.
    estimate: Option<RequestEstimate>,
}

impl PendingRequest<'_> {
    fn complete(mut self, result: &Result<Outcome, DriverError>) {
        if let Some(estimate) = self.estimate.take() {
            self.ledger.with_totals(|totals| match result {
                Ok(outcome) => totals.record_success(&estimate, outcome),
                Err(error) => totals.record_failure(&estimate, error),
            });
        }
    }
}

impl Drop for PendingRequest<'_> {
    fn drop(&mut self) {
        if let Some(estimate) = self.estimate.take() {
            self.ledger.with_totals(|totals| totals.record_dropped(&estimate));
        }
    }
}
