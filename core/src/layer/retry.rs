//! The layer that repeats failed requests.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Backoff, RetryPolicy};
use crate::driver::{Applied, Capability, Clock, Driver, DriverError, OutOfRange};
use crate::plan::{Outcome, QueryPlan};

/// A driver that repeats requests after [retryable](DriverError::retryable) errors, with capped exponential backoff and full
/// jitter. Use it around drivers whose capability lacks [`retries_requests`](Capability::retries_requests).
///
/// A write whose response was lost may have been carried out. It is repeated only if the plan is
/// [idempotent](QueryPlan::is_idempotent). Otherwise its error is returned with [`Applied::Unknown`], as is the error of every
/// later attempt of such a request.
///
/// A transaction without a client request token receives one, the same for all attempts, so that it is repeated too. A
/// transaction that was cancelled only because of other writes to its items, and a single write that such a transaction refused,
/// are repeated as throttled requests are.
///
/// [`Metadata::attempts`](crate::plan::Metadata::attempts) of the outcome counts all attempts, and
/// [`Metadata::lost_attempts`](crate::plan::Metadata::lost_attempts) those whose response was lost.
///
/// A service that is overloaded may require a wait before the next attempt, see [`DriverError::retry_after`]. The layer waits at least as
/// long. If that is longer than [`RetryPolicy::cap`], it returns the error at once instead.
///
/// ```
/// use djamodb_core::driver::{Driver, OutOfRange};
/// use djamodb_core::layer::{Retry, RetryPolicy};
///
/// fn patient(driver: impl Driver) -> Result<Retry<impl Driver>, OutOfRange> {
///     Retry::new(driver, RetryPolicy { attempts_max: 20, ..RetryPolicy::default() })
/// }
/// ```
#[derive(Debug)]
pub struct Retry<D> {
    inner: D,
    policy: RetryPolicy,
}

impl<D: Driver> Retry<D> {
    /// Creates a layer around `inner`.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`], if the policy is outside of its ranges.
    pub fn new(inner: D, policy: RetryPolicy) -> Result<Self, OutOfRange> {
        policy.check()?;
        Ok(Self { inner, policy })
    }

    /// Creates a layer with the default policy.
    pub fn with_default_policy(inner: D) -> Self {
        Self { inner, policy: RetryPolicy::default() }
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
        let plan = plan.with_client_request_token(|| clock.seed());
        let mut backoff: Option<Backoff> = None;
        let mut lost_attempts: u32 = 0;
        let mut failed_attempts: u32 = 0;
        loop {
            let mut error = match self.inner.execute(plan.clone()).await {
                Ok(mut outcome) => {
                    if failed_attempts > 0 {
                        let attempts = &mut outcome.metadata.attempts;
                        *attempts = failed_attempts.saturating_add((*attempts).max(1));
                        let lost = &mut outcome.metadata.lost_attempts;
                        *lost = lost.saturating_add(lost_attempts);
                    }
                    return Ok(outcome);
                }
                Err(error) => error,
            };
            failed_attempts = failed_attempts.saturating_add(1);
            // A rejected attempt does not undo an earlier one whose response was lost.
            lost_attempts = lost_attempts.saturating_add(error.may_be_processed().into());
            let may_be_applied = lost_attempts > 0;
            if may_be_applied {
                error = error.with_applied(Applied::Unknown);
            }
            let may_be_repeated = error.retryable() && (!may_be_applied || plan.is_idempotent());
            let backoff = backoff.get_or_insert_with(|| Backoff::new(self.policy, clock.seed()));
            let wait = if may_be_repeated { backoff.next_wait() } else { None };
            let Some(wait) = wait else { return Err(error) };
            // The service may require a longer wait than the backoff, but not one beyond the policy.
            let required = error.retry_after().unwrap_or_default();
            if required > self.policy.cap {
                return Err(error);
            }
            let wait = wait.max(required);
            tracing::debug!(target: "djamodb::retry", %error, failed_attempts, ?wait, "repeating request");
            clock.sleep(wait).await;
        }
    }
}
