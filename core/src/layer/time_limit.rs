//! The layer that bounds the time of requests.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::{Either, select};

use crate::driver::{Capability, Clock, Driver, DriverError, DriverErrorKind, OutOfRange, Timeouts, check_range};
use crate::plan::{Outcome, QueryPlan};

/// A driver that ends each request after a time, with [`DriverErrorKind::Timeout`]. Around [`Retry`](super::Retry), the time is that of
/// all attempts and of the waits between them.
///
/// A write that is ended may have been carried out, or may still be: its error is [`Applied::Unknown`](crate::driver::Applied::Unknown).
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_core::driver::{Driver, OutOfRange};
/// use djamodb_core::layer::{Retry, RetryPolicy, TimeLimit};
///
/// /// A driver that repeats requests, and ends each after 30 s.
/// fn patient(driver: impl Driver) -> Result<impl Driver, OutOfRange> {
///     TimeLimit::new(Retry::new(driver, RetryPolicy::default())?, Duration::from_secs(30))
/// }
/// ```
#[derive(Debug)]
pub struct TimeLimit<D> {
    inner: D,
    limit: Duration,
}

impl<D: Driver> TimeLimit<D> {
    /// Creates a layer around `inner`. The limit is from 1 ms to 1 h.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`], if the limit is not.
    pub fn new(inner: D, limit: Duration) -> Result<Self, OutOfRange> {
        check_range("operation_timeout", limit, &Timeouts::RANGE)?;
        Ok(Self { inner, limit })
    }
}

#[async_trait]
impl<D: Driver> Driver for TimeLimit<D> {
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
        let (operation, table) = (plan.operation(), plan.table().cloned());
        let end = self.inner.clock().sleep(self.limit);
        match select(pin!(self.inner.execute(plan)), end).await {
            Either::Left((result, _)) => result,
            Either::Right(((), _)) => {
                let message = format!("no response within the operation timeout of {:?}", self.limit);
                Err(DriverError::new(DriverErrorKind::Timeout, operation, message).on_table(table.as_ref()))
            }
        }
    }
}
