//! What executes plans: the [`Driver`] trait and its contract.
//!
//! # The contract
//!
//! A driver MUST
//!
//! - carry out each [`QueryPlan`] as DynamoDB carries out the operation, or answer [`DriverErrorKind::Unsupported`], naming
//!   what it cannot do. It MUST NOT ignore a field that it does not understand.
//! - answer with the [`Output`](crate::plan::Output) of the same operation ([`QueryPlan::Empty`] with `Output::Empty`), and
//!   tell unprocessed keys and writes rather than drop or retry them: asking again is the business of [`crate::run`].
//! - classify failures by [`DriverErrorKind`], keep the service's message in [`DriverError::message`], say in
//!   [`DriverError::retryable`] whether the same request may succeed later, and in [`DriverError::applied`] whether a
//!   failed write may have been made all the same.
//! - be safe to drop: a future that is dropped leaves nothing half-done that could be told from a request that was never
//!   answered.
//!
//! A driver SHOULD retry throttled requests and broken connections itself, within the limits it was configured with, unless
//! its [`Capability`] says that it does not.

mod cancellation;
mod capability;
mod clock;
mod dispatch;
mod error;
#[cfg(test)]
pub(crate) mod recorded_events;
mod service_code;

pub use cancellation::{CancellationCode, CancellationReason, cancellation_message};
pub use capability::Capability;
pub use clock::{BoxFuture, Clock};
pub(crate) use dispatch::dispatch;
pub use error::{Applied, DriverError, DriverErrorKind};

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::plan::{Operation, Outcome, QueryPlan};

/// Executes plans. See the [module](self) for the contract.
#[async_trait]
pub trait Driver: Send + Sync + fmt::Debug + 'static {
    /// A short name for messages: `memory`.
    fn name(&self) -> &'static str;

    /// What this driver can do.
    fn capability(&self) -> Capability;

    /// The clock by which this driver, and all waiting on its behalf, lives.
    fn clock(&self) -> Arc<dyn Clock>;

    /// Carries out one plan.
    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError>;
}

#[async_trait]
impl<D: Driver + ?Sized> Driver for Arc<D> {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn capability(&self) -> Capability {
        (**self).capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        (**self).clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        (**self).execute(plan).await
    }
}

/// The typed layer over [`Driver::execute`].
pub trait DriverExt: Driver {
    /// Carries out one operation and gives its typed output.
    ///
    /// ```
    /// # use djamodb_core::driver::{Driver, DriverError, DriverExt};
    /// # use djamodb_core::plan::GetItem;
    /// # use djamodb_core::value::Item;
    /// async fn seattle(driver: &dyn Driver) -> Result<Option<Item>, DriverError> {
    ///     let key = Item::new().with("location", "Seattle");
    ///     Ok(driver.run(GetItem::new("weather", key)).await?.item)
    /// }
    /// ```
    fn run<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, DriverError>> + Send {
        let plan = operation.into();
        async move { output_of::<O>(dispatch(self, plan).await?) }
    }
}

impl<D: Driver + ?Sized> DriverExt for D {}

/// The typed output of an operation; an answer to another operation is [`DriverErrorKind::Contract`].
pub fn output_of<O: Operation>(outcome: Outcome) -> Result<O::Output, DriverError> {
    O::output(outcome.output).map_err(|answered| DriverError::contract(O::NAME, answered))
}
