//! The [`Driver`] trait and its contract. A driver executes plans; core plans, a driver talks to a service.
//!
//! # The contract
//!
//! The key words are to be read as in [RFC 2119](https://www.rfc-editor.org/rfc/rfc2119).
//!
//! ## Requests
//!
//! - A driver MUST execute each [`QueryPlan`] with the meaning that the operation of the same name has in DynamoDB.
//! - It MUST NOT ignore a field of a plan. A driver that cannot honour a field MUST return
//!   [`DriverErrorKind::Unsupported`] with the field in its message. Where [`Capability`] has a flag for the feature, the flag
//!   MUST be `false`; plans that need the feature are then refused before they reach the driver.
//! - It MUST send at most one request per plan, apart from repeated attempts. It MUST NOT follow `LastEvaluatedKey`, repeat
//!   unprocessed keys or writes, or split batches. The state machines in [`run`](crate::run) do this for every driver.
//! - It MUST accept plans from several tasks concurrently.
//!
//! ## Responses
//!
//! - The [`Outcome`] MUST contain the [`Output`](crate::plan::Output) of the operation that was executed, and
//!   [`Output::Empty`](crate::plan::Output::Empty) for [`QueryPlan::Empty`].
//! - Unprocessed keys and writes MUST be returned in the output. A response with keys or writes of a table that was not requested
//!   MUST be refused, see [`ResponseTables`].
//! - A response that lacks what the operation returns MUST be refused as [`DriverErrorKind::Internal`] with
//!   [`Applied::Unknown`], not read as an empty one. Over HTTP this includes empty bodies and errors with the status of a success, see
//!   [`check_success_body`].
//! - Consumed capacity MUST be returned as far as the plan requests it and the service reports it. A driver MUST NOT estimate
//!   it; an empty list means "not reported".
//! - [`Metadata::attempts`](crate::plan::Metadata::attempts) and [`request_id`](crate::plan::Metadata::request_id) SHOULD be
//!   set if they are known.
//!
//! ## Errors
//!
//! Layers, state machines and users decide by the error whether to repeat a request. Its classification MUST be right:
//!
//! | part of the error | rule |
//! |---|---|
//! | [`kind`](DriverError::kind) | MUST follow the service's error code, see [`DriverErrorKind::of_service_code`], or the HTTP status where there is none, see [`DriverErrorKind::of_http_status`] |
//! | [`message`](DriverError::message) | MUST be the service's message, unchanged, where there is one |
//! | [`table`](DriverError::table) | SHOULD be the table of the plan, see [`QueryPlan::table`] |
//! | [`applied`](DriverError::applied) | MUST be [`Applied::Unknown`] unless it is certain that a write was not carried out. A request that never left the client, and a response with an error of the client (4xx), are certain. A timeout, a broken connection and an internal error are not. Set it for reads too: users see [`Applied::No`], but the ledger counts the units of reads that may have been processed |
//! | [`retry_after`](DriverError::retry_after) | MUST be set if the service requires a wait, in HTTP by a header, see [`retry_after()`] |
//! | [`request_id`](DriverError::request_id) | SHOULD be set if a response arrived |
//!
//! ## Attempts
//!
//! - A driver SHOULD repeat throttled requests and requests on broken connections itself, within its configured bounds, and
//!   then set [`Capability::retries_requests`]. [`layer::Retry`](crate::layer::Retry) adds this to drivers that do not.
//! - It MUST NOT repeat a write that may have been carried out, unless the plan is
//!   [idempotent](QueryPlan::is_idempotent).
//! - A driver that repeats requests MUST give a transaction without a client request token one, the same for all attempts: see
//!   [`QueryPlan::with_client_request_token`].
//! - Once one attempt of a request has ended with [`Applied::Unknown`], the errors of all later attempts MUST be
//!   [`Applied::Unknown`] as well, and the outcome of a later attempt MUST count the lost ones in
//!   [`Metadata::lost_attempts`](crate::plan::Metadata::lost_attempts).
//!
//! ## Bounds
//!
//! - A driver MUST end each request within a configurable time, see [`Timeouts`]. [`layer::TimeLimit`](crate::layer::TimeLimit) adds this
//!   to drivers that do not.
//! - It MUST bound the size of the responses that it reads.
//!
//! ## Cancellation
//!
//! - Dropping the future of [`Driver::execute`] MUST be safe at any time. The request may or may not be carried out, exactly as
//!   if its response was lost; later requests MUST NOT be affected.
//!
//! # How to write a driver
//!
//! Implement [`Driver`] and pass it to [`Database::new`](crate::database::Database::new). The crate `djamodb-conformance` runs
//! a driver through the cases that hold every driver to the same behaviour.
//!
//! ```
//! use std::sync::Arc;
//!
//! use async_trait::async_trait;
//! use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
//! use djamodb_core::plan::{GetItemOutput, Outcome, QueryPlan};
//!
//! /// A driver of a database without items.
//! #[derive(Debug)]
//! struct EmptyDriver {
//!     clock: Arc<dyn Clock>,
//! }
//!
//! #[async_trait]
//! impl Driver for EmptyDriver {
//!     fn name(&self) -> &'static str {
//!         "empty"
//!     }
//!
//!     fn capability(&self) -> Capability {
//!         Capability::default()
//!     }
//!
//!     fn clock(&self) -> Arc<dyn Clock> {
//!         self.clock.clone()
//!     }
//!
//!     async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
//!         match plan {
//!             QueryPlan::GetItem(_) => Ok(GetItemOutput::default().into()),
//!             plan => Err(DriverError::unsupported(self.name(), plan.operation()).on_table(plan.table())),
//!         }
//!     }
//! }
//! ```

mod cancellation;
mod capability;
mod clock;
mod dispatch;
mod error;
mod json_members;
mod redacted_url;
mod request_span;
mod response_size;
mod response_tables;
mod retry_after;
mod service_code;
mod setting_range;
mod success_body;
mod throttling_reason;
mod timeouts;
mod update_refusal;

pub use cancellation::{CancellationCode, CancellationReason, cancellation_message};
pub use capability::Capability;
pub use clock::{BoxFuture, Clock};
pub(crate) use dispatch::dispatch;
pub(crate) use error::is_read;
pub use error::{Applied, DriverError, DriverErrorKind};
pub use redacted_url::redacted_url;
pub use response_size::{DEFAULT_RESPONSE_BYTES_MAX, RESPONSE_BYTES_RANGE};
pub use response_tables::ResponseTables;
pub use retry_after::retry_after;
pub use setting_range::{OutOfRange, check_range};
pub use success_body::{InvalidBody, check_success_body};
pub use throttling_reason::{ThrottledAccess, ThrottlingLimit, ThrottlingReason};
pub use timeouts::Timeouts;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::plan::{Operation, Outcome, QueryPlan};

/// Executes plans. Implementations must keep to the [contract](self).
///
/// Callers use [`DriverExt::run`], which also checks the driver's capability and opens the tracing span of the request.
#[async_trait]
pub trait Driver: Send + Sync + fmt::Debug + 'static {
    /// Returns a short name for messages and traces, `memory` for example.
    fn name(&self) -> &'static str;

    /// Returns the optional features of this driver.
    fn capability(&self) -> Capability;

    /// Returns the clock of this driver. All waits and timestamps of requests on this driver use it.
    fn clock(&self) -> Arc<dyn Clock>;

    /// Sends the request of one plan and waits for its response.
    ///
    /// # Errors
    ///
    /// A [`DriverError`] classified as the [contract](self) says.
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

/// Typed execution of operations, implemented for all drivers.
pub trait DriverExt: Driver {
    /// Executes one operation and returns its typed output.
    ///
    /// # Errors
    ///
    /// - [`DriverErrorKind::Unsupported`], if the driver lacks the operation or one of its arguments. Nothing is sent.
    /// - [`DriverErrorKind::Contract`], if the driver returns the output of another operation.
    /// - Any other [`DriverErrorKind`], as the driver reports it.
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

/// Returns the typed output of an operation.
///
/// # Errors
///
/// [`DriverErrorKind::Contract`], if the outcome belongs to another operation.
pub fn output_of<O: Operation>(outcome: Outcome) -> Result<O::Output, DriverError> {
    O::output(outcome.output).map_err(|returned| DriverError::contract(O::NAME, returned))
}
