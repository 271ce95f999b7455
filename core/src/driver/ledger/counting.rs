//! The driver around a driver that counts.

use std::sync::Arc;

use async_trait::async_trait;

use super::Ledger;
use crate::driver::estimate::Expected;
use crate::driver::{Capability, Clock, Driver, DriverError};
use crate::plan::{Outcome, QueryPlan, ReturnConsumedCapacity};

/// Counts what goes through it.
#[derive(Debug)]
pub(super) struct Counting<D> {
    inner: D,
    ledger: Ledger,
}

impl<D: Driver> Counting<D> {
    pub(super) fn new(inner: D, ledger: Ledger) -> Self {
        Self { inner, ledger }
    }
}

#[async_trait]
impl<D: Driver> Driver for Counting<D> {
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
        let asked = plan.return_consumed_capacity();
        let request = UnderWay { ledger: &self.ledger, expected: Some(Expected::of(&plan)) };
        let plan = plan.with_return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let mut answer = self.inner.execute(plan).await;
        request.ended(&answer);
        if let Ok(Outcome { metadata, .. }) = &mut answer {
            let told = std::mem::take(&mut metadata.consumed_capacity);
            metadata.consumed_capacity = told.into_iter().filter_map(|capacity| capacity.reduced_to(asked)).collect();
        }
        answer
    }
}

/// A request that has not been answered yet. When it is dropped so, it may have been carried out all the same.
struct UnderWay<'a> {
    ledger: &'a Ledger,
    expected: Option<Expected>,
}

impl UnderWay<'_> {
    fn ended(mut self, answer: &Result<Outcome, DriverError>) {
        if let Some(expected) = self.expected.take() {
            self.ledger.with(|book| match answer {
                Ok(outcome) => book.succeeded(&expected, outcome),
                Err(error) => book.failed(&expected, error),
            });
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if let Some(expected) = self.expected.take() {
            self.ledger.with(|book| book.lost(&expected));
        }
    }
}
