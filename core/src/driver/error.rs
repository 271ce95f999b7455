//! What can go wrong in a driver.

use std::fmt;
use std::time::Duration;

use super::CancellationReason;
use crate::value::{Item, Name};

/// Why a plan could not be carried out.
///
/// [`kind`](Self::kind) says what went wrong, the rest what it went wrong with. Match on the kind, never on the message.
#[derive(Clone, PartialEq, Debug)]
pub struct DriverError(Box<Context>);

#[derive(Clone, PartialEq, Debug)]
struct Context {
    kind: DriverErrorKind,
    operation: &'static str,
    table: Option<Name>,
    message: String,
    applied: Applied,
    retry_after: Option<Duration>,
    request_id: Option<String>,
}

/// What went wrong.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum DriverErrorKind {
    /// The item did not satisfy the condition of the write.
    ConditionalCheckFailed {
        /// The item, when the write asked for it and it exists.
        item: Option<Item>,
    },
    /// A transaction was cancelled; nothing of it was done.
    TransactionCanceled {
        /// Why, in the order of its actions; nothing where an action had no part in it.
        reasons: Vec<Option<CancellationReason>>,
    },
    /// A transaction is writing to the item; try again in a moment.
    TransactionConflict,
    /// A transaction with this token is being carried out.
    TransactionInProgress,
    /// A transaction with this token was another one.
    IdempotentParameterMismatch,
    /// There is no such table, index or stream.
    ResourceNotFound,
    /// The table exists already, or is being changed.
    ResourceInUse,
    /// An item collection would pass 10 GB.
    ItemCollectionSizeLimitExceeded,
    /// A limit of the account is reached.
    LimitExceeded,
    /// The place in the stream is older than the records that are kept; start at the oldest one.
    TrimmedDataAccess,
    /// The place in the stream was given more than 15 minutes ago; ask for it again.
    ExpiredIterator,
    /// Too many requests; try later.
    Throttled,
    /// The request is malformed or breaks one of DynamoDB's rules.
    Validation,
    /// No answer within the time allowed.
    Timeout,
    /// The endpoint could not be reached, or the connection broke.
    Connection,
    /// Credentials are missing, wrong, expired, or lack a permission.
    Unauthorized,
    /// The budget for scans of the database is used up; nothing was sent.
    BudgetExceeded,
    /// The driver cannot do this.
    Unsupported,
    /// The driver answered with the output of another operation: a bug in the driver.
    Contract,
    /// The service failed.
    Internal,
}

/// Whether a write that failed may have been made all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applied {
    /// It was not made.
    No,
    /// It may have been made: the answer was lost.
    Unknown,
}

impl DriverError {
    /// An error in an operation. `message` is the service's own where there is one.
    pub fn new(kind: DriverErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        let applied = match kind {
            DriverErrorKind::Timeout | DriverErrorKind::Connection | DriverErrorKind::Internal => Applied::Unknown,
            _ => Applied::No,
        };
        Self(Box::new(Context {
            kind,
            operation,
            table: None,
            message: message.into(),
            applied,
            retry_after: None,
            request_id: None,
        }))
    }

    /// A request that breaks one of DynamoDB's rules, in the service's words.
    pub fn validation(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(DriverErrorKind::Validation, operation, message)
    }

    /// An operation that a driver does not have.
    pub fn unsupported(driver: &str, operation: &'static str) -> Self {
        let message = format!("the {driver} driver does not support {operation}");
        Self::new(DriverErrorKind::Unsupported, operation, message)
    }

    pub(super) fn contract(operation: &'static str, answered: &'static str) -> Self {
        let message =
            format!("the driver answered {operation} with the output of {answered}; this is a bug in the driver");
        Self::new(DriverErrorKind::Contract, operation, message)
    }

    /// Names the table that the operation spoke of.
    #[must_use]
    pub fn on_table(mut self, table: Option<&Name>) -> Self {
        self.0.table = table.cloned();
        self
    }

    /// Says whether a failed write may have been made.
    #[must_use]
    pub fn with_applied(mut self, applied: Applied) -> Self {
        self.0.applied = applied;
        self
    }

    /// Says when the service wants to be asked again.
    #[must_use]
    pub fn with_retry_after(mut self, duration: Duration) -> Self {
        self.0.retry_after = Some(duration);
        self
    }

    /// Keeps the service's name for the request.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.0.request_id = Some(request_id.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &DriverErrorKind {
        &self.0.kind
    }

    /// The operation's name in DynamoDB's API.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The table, when the operation spoke of exactly one.
    pub fn table(&self) -> Option<&Name> {
        self.0.table.as_ref()
    }

    /// The service's message.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether a failed write may have been made all the same.
    pub fn applied(&self) -> Applied {
        self.0.applied
    }

    /// When the service wants to be asked again, if it says.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The service's name for the request, if there is one.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Whether the same request may succeed later.
    pub fn retryable(&self) -> bool {
        match &self.0.kind {
            DriverErrorKind::Throttled
            | DriverErrorKind::TransactionConflict
            | DriverErrorKind::TransactionInProgress
            | DriverErrorKind::Timeout
            | DriverErrorKind::Connection
            | DriverErrorKind::Internal => true,
            DriverErrorKind::TransactionCanceled { reasons } => {
                let mut told = reasons.iter().flatten().peekable();
                told.peek().is_some() && told.all(|reason| reason.code.may_pass())
            }
            _ => false,
        }
    }

    /// Whether a condition failed.
    pub fn is_conditional_check_failed(&self) -> bool {
        matches!(self.0.kind, DriverErrorKind::ConditionalCheckFailed { .. })
    }

    /// Why a transaction was cancelled, in the order of its actions; nothing where it was not.
    pub fn cancellation_reasons(&self) -> &[Option<CancellationReason>] {
        match &self.0.kind {
            DriverErrorKind::TransactionCanceled { reasons } => reasons,
            _ => &[],
        }
    }

    /// Whether a table or index was not found.
    pub fn is_resource_not_found(&self) -> bool {
        self.0.kind == DriverErrorKind::ResourceNotFound
    }

    /// Whether a table exists already, or is being changed.
    pub fn is_resource_in_use(&self) -> bool {
        self.0.kind == DriverErrorKind::ResourceInUse
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation())?;
        if let Some(table) = self.table() {
            write!(f, " on table {table}")?;
        }
        write!(f, ": {}", self.message())?;
        if self.applied() == Applied::Unknown {
            f.write_str(" (the request may have been carried out all the same)")?;
        }
        if let Some(request_id) = self.request_id() {
            write!(f, " (request {request_id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for DriverError {}
