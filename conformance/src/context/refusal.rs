//! Errors that a case expects.

use std::panic::Location;

use djamodb_core::driver::{Applied, CancellationReason, DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{Operation, QueryPlan};
use djamodb_core::value::{Item, Name};

use super::Context;
use crate::Failure;

/// As what an operation is refused: the kinds of error that no retry helps against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// [`DriverErrorKind::Validation`].
    Validation,
    /// [`DriverErrorKind::ResourceNotFound`].
    ResourceNotFound,
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

impl Refusal {
    fn is(self, kind: &DriverErrorKind) -> bool {
        match self {
            Self::Validation => matches!(kind, DriverErrorKind::Validation),
            Self::ResourceNotFound => matches!(kind, DriverErrorKind::ResourceNotFound),
            Self::ResourceInUse => matches!(kind, DriverErrorKind::ResourceInUse),
            Self::ConditionalCheckFailed => matches!(kind, DriverErrorKind::ConditionalCheckFailed { .. }),
            Self::TransactionCanceled => matches!(kind, DriverErrorKind::TransactionCanceled { .. }),
            Self::IdempotentParameterMismatch => matches!(kind, DriverErrorKind::IdempotentParameterMismatch),
            Self::LimitExceeded => matches!(kind, DriverErrorKind::LimitExceeded),
            Self::Unsupported => matches!(kind, DriverErrorKind::Unsupported),
        }
    }

    /// Fails unless `error` is this refusal of `operation`, told as the driver's contract demands.
    fn check(
        self,
        at: &'static Location<'static>,
        operation: &'static str,
        table: Option<&Name>,
        error: &DriverError,
    ) -> Result<(), Failure> {
        let wrong = |what: String| Err(Failure::at(at, format_args!("{what}: {error:?}")));
        if !self.is(error.kind()) {
            wrong(format!("refused, but not as {self:?}"))
        } else if error.operation() != operation {
            wrong(format!("the error does not name {operation}"))
        } else if error.table() != table {
            wrong(format!("the error does not name the table {table:?}"))
        } else if error.message().is_empty() {
            wrong("the error has no message".to_owned())
        } else if error.retryable() || error.applied() != Applied::No {
            wrong("the error asks for a retry, or says that something may have been written".to_owned())
        } else {
            Ok(())
        }
    }
}

impl Context {
    /// Carries out an operation that has to be refused, and gives the error.
    ///
    /// As the driver's contract demands, the error names the operation and the table, has a message, is not worth a retry and
    /// says that nothing was written.
    #[track_caller]
    pub fn refused<O: Operation + Clone>(
        &self,
        operation: O,
        refusal: Refusal,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.refused_at(Location::caller(), operation, refusal)
    }

    /// Carries out an operation that has to be refused as [`DriverErrorKind::Validation`].
    #[track_caller]
    pub fn invalid<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.refused_at(Location::caller(), operation, Refusal::Validation)
    }

    /// Carries out an operation whose table has to be missed: [`DriverErrorKind::ResourceNotFound`].
    #[track_caller]
    pub fn not_found<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<DriverError, Failure>> + Send {
        self.refused_at(Location::caller(), operation, Refusal::ResourceNotFound)
    }

    /// Carries out a write whose condition has to fail, and gives the item that the error tells.
    #[track_caller]
    pub fn condition_failed<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Option<Item>, Failure>> + Send {
        let at = Location::caller();
        async move {
            let error = self.refused_at(at, operation, Refusal::ConditionalCheckFailed).await?;
            match error.kind() {
                DriverErrorKind::ConditionalCheckFailed { item } => Ok(item.clone()),
                kind => Err(Failure::at(at, format_args!("refused as {kind:?}"))),
            }
        }
    }

    /// Carries out a transaction that has to be cancelled, and gives the reasons, in the order of its actions.
    #[track_caller]
    pub fn canceled<O: Operation + Clone>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Vec<Option<CancellationReason>>, Failure>> + Send {
        let refused = self.refused_at(Location::caller(), operation, Refusal::TransactionCanceled);
        async move { Ok(refused.await?.cancellation_reasons().to_vec()) }
    }

    pub(super) async fn refused_at<O: Operation + Clone>(
        &self,
        at: &'static Location<'static>,
        operation: O,
        refusal: Refusal,
    ) -> Result<DriverError, Failure> {
        let plan: QueryPlan = operation.clone().into();
        let table = plan.table().cloned();
        match self.driver().run(operation).await {
            Ok(_) => Err(Failure::at(at, format_args!("not refused as {refusal:?}: {plan:?}"))),
            Err(error) => refusal.check(at, O::NAME, table.as_ref(), &error).map(|()| error),
        }
    }
}
