//! The layer that delays requests to a rate.

use std::sync::Arc;

use async_trait::async_trait;

use super::RateLimiter;
use super::estimate::RequestEstimate;
use crate::driver::{Capability, Clock, Driver, DriverError};
use crate::plan::{Outcome, QueryPlan};

/// A driver that sends a request only when its rate limiter allows it.
#[derive(Debug)]
pub(crate) struct RateLimited<D> {
    inner: D,
    limiter: RateLimiter,
}

impl<D: Driver> RateLimited<D> {
    pub(crate) fn new(inner: D, limiter: RateLimiter) -> Self {
        Self { inner, limiter }
    }
}

#[async_trait]
impl<D: Driver> Driver for RateLimited<D> {
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
        let clock = self.inner.clock();
        self.limiter.acquire(&*clock).await;
        let estimate = RequestEstimate::of(&plan);
        let result = self.inner.execute(plan).await;
        self.limiter.record(estimate.units(&result), &*clock);
        result
    }
}
