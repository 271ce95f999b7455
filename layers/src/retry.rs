//! Trying again.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Applied, Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_core::run::{Backoff, RetryPolicy};

/// Tries again what failed for a passing reason, with capped exponential backoff and full jitter.
///
/// A write whose answer was lost may have been made. It is sent again only if making it twice is the same as making it once
/// ([`QueryPlan::is_idempotent`]); otherwise its error is given back, which says that it may have been made.
#[derive(Debug)]
pub struct Retry<D> {
    inner: D,
    policy: RetryPolicy,
}

impl<D: Driver> Retry<D> {
    /// A layer around a driver.
    pub fn new(inner: D, policy: RetryPolicy) -> Self {
        Self { inner, policy }
    }
}

#[async_trait]
impl<D: Driver> Driver for Retry<D> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn capability(&self) -> Capability {
        let mut capability = self.inner.capability();
        capability.retries_requests = true;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let clock = self.inner.clock();
        let mut backoff: Option<Backoff> = None;
        let mut may_be_applied = false;
        loop {
            let mut error = match self.inner.execute(plan.clone()).await {
                Ok(outcome) => return Ok(outcome),
                Err(error) => error,
            };
            // An attempt that was refused does not undo an earlier one whose answer was lost.
            may_be_applied |= error.applied() == Applied::Unknown;
            if may_be_applied {
                error = error.with_applied(Applied::Unknown);
            }
            let may_be_sent_again = error.retryable() && (!may_be_applied || plan.is_idempotent());
            let backoff = backoff.get_or_insert_with(|| Backoff::new(self.policy, clock.seed()));
            let wait = if may_be_sent_again { backoff.next_wait() } else { None };
            let Some(wait) = wait else { return Err(error) };
            tracing::debug!(%error, ?wait, "trying again");
            // The service knows best how long it wants to be left alone.
            clock.sleep(error.retry_after().unwrap_or_default().max(wait)).await;
        }
    }
}
