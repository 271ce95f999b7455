//! Why a request is refused, and what that is to the outside.

mod invalid;

pub(crate) use invalid::{Invalid, Kind};

use std::fmt;

use djamodb_core::driver::{CancellationReason, DriverError, DriverErrorKind, cancellation_message};
use djamodb_core::plan::QueryPlan;
use djamodb_core::value::{Item, Name};

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Error {
    /// The request breaks a rule.
    Invalid(Invalid),
    /// The item does not satisfy the condition.
    ConditionalCheckFailed {
        item: Option<Item>,
    },
    /// There is no such table to read or write.
    TableNotFound,
    /// There is no such table to describe or delete.
    NamedTableNotFound(Name),
    TableExists(Name),
    /// There is no such table to tag.
    ResourceNotFound(String),
    IndexNotFound {
        index: Name,
        table: Name,
    },
    /// There is no such table whose backups could be described or changed.
    BackedUpTableNotFound(Name),
    StreamNotFound(String),
    /// There is no such stream to read.
    NoStream,
    ShardNotFound,
    /// The table is in a state that does not allow this; what the service says of it.
    InUse(String),
    /// A limit of the service; what it says of it.
    LimitExceeded(String),
    /// Why, in the order of the actions.
    TransactionCanceled(Vec<Option<CancellationReason>>),
    TransactionInProgress,
    IdempotentParameterMismatch,
    TrimmedDataAccess,
    ExpiredIterator,
    /// There is no such operation here.
    Unsupported,
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl Error {
    /// A change of a table that is in the middle of another one.
    pub(crate) fn in_use(what: impl fmt::Display) -> Self {
        Self::InUse(format!("Attempt to change a resource which is still in use: {what}"))
    }

    /// This error as the answer to `plan`, in the service's words.
    pub(crate) fn answering(self, plan: &QueryPlan) -> DriverError {
        let operation = plan.operation();
        let new = |kind, message: &str| DriverError::new(kind, operation, message);
        let error = match self {
            Self::Invalid(invalid) => DriverError::validation(operation, invalid.to_string()),
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
            Self::IdempotentParameterMismatch => new(
                DriverErrorKind::IdempotentParameterMismatch,
                "the token of this transaction was used for another one within the last ten minutes",
            ),
            Self::TrimmedDataAccess => new(
                DriverErrorKind::TrimmedDataAccess,
                "The operation attempted to read past the oldest stream record in a shard.",
            ),
            Self::ExpiredIterator => new(
                DriverErrorKind::ExpiredIterator,
                "The shard iterator has expired. Shard iterators are only valid for 15 minutes",
            ),
            Self::Unsupported => DriverError::unsupported(crate::driver::NAME, operation),
        };
        error.on_table(plan.table())
    }
}
