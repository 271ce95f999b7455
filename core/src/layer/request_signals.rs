//! The layer that calls receivers before and after each request.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::driver::{Applied, Capability, Clock, Driver, DriverError, DriverErrorKind};
use crate::plan::{Outcome, QueryPlan};

/// The error of a receiver of a signal. Every error converts into it, and so does text.
pub type SignalError = Box<dyn std::error::Error + Send + Sync>;

/// A receiver of the signals of requests, for [`Database::with_request_receiver`](crate::database::Database::with_request_receiver).
///
/// Each request of a call is one signal: a page of a query, a batch, an unprocessed remainder that is sent again. Attempts that a driver
/// repeats by itself are part of one request. These are the signals `pre_dynamodb_send` and `post_dynamodb_send` of PynamoDB.
#[async_trait]
pub trait RequestReceiver: Send + Sync + 'static {
    /// Is called before a request is sent.
    ///
    /// # Errors
    ///
    /// An error refuses the request. It is not sent, and the call ends with [`DriverErrorKind::Refused`] and the message of the error.
    async fn before_request(&self, plan: &QueryPlan) -> Result<(), SignalError> {
        let _ = plan;
        Ok(())
    }

    /// Is called with the result of a request.
    async fn after_request(&self, plan: &QueryPlan, result: &Result<Outcome, DriverError>) {
        let _ = (plan, result);
    }
}

/// A driver that calls a receiver before and after each request.
pub(crate) struct RequestSignals<D> {
    inner: D,
    receiver: Arc<dyn RequestReceiver>,
}

impl<D: Driver> RequestSignals<D> {
    pub(crate) fn new(inner: D, receiver: Arc<dyn RequestReceiver>) -> Self {
        Self { inner, receiver }
    }
}

#[async_trait]
impl<D: Driver> Driver for RequestSignals<D> {
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
        if let Err(error) = self.receiver.before_request(&plan).await {
            let message = format!("a receiver refused the request: {error}");
            let error = DriverError::new(DriverErrorKind::Refused, plan.operation(), message);
            return Err(error.on_table(plan.table()).with_applied(Applied::No));
        }
        let result = self.inner.execute(plan.clone()).await;
        self.receiver.after_request(&plan, &result).await;
        result
    }
}

impl<D: fmt::Debug> fmt::Debug for RequestSignals<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestSignals").field("inner", &self.inner).finish_non_exhaustive()
    }
}
