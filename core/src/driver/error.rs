//! The error of a request.

use std::fmt;
use std::time::Duration;

use super::{CancellationReason, ThrottlingReason};
use crate::value::{Item, Name};

/// The error of a request: its [kind](Self::kind) together with the operation, the table, and the service's message and
/// request id.
///
/// Match on the kind, never on the message. Messages come from the service and change.
///
/// ```
/// use djamodb_core::driver::{DriverError, DriverErrorKind};
///
/// let error = DriverError::new(DriverErrorKind::Throttled, "GetItem", "Rate exceeded");
/// let error = error.on_table(Some(&"weather".into())).with_request_id("7A2F");
/// assert!(error.retryable());
/// assert_eq!(error.to_string(), "GetItem on table weather: Rate exceeded (request 7A2F)");
/// ```
#[derive(Clone, PartialEq)]
pub struct DriverError(Box<ErrorDetails>);

#[derive(Clone, PartialEq, Debug)]
struct ErrorDetails {
    kind: DriverErrorKind,
    operation: &'static str,
    table: Option<Name>,
    message: String,
    applied: Applied,
    retry_after: Option<Duration>,
    request_id: Option<String>,
    advice: Option<String>,
    throttling_reasons: Vec<ThrottlingReason>,
}

/// The cause of a [`DriverError`].
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum DriverErrorKind {
    /// The item does not satisfy the condition of the write. Nothing was written.
    ConditionalCheckFailed {
        /// The stored item, if the write requested it and it exists.
        item: Option<Item>,
    },
    /// The transaction was cancelled. Nothing was written.
    TransactionCanceled {
        /// One entry per action, in their order. `None` for actions that are no reason for the cancellation.
        reasons: Vec<Option<CancellationReason>>,
    },
    /// A transaction is writing to the item. Retryable.
    TransactionConflict,
    /// A transaction with the same client request token is still in progress. Retryable.
    TransactionInProgress,
    /// The client request token belongs to a transaction with other parameters.
    IdempotentParameterMismatch,
    /// The table, index or stream does not exist.
    ResourceNotFound,
    /// The table or stream has no resource-based policy, or one of another revision than the request expects.
    PolicyNotFound,
    /// The table already exists, or its definition is being changed.
    ResourceInUse,
    /// The item collection of the hash key would exceed 10 GB.
    ItemCollectionSizeLimitExceeded,
    /// A limit of the AWS account is reached.
    LimitExceeded,
    /// The stream records at this position are older than 24 hours and no longer kept. Continue at the oldest record.
    TrimmedDataAccess,
    /// The shard iterator is older than 15 minutes. Request a new one.
    ExpiredIterator,
    /// The request rate exceeds the throughput of the table or the account. Retryable. See
    /// [`throttling_reasons`](DriverError::throttling_reasons).
    Throttled,
    /// The request is malformed or violates a rule of DynamoDB.
    Validation,
    /// No response arrived within the configured time. Retryable.
    Timeout,
    /// The endpoint is unreachable, or the connection broke. Retryable.
    Connection,
    /// Credentials are missing, invalid or expired, or lack a permission.
    Unauthorized,
    /// The read units of [`ScanPolicy::Budget`](crate::database::ScanPolicy::Budget) are used. The request was not sent.
    BudgetExceeded,
    /// A [receiver](crate::layer::RequestReceiver) refused the request. It was not sent.
    Refused,
    /// The driver does not support the operation or one of its arguments. The request was not sent.
    Unsupported,
    /// The response is not one to the request: it is the output of another operation, holds keys or writes that were not requested, or
    /// returns an earlier page token again. This is a bug in the driver or the service.
    Contract,
    /// The service reported an internal error. Retryable.
    Internal,
}

/// The effect of a failed request. Only writes have an effect, so that it is always [`No`](Self::No) for reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applied {
    /// The write was not carried out.
    No,
    /// The write may have been carried out, since its response was lost.
    Unknown,
}

impl DriverErrorKind {
    /// Returns the name of the kind, `Throttled` for example. It contains no data of the request, so it fits labels of metrics
    /// and traces.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::ConditionalCheckFailed { .. } => "ConditionalCheckFailed",
            Self::TransactionCanceled { .. } => "TransactionCanceled",
            Self::TransactionConflict => "TransactionConflict",
            Self::TransactionInProgress => "TransactionInProgress",
            Self::IdempotentParameterMismatch => "IdempotentParameterMismatch",
            Self::ResourceNotFound => "ResourceNotFound",
            Self::PolicyNotFound => "PolicyNotFound",
            Self::ResourceInUse => "ResourceInUse",
            Self::ItemCollectionSizeLimitExceeded => "ItemCollectionSizeLimitExceeded",
            Self::LimitExceeded => "LimitExceeded",
            Self::TrimmedDataAccess => "TrimmedDataAccess",
            Self::ExpiredIterator => "ExpiredIterator",
            Self::Throttled => "Throttled",
            Self::Validation => "Validation",
            Self::Timeout => "Timeout",
            Self::Connection => "Connection",
            Self::Unauthorized => "Unauthorized",
            Self::BudgetExceeded => "BudgetExceeded",
            Self::Refused => "Refused",
            Self::Unsupported => "Unsupported",
            Self::Contract => "Contract",
            Self::Internal => "Internal",
        }
    }

    /// Returns `true` if the same request may succeed later.
    ///
    /// A cancelled transaction is retryable if each of its reasons is, for example if all of them are conflicts with other
    /// writes of the same items.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Throttled
            | Self::TransactionConflict
            | Self::TransactionInProgress
            | Self::Timeout
            | Self::Connection
            | Self::Internal => true,
            Self::TransactionCanceled { reasons } => {
                let mut reasons = reasons.iter().flatten().peekable();
                reasons.peek().is_some() && reasons.all(|reason| reason.code.retryable())
            }
            _ => false,
        }
    }
}

impl DriverError {
    /// Creates an error of an operation. `message` is the service's message where there is one.
    ///
    /// [`applied`](Self::applied) is [`Applied::Unknown`] for timeouts, broken connections and internal errors, and
    /// [`Applied::No`] for all other kinds. Change it with [`with_applied`](Self::with_applied).
    pub fn new(kind: DriverErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        let applied = match kind {
            DriverErrorKind::Timeout | DriverErrorKind::Connection | DriverErrorKind::Internal => Applied::Unknown,
            _ => Applied::No,
        };
        Self(Box::new(ErrorDetails {
            kind,
            operation,
            table: None,
            message: message.into(),
            applied,
            retry_after: None,
            request_id: None,
            advice: None,
            throttling_reasons: Vec::new(),
        }))
    }

    /// Creates a [`Validation`](DriverErrorKind::Validation) error with the service's message.
    pub fn validation(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(DriverErrorKind::Validation, operation, message)
    }

    /// Creates an [`Unsupported`](DriverErrorKind::Unsupported) error for an operation that the driver lacks.
    pub fn unsupported(driver: &str, operation: &'static str) -> Self {
        let message = format!("the {driver} driver does not support {operation}");
        Self::new(DriverErrorKind::Unsupported, operation, message)
    }

    pub(super) fn contract(operation: &'static str, returned: &'static str) -> Self {
        let message = format!(
            "the driver returned the output of {returned} for {operation}; this is a bug in the driver, report it to its author"
        );
        Self::new(DriverErrorKind::Contract, operation, message).with_applied(Applied::Unknown)
    }

    /// Sets the table that the operation named.
    #[must_use]
    pub fn on_table(mut self, table: Option<&Name>) -> Self {
        self.0.table = table.cloned();
        self
    }

    /// Sets whether a failed write may have been carried out.
    #[must_use]
    pub fn with_applied(mut self, applied: Applied) -> Self {
        self.0.applied = applied;
        self
    }

    /// Sets the wait that the service requires before the next attempt.
    #[must_use]
    pub fn with_retry_after(mut self, duration: Duration) -> Self {
        self.0.retry_after = Some(duration);
        self
    }

    /// Sets the service's id of the request.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.0.request_id = Some(request_id.into());
        self
    }

    /// Adds advice to the error: a fact that the service does not know, and the way out.
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = Some(advice.into());
        self
    }

    /// Sets the reasons for which the service throttled the request.
    #[must_use]
    pub fn with_throttling_reasons(mut self, reasons: Vec<ThrottlingReason>) -> Self {
        self.0.throttling_reasons = reasons;
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> &DriverErrorKind {
        &self.0.kind
    }

    /// Returns the name of the operation in DynamoDB's API.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Returns the table, or `None` if the operation names no table or several.
    pub fn table(&self) -> Option<&Name> {
        self.0.table.as_ref()
    }

    /// Returns the service's message.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns whether a failed write may have been carried out. Reads are always [`Applied::No`].
    ///
    /// ```
    /// use djamodb_core::driver::{Applied, DriverError, DriverErrorKind};
    ///
    /// let lost = |operation| DriverError::new(DriverErrorKind::Timeout, operation, "no response arrived");
    /// assert_eq!(lost("PutItem").applied(), Applied::Unknown);
    /// assert_eq!(lost("GetItem").applied(), Applied::No);
    /// ```
    pub fn applied(&self) -> Applied {
        if is_read(self.operation()) { Applied::No } else { self.0.applied }
    }

    /// Returns `true` if the service may have processed the request, and so may have consumed capacity. Unlike
    /// [`applied`](Self::applied), this includes reads.
    pub(crate) fn may_be_processed(&self) -> bool {
        self.0.applied == Applied::Unknown
    }

    /// Returns the wait that the service requires before the next attempt, or `None` if it requires none.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the service's id of the request, to be quoted to AWS Support, or `None` if no response arrived.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the advice of the caller, or `None` if there is none. Calls on models give it where the model explains the error, for
    /// example that the table must be created first, or which edits the stored item does not allow.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = djamodb::connect("memory://").await?;
    /// let Err(djamodb::Error::Driver(error)) = Weather::objects().set_hash_key("Seattle").all(&db).await else {
    ///     panic!("there is no table")
    /// };
    /// assert_eq!(error.message(), "Requested resource not found");
    /// assert!(error.advice().is_some_and(|advice| advice.contains("create_table::<Weather>()")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn advice(&self) -> Option<&str> {
        self.0.advice.as_deref()
    }

    /// Returns `true` if the same request may succeed later, see [`DriverErrorKind::retryable`].
    pub fn retryable(&self) -> bool {
        self.0.kind.retryable()
    }

    /// Returns `true` if the condition of a single write failed. A transaction is cancelled instead, see
    /// [`cancellation_reasons`](Self::cancellation_reasons).
    pub fn is_conditional_check_failed(&self) -> bool {
        matches!(self.0.kind, DriverErrorKind::ConditionalCheckFailed { .. })
    }

    /// Returns the reasons of a cancelled transaction in the order of its actions. Returns an empty slice for other errors.
    pub fn cancellation_reasons(&self) -> &[Option<CancellationReason>] {
        match &self.0.kind {
            DriverErrorKind::TransactionCanceled { reasons } => reasons,
            _ => &[],
        }
    }

    /// Returns the reasons for which the service throttled the request. Returns an empty slice if it gave none, as DynamoDB Local does, and
    /// for other errors.
    ///
    /// ```
    /// use djamodb_core::driver::{DriverError, DriverErrorKind, ThrottlingReason};
    ///
    /// let reason = ThrottlingReason::new("TableReadProvisionedThroughputExceeded");
    /// let error = DriverError::new(DriverErrorKind::Throttled, "Query", "slow down").with_throttling_reasons(vec![reason]);
    /// assert_eq!(error.throttling_reasons().len(), 1);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "Query: slow down: reads exceed the provisioned throughput (TableReadProvisionedThroughputExceeded); provision more \
    ///      units, or use auto scaling"
    /// );
    /// ```
    pub fn throttling_reasons(&self) -> &[ThrottlingReason] {
        &self.0.throttling_reasons
    }

    /// Returns `true` if the table, index or stream does not exist.
    pub fn is_resource_not_found(&self) -> bool {
        self.0.kind == DriverErrorKind::ResourceNotFound
    }

    /// Returns `true` if the table already exists or its definition is being changed.
    pub fn is_resource_in_use(&self) -> bool {
        self.0.kind == DriverErrorKind::ResourceInUse
    }
}

/// Returns `true` if the operation changes nothing.
pub(crate) fn is_read(operation: &str) -> bool {
    matches!(operation, "BatchGetItem" | "Query" | "Scan" | "TransactGetItems")
        || ["Get", "Describe", "List"].iter().any(|prefix| operation.starts_with(prefix))
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation())?;
        if let Some(table) = self.table() {
            write!(f, " on table {table}")?;
        }
        write!(f, ": {}", self.message())?;
        for reason in self.throttling_reasons() {
            write!(f, ": {reason}")?;
        }
        if self.applied() == Applied::Unknown {
            f.write_str(" (the request may have been carried out)")?;
        }
        if let Some(request_id) = self.request_id() {
            write!(f, " (request {request_id})")?;
        }
        if let Some(advice) = self.advice() {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.debug_tuple("DriverError").field(&self.0).finish() } else { fmt::Display::fmt(self, f) }
    }
}

impl std::error::Error for DriverError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_failed_writes_may_have_been_carried_out() {
        let lost = |operation| DriverError::new(DriverErrorKind::Timeout, operation, "no response arrived");
        for read in [
            "GetItem",
            "BatchGetItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "DescribeTable",
            "DescribeTimeToLive",
            "ListTables",
            "ListTagsOfResource",
            "GetRecords",
            "GetShardIterator",
            "GetResourcePolicy",
        ] {
            let error = lost(read).with_applied(Applied::Unknown);
            assert_eq!((error.applied(), error.may_be_processed()), (Applied::No, true), "{read}");
            assert!(!error.to_string().contains("carried out"), "{error}");
        }
        for write in [
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactWriteItems",
            "CreateTable",
            "UpdateTable",
            "DeleteTable",
            "UpdateTimeToLive",
            "TagResource",
            "PutResourcePolicy",
            "DeleteResourcePolicy",
            "ExecuteStatement",
        ] {
            let error = lost(write);
            assert_eq!(error.applied(), Applied::Unknown, "{write}");
            assert!(error.to_string().contains("(the request may have been carried out)"), "{error}");
        }
    }
}
