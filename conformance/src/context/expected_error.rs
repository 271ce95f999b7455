//! Assertions on errors that a case expects.

use std::panic::Location;
use std::time::Duration;

use djamodb_core::driver::{Applied, CancellationReason, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{Operation, QueryPlan};
use djamodb_core::value::{Item, Name};

use super::Context;
use crate::Failure;

/// Highest number of retries after an internal error of the server, which says nothing about the request. DynamoDB Local returns one
/// at times for an `UpdateTable` that it usually refuses.
const INTERNAL_RETRIES_MAX: u32 = 3;
/// Pause before the first retry. Before the n-th retry it is n times as long.
const INTERNAL_RETRY_PAUSE: Duration = Duration::from_millis(50);

/// A kind of error that a case can expect: the kinds that a retry cannot resolve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ExpectedError {
    /// [`DriverErrorKind::Validation`].
    Validation,
    /// [`DriverErrorKind::ResourceNotFound`].
    ResourceNotFound,
    /// [`DriverErrorKind::PolicyNotFound`].
    PolicyNotFound,
    /// [`DriverErrorKind::ResourceInUse`].
    ResourceInUse,
    /// [`DriverErrorKind::ConditionalCheckFailed`].
    ConditionalCheckFailed,
    /// [`DriverErrorKind::TransactionCanceled`].
    TransactionCanceled,
    /// [`DriverErrorKind::IdempotentParameterMismatch`].
    IdempotentParameterMismatch,
    /// [`DriverErrorKind::LimitExceeded`].
    LimitExceeded,
    /// [`DriverErrorKind::Unsupported`].
    Unsupported,
}

impl ExpectedError {
    fn matches(self, kind: &DriverErrorKind) -> bool {
        match self {
            Self::Validation => matches!(kind, DriverErrorKind::Validation),
            Self::ResourceNotFound => matches!(kind, DriverErrorKind::ResourceNotFound),
            Self::PolicyNotFound => matches!(kind, DriverErrorKind::PolicyNotFound),
            Self::ResourceInUse => matches!(kind, DriverErrorKind::ResourceInUse),
            Self::ConditionalCheckFailed => matches!(kind, DriverErrorKind::ConditionalCheckFailed { .. }),
            Self::TransactionCanceled => matches!(kind, DriverErrorKind::TransactionCanceled { .. }),
            Self::IdempotentParameterMismatch => matches!(kind, DriverErrorKind::IdempotentParameterMismatch),
            Self::LimitExceeded => matches!(kind, DriverErrorKind::LimitExceeded),
            Self::Unsupported => matches!(kind, DriverErrorKind::Unsupported),
        }
    }

    /// Returns a failure unless `error` has this kind and all the properties that the driver contract requires of it.
    fn check(
        self,
        at: &'static Location<'static>,
        operation: &'static str,
        table: Option<&Name>,
        error: &DriverError,
    ) -> Result<(), Failure> {
        let fail = |message: String| Err(Failure::at(at, format_args!("{message}; received {error:?}")));
        if !self.matches(error.kind()) {
            fail(format!("expected an error of kind {self:?}"))
        } else if error.operation() != operation {
            fail(format!("expected an error that names the operation {operation}"))
        } else if error.table() != table {
            fail(format!("expected an error that names the table {table:?}"))
        } else if error.message().is_empty() {
            fail("expected an error with a message".to_owned())
        } else if error.retryable() || error.applied() != Applied::No {
            fail("expected an error that is not retryable and reports that nothing was written".to_owned())
        } else {
            Ok(())
        }
    }
}

impl Context {
    /// Runs an operation that must fail with an error of the kind `expected`, and returns the error.
    ///
    /// As the driver contract requires, the error must name the operation and the table, have a message, be not retryable and
    /// report that nothing was written. An internal error of the server is retried up to 3 times: a request that must be refused can be
    /// sent again.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the operation succeeds, or if the error lacks one of these properties.
    #[track_caller]
    pub fn expect_error<O: Operation + Clone>(
        &self,
        operation: O,
        expected: ExpectedError,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.expect_error_at(Location::caller(), operation, expected)
    }

    /// Runs an operation that must fail with [`DriverErrorKind::Validation`], and returns the error.
    ///
    /// # Errors
    ///
    /// See [`expect_error`](Self::expect_error).
    #[track_caller]
    pub fn expect_validation_error<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.expect_error_at(Location::caller(), operation, ExpectedError::Validation)
    }

    /// Runs an operation that must fail with [`DriverErrorKind::ResourceNotFound`], and returns the error.
    ///
    /// # Errors
    ///
    /// See [`expect_error`](Self::expect_error).
    #[track_caller]
    pub fn expect_resource_not_found<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.expect_error_at(Location::caller(), operation, ExpectedError::ResourceNotFound)
    }

    /// Runs a write whose condition must fail, and returns the existing item if the error contains it.
    ///
    /// # Errors
    ///
    /// See [`expect_error`](Self::expect_error).
    #[track_caller]
    pub fn expect_condition_failed<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Option<Item>, Failure>> + Send {
        let at = Location::caller();
        async move {
            let error = self.expect_error_at(at, operation, ExpectedError::ConditionalCheckFailed).await?;
            match error.kind() {
                DriverErrorKind::ConditionalCheckFailed { item } => Ok(item.clone()),
                kind => Err(Failure::at(at, format_args!("expected a failed condition; received {kind:?}"))),
            }
        }
    }

    /// Runs a transaction that must be cancelled, and returns the cancellation reasons in the order of its actions.
    ///
    /// # Errors
    ///
    /// See [`expect_error`](Self::expect_error).
    #[track_caller]
    pub fn expect_transaction_canceled<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Vec<Option<CancellationReason>>, Failure>> + Send {
        let canceled = self.expect_error_at(Location::caller(), operation, ExpectedError::TransactionCanceled);
        async move { Ok(canceled.await?.cancellation_reasons().to_vec()) }
    }

    pub(super) async fn expect_error_at<O: Operation + Clone>(
        &self,
        at: &'static Location<'static>,
        operation: O,
        expected: ExpectedError,
    ) -> Result<DriverError, Failure> {
        let plan: QueryPlan = operation.clone().into();
        let table = plan.table().cloned();
        let mut retries = 0;
        loop {
            match self.driver().run(operation.clone()).await {
                Ok(_) => {
                    let message =
                        format_args!("expected an error of kind {expected:?}; the operation succeeded: {plan:?}");
                    return Err(Failure::at(at, message));
                }
                Err(error) if retries < INTERNAL_RETRIES_MAX && matches!(error.kind(), DriverErrorKind::Internal) => {
                    retries += 1;
                    self.driver().clock().sleep(INTERNAL_RETRY_PAUSE * retries).await;
                }
                Err(error) => return expected.check(at, O::NAME, table.as_ref(), &error).map(|()| error),
            }
        }
    }
}
