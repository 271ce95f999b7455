//! Errors of operations and their conversion into driver errors.

mod constraint;
mod validation_error;

pub(crate) use constraint::{Constraint, Violation, Violations};
pub(crate) use validation_error::ValidationError;

use std::fmt;

use djamodb_core::driver::{CancellationReason, DriverError, DriverErrorKind, ThrottlingReason, cancellation_message};
use djamodb_core::value::{Item, Name};

/// The message of a conflict with a transaction.
pub(crate) const CONFLICT_MESSAGE: &str = "Transaction is ongoing for the item";

/// An error of an operation.
#[derive(Debug)]
pub(crate) enum Error {
    /// The request is invalid.
    Validation(ValidationError),
    /// The item does not satisfy the condition of the write.
    ConditionalCheckFailed {
        /// The current item, if the request selects it.
        item: Option<Item>,
    },
    /// No table of this name, in an operation on items.
    TableNotFound,
    /// No table of this name, in an operation on tables.
    NamedTableNotFound(Name),
    TableExists(Name),
    /// No table of this ARN, in an operation on tags.
    ResourceNotFound(String),
    /// A table or a stream without the policy that the request expects. Carries the end of the message.
    PolicyNotFound(String),
    IndexNotFound {
        index: Name,
        table: Name,
    },
    /// No table of this name, in an operation on backups.
    BackedUpTableNotFound(Name),
    StreamNotFound(String),
    /// No stream of the ARN of a `GetShardIterator`.
    NoStream,
    ShardNotFound,
    /// The table is in a state that does not allow the operation. Carries the message.
    InUse(String),
    /// A limit of the account or the table. Carries the message.
    LimitExceeded(String),
    /// Reasons in the order of the actions, `None` for an action that did not fail.
    TransactionCanceled(Vec<Option<CancellationReason>>),
    TransactionInProgress,
    /// A transaction on the item of a write is in progress.
    TransactionConflict,
    /// The throughput of the table is exceeded.
    Throttled(ThrottlingReason),
    /// Too many requests for tables or streams. Carries the message.
    RateExceeded(&'static str),
    /// The service failed. A write may have been made.
    Internal,
    IdempotentParameterMismatch,
    TrimmedDataAccess,
    ExpiredIterator,
    /// The driver does not implement the operation.
    Unsupported,
}

impl From<ValidationError> for Error {
    fn from(invalid: ValidationError) -> Self {
        Self::Validation(invalid)
    }
}

impl Error {
    /// Creates the error for a change to a table or index that is in transition.
    pub(crate) fn in_use(detail: impl fmt::Display) -> Self {
        Self::InUse(format!("Attempt to change a resource which is still in use: {detail}"))
    }

    /// Returns the error of the driver named `driver` in response to a request, with the service's message.
    pub(crate) fn into_driver_error(self, driver: &'static str, operation: &'static str) -> DriverError {
        let new = |kind, message: &str| DriverError::new(kind, operation, message);
        match self {
            Self::Validation(invalid) => DriverError::validation(operation, invalid.to_string()),
            Self::ConditionalCheckFailed { item } => DriverError::new(
                DriverErrorKind::ConditionalCheckFailed { item },
                operation,
                "The conditional request failed",
            ),
            Self::TableNotFound => {
                DriverError::new(DriverErrorKind::ResourceNotFound, operation, "Requested resource not found")
            }
            Self::NamedTableNotFound(name) => DriverError::new(
                DriverErrorKind::ResourceNotFound,
                operation,
                format!("Requested resource not found: Table: {name} not found"),
            ),
            Self::TableExists(name) => {
                DriverError::new(DriverErrorKind::ResourceInUse, operation, format!("Table already exists: {name}"))
            }
            Self::ResourceNotFound(arn) => new(
                DriverErrorKind::ResourceNotFound,
                &format!("Requested resource not found: ResourceArn: {arn} not found"),
            ),
            Self::PolicyNotFound(detail) => new(
                DriverErrorKind::PolicyNotFound,
                &format!("Resource-based policy not found for the provided ResourceArn: {detail}"),
            ),
            Self::IndexNotFound { index, table } => new(
                DriverErrorKind::ResourceNotFound,
                &format!("Requested resource not found: Index {index} for table {table}"),
            ),
            Self::StreamNotFound(arn) => new(
                DriverErrorKind::ResourceNotFound,
                &format!("Requested resource not found: Stream: {arn} not found"),
            ),
            Self::BackedUpTableNotFound(name) => {
                new(DriverErrorKind::ResourceNotFound, &format!("Table not found: {name}"))
            }
            Self::NoStream => new(DriverErrorKind::ResourceNotFound, "Stream does not exist"),
            Self::ShardNotFound => new(DriverErrorKind::ResourceNotFound, "Shard does not exist"),
            Self::InUse(message) => new(DriverErrorKind::ResourceInUse, &message),
            Self::LimitExceeded(message) => new(DriverErrorKind::LimitExceeded, &message),
            Self::TransactionCanceled(reasons) => {
                let message = cancellation_message(&reasons);
                new(DriverErrorKind::TransactionCanceled { reasons }, &message)
            }
            Self::TransactionInProgress => {
                new(DriverErrorKind::TransactionInProgress, "Transaction from previous request is still in progress")
            }
            Self::TransactionConflict => new(DriverErrorKind::TransactionConflict, CONFLICT_MESSAGE),
            Self::Throttled(reason) => {
                new(DriverErrorKind::Throttled, "Throughput exceeds the current capacity of your table or index.")
                    .with_throttling_reasons(vec![reason])
            }
            Self::RateExceeded(message) => new(DriverErrorKind::Throttled, message),
            Self::Internal => new(DriverErrorKind::Internal, "Internal server error"),
            Self::IdempotentParameterMismatch => new(
                DriverErrorKind::IdempotentParameterMismatch,
                "the client request token was used for a transaction of other actions within the last ten minutes",
            ),
            Self::TrimmedDataAccess => new(
                DriverErrorKind::TrimmedDataAccess,
                "The operation attempted to read past the oldest stream record in a shard.",
            ),
            Self::ExpiredIterator => new(
                DriverErrorKind::ExpiredIterator,
                "The shard iterator has expired. Shard iterators are only valid for 15 minutes",
            ),
            Self::Unsupported => DriverError::unsupported(driver, operation),
        }
    }
}
