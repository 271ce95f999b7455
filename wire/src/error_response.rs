//! Responses with errors, in both directions.

use djamodb_core::driver::{
    Applied, CancellationCode, CancellationReason, DriverError, DriverErrorKind, ThrottlingReason,
};
use djamodb_core::value::Item;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::body;
use crate::error::RequestError;

/// Prefix of the types of DynamoDB's errors.
const TABLES: &str = "com.amazonaws.dynamodb.v20120810#";
/// Prefix of the types of errors of the service's framework.
const FRAMEWORK: &str = "com.amazon.coral.service#";
const VALIDATION: &str = "com.amazon.coral.validate#ValidationException";
const AVAILABILITY: &str = "com.amazon.coral.availability#";

/// A response with an error.
///
/// ```
/// use djamodb_core::driver::{DriverError, DriverErrorKind};
/// use djamodb_wire::ErrorResponse;
///
/// let error = DriverError::new(DriverErrorKind::ResourceNotFound, "GetItem", "Requested resource not found");
/// let response = ErrorResponse::from(&error);
/// assert_eq!(response.status, 400);
/// assert_eq!(
///     String::from_utf8(response.body).unwrap(),
///     r#"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"#
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorResponse {
    /// HTTP status.
    pub status: u16,
    /// Body, in JSON.
    pub body: Vec<u8>,
}

/// The members of all errors.
#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Members {
    #[serde(rename = "__type")]
    kind: String,
    /// Message of an error of DynamoDB.
    message: Option<String>,
    /// Message of an error of the framework, or of a transaction.
    #[serde(rename = "Message")]
    capital_message: Option<String>,
    #[serde(rename = "CancellationReasons")]
    cancellation_reasons: Option<Vec<Reason>>,
    #[serde(rename = "Item")]
    item: Option<Item>,
    #[serde(rename = "ThrottlingReasons")]
    throttling_reasons: Option<Vec<Throttled>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Reason {
    code: String,
    message: Option<String>,
    item: Option<Item>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Throttled {
    reason: String,
    resource: Option<String>,
}

impl ErrorResponse {
    fn new(status: u16, members: &Members) -> Self {
        Self { status, body: body::write(members) }
    }
}

impl From<&RequestError> for ErrorResponse {
    fn from(error: &RequestError) -> Self {
        let framework = |code: &str| format!("{FRAMEWORK}{code}");
        let members = match error {
            RequestError::Serialization { message } => Members {
                kind: framework("SerializationException"),
                capital_message: message.clone(),
                ..Members::default()
            },
            RequestError::Validation(message) => {
                Members { kind: VALIDATION.to_owned(), message: Some(message.clone()), ..Members::default() }
            }
            RequestError::UnknownOperation => {
                Members { kind: framework("UnknownOperationException"), ..Members::default() }
            }
            RequestError::MissingAuthentication => Members {
                kind: framework("MissingAuthenticationTokenException"),
                message: Some(error.to_string()),
                ..Members::default()
            },
            RequestError::TooLarge { .. } => Members {
                kind: framework("SerializationException"),
                capital_message: Some(error.to_string()),
                ..Members::default()
            },
        };
        let status = if matches!(error, RequestError::TooLarge { .. }) { 413 } else { 400 };
        Self::new(status, &members)
    }
}

impl From<&DriverError> for ErrorResponse {
    fn from(error: &DriverError) -> Self {
        let (status, kind) = kind_of(error);
        let message = Some(error.message().to_owned());
        let mut members = Members { kind, ..Members::default() };
        match error.kind() {
            DriverErrorKind::TransactionCanceled { reasons } => {
                members.capital_message = message;
                members.cancellation_reasons =
                    Some(reasons.iter().map(|reason| Reason::new(reason.as_ref())).collect());
            }
            DriverErrorKind::TransactionInProgress | DriverErrorKind::IdempotentParameterMismatch => {
                members.capital_message = message;
            }
            DriverErrorKind::ConditionalCheckFailed { item } => {
                members.message = message;
                members.item.clone_from(item);
            }
            _ => members.message = message,
        }
        let reasons = error.throttling_reasons();
        members.throttling_reasons = (!reasons.is_empty()).then(|| reasons.iter().map(Throttled::new).collect());
        Self::new(status, &members)
    }
}

/// Returns the status and the type of an error.
fn kind_of(error: &DriverError) -> (u16, String) {
    let tables = |code: &str| (400, format!("{TABLES}{code}"));
    match error.kind() {
        DriverErrorKind::ConditionalCheckFailed { .. } => tables("ConditionalCheckFailedException"),
        DriverErrorKind::TransactionCanceled { .. } => tables("TransactionCanceledException"),
        DriverErrorKind::TransactionConflict => tables("TransactionConflictException"),
        DriverErrorKind::TransactionInProgress => tables("TransactionInProgressException"),
        DriverErrorKind::IdempotentParameterMismatch => tables("IdempotentParameterMismatchException"),
        DriverErrorKind::ResourceNotFound => tables("ResourceNotFoundException"),
        DriverErrorKind::PolicyNotFound => tables("PolicyNotFoundException"),
        DriverErrorKind::ResourceInUse => tables("ResourceInUseException"),
        DriverErrorKind::ItemCollectionSizeLimitExceeded => tables("ItemCollectionSizeLimitExceededException"),
        DriverErrorKind::LimitExceeded => tables("LimitExceededException"),
        DriverErrorKind::TrimmedDataAccess => tables("TrimmedDataAccessException"),
        DriverErrorKind::ExpiredIterator => tables("ExpiredIteratorException"),
        // Requests for items are throttled by the throughput of a table, requests for tables by the rate of the account.
        DriverErrorKind::Throttled if error.throttling_reasons().is_empty() => {
            (400, format!("{AVAILABILITY}ThrottlingException"))
        }
        DriverErrorKind::Throttled => tables("ProvisionedThroughputExceededException"),
        DriverErrorKind::Validation | DriverErrorKind::BudgetExceeded | DriverErrorKind::Refused => {
            (400, VALIDATION.to_owned())
        }
        DriverErrorKind::Unauthorized => (400, format!("{FRAMEWORK}AccessDeniedException")),
        DriverErrorKind::Unsupported => (400, format!("{FRAMEWORK}UnknownOperationException")),
        DriverErrorKind::Timeout | DriverErrorKind::Connection => {
            (503, format!("{AVAILABILITY}ServiceUnavailableException"))
        }
        _ => (500, format!("{TABLES}InternalServerError")),
    }
}

impl Reason {
    fn new(reason: Option<&CancellationReason>) -> Self {
        match reason {
            None => Self { code: "None".to_owned(), ..Self::default() },
            Some(reason) => Self {
                code: reason.code.as_str().to_owned(),
                message: Some(reason.message.clone()),
                item: reason.item.clone(),
            },
        }
    }

    fn read(self) -> Option<CancellationReason> {
        let code = CancellationCode::of_service_code(&self.code)?;
        Some(CancellationReason { code, message: self.message.unwrap_or_default(), item: self.item })
    }
}

impl Throttled {
    fn new(reason: &ThrottlingReason) -> Self {
        Self { reason: reason.code().to_owned(), resource: reason.resource().map(str::to_owned) }
    }

    fn read(self) -> ThrottlingReason {
        let reason = ThrottlingReason::new(self.reason);
        match self.resource {
            Some(resource) => reason.with_resource(resource),
            None => reason,
        }
    }
}

/// Reads a response with an error to a plan of the operation.
///
/// A response whose body is no error has the kind of its status. A write that ended with a status of 500 or above may have been carried
/// out.
///
/// ```
/// use djamodb_core::driver::DriverErrorKind;
/// use djamodb_wire::read_error;
///
/// let body = br#"{"__type": "com.amazon.coral.validate#ValidationException", "message": "The parameter is invalid"}"#;
/// let error = read_error("PutItem", 400, body);
/// assert_eq!(*error.kind(), DriverErrorKind::Validation);
/// assert_eq!(error.message(), "The parameter is invalid");
/// ```
pub fn read_error(operation: &'static str, status: u16, body: &[u8]) -> DriverError {
    let members: Members = serde_json::from_slice(body).unwrap_or_default();
    let code = members.kind.rsplit('#').next().unwrap_or_default();
    let kind = DriverErrorKind::of_service_code(code).unwrap_or_else(|| DriverErrorKind::of_http_status(status));
    let kind = match kind {
        DriverErrorKind::ConditionalCheckFailed { .. } => {
            DriverErrorKind::ConditionalCheckFailed { item: members.item }
        }
        DriverErrorKind::TransactionCanceled { .. } => {
            let reasons = members.cancellation_reasons.unwrap_or_default();
            DriverErrorKind::TransactionCanceled { reasons: reasons.into_iter().map(Reason::read).collect() }
        }
        kind => kind,
    };
    let message = members.message.or(members.capital_message);
    let message = message.unwrap_or_else(|| format!("the response has the status {status} and no message"));
    let applied = if status < 500 { Applied::No } else { Applied::Unknown };
    let reasons = members.throttling_reasons.unwrap_or_default().into_iter().map(Throttled::read).collect();
    DriverError::new(kind, operation, message).with_applied(applied).with_throttling_reasons(reasons)
}
