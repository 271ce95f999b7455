//! Which kind of failure each of rusoto's and of the service's errors is.

mod chain;
mod code;
mod refusal;

pub(crate) use refusal::Refusal;

use std::error::Error;

use djamodb_core::driver::{Applied, DriverError, DriverErrorKind};
use hyper::Error as HyperError;
use rusoto_core::RusotoError;
use rusoto_core::request::BufferedHttpResponse;
use serde_json::Value as Json;
use tokio::time::error::Elapsed;

use crate::convert::{Unreadable, cancellation};
use crate::driver::NAME;
use crate::request::request_id;
use chain::{caused_by, chain};

/// What to do when there are no credentials.
const SIGNING_HINT: &str = "give credentials in `RusotoConfig`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
                            or choose a profile with AWS_PROFILE";

/// The status of an answer that refuses a request.
const REFUSED: u16 = 400;

/// A failure of which it is still to be said which operation failed.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: DriverErrorKind,
    message: String,
    applied: Applied,
    request_id: Option<String>,
}

impl Failure {
    /// A failure after which nothing was done.
    fn new(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), applied: Applied::No, request_id: None }
    }

    /// A failure after which everything may have been done.
    fn unknown(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self { applied: Applied::Unknown, ..Self::new(kind, message) }
    }

    pub(crate) fn unsupported(operation: &'static str) -> Self {
        Self::new(DriverErrorKind::Unsupported, format!("the {NAME} driver does not support {operation}"))
    }

    /// Streams are a service of their own; what is missing to reach it depends on how this was built.
    pub(crate) fn without_streams() -> Self {
        let needed = if cfg!(feature = "streams") {
            "a client for them; give one by `RusotoDriver::with_streams_client`"
        } else {
            "its feature `streams`; enable it in Cargo.toml"
        };
        Self::new(DriverErrorKind::Unsupported, format!("to read streams, the {NAME} driver needs {needed}"))
    }

    /// A batch that there is no way to send: the service takes a map from tables to requests.
    pub(crate) fn table_twice(table: &str) -> Self {
        Self::new(DriverErrorKind::Validation, format!("RequestItems names the table {table} more than once"))
    }

    /// A request that HTTP has no room for: of credentials with a line break, for example.
    pub(crate) fn unmade(error: &http::Error) -> Self {
        Self::new(DriverErrorKind::Validation, format!("no request can be made: {error}"))
    }

    /// A request that took longer than it may.
    pub(crate) fn late(endpoint: &str) -> Self {
        Self::unknown(DriverErrorKind::Timeout, format!("{endpoint} did not answer in time"))
    }

    /// There is no answer, or no whole one.
    pub(crate) fn unanswered(error: &HyperError, endpoint: &str) -> Self {
        let cause = cause(error);
        if !error.is_connect() {
            Self::unknown(DriverErrorKind::Connection, format!("the connection to {endpoint} broke: {cause}"))
        } else if caused_by::<Elapsed>(error) {
            Self::new(DriverErrorKind::Timeout, format!("{endpoint} cannot be reached in time: {cause}"))
        } else {
            Self::new(DriverErrorKind::Connection, format!("{endpoint} cannot be reached: {cause}"))
        }
    }

    /// What rusoto says, and the body of the answer where the HTTP client kept it.
    pub(crate) fn from_rusoto<E: Refusal>(error: RusotoError<E>, body: Option<&[u8]>) -> Self {
        match error {
            RusotoError::Service(refusal) => {
                let (code, message) = refusal.into_parts();
                Self::refused(code, message).with_reasons(body)
            }
            RusotoError::Validation(message) => Self::refused("ValidationException", message),
            RusotoError::Unknown(answer) => Self::answered(&answer).with_reasons(Some(&answer.body)),
            RusotoError::Credentials(error) => {
                let cause = error.message.trim_end_matches('.');
                let message = format!("the request cannot be signed: {cause}; {SIGNING_HINT}");
                Self::new(DriverErrorKind::Unauthorized, message)
            }
            // From an HTTP client that is not this driver's own, which only gives a text.
            RusotoError::HttpDispatch(error) => Self::unknown(DriverErrorKind::Connection, error.to_string()),
            RusotoError::ParseError(cause) => {
                Self::unknown(DriverErrorKind::Internal, format!("the answer cannot be read: {cause}"))
            }
            RusotoError::Blocking => Self::unknown(DriverErrorKind::Internal, "rusoto could not wait for the answer"),
        }
    }

    /// The service refuses, or failed, for a reason that rusoto knows of this operation.
    fn refused(code: &str, message: String) -> Self {
        let kind = DriverErrorKind::of_service_code(code).unwrap_or_else(|| DriverErrorKind::of_http_status(REFUSED));
        let message = if message.is_empty() { format!("{code}, without a message") } else { message };
        match kind {
            DriverErrorKind::Internal => Self::unknown(kind, message),
            _ => Self::new(kind, message),
        }
    }

    /// The service, or whoever answers at the endpoint, refuses or failed for another reason.
    fn answered(answer: &BufferedHttpResponse) -> Self {
        let status = answer.status.as_u16();
        let body: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let code = text("__type").map(code::bare);
        let message = match (text("message").or_else(|| text("Message")), code) {
            (Some(message), _) => message.to_owned(),
            (None, Some(code)) => format!("{code}, without a message"),
            (None, None) => format!("HTTP {status}, without an error of DynamoDB; is the endpoint one of DynamoDB?"),
        };
        let kind =
            code.and_then(DriverErrorKind::of_service_code).unwrap_or_else(|| DriverErrorKind::of_http_status(status));
        // A refusal says that nothing was done. A failure of the service does not.
        let applied = if answer.status.is_client_error() { Applied::No } else { Applied::Unknown };
        Self { kind, message, applied, request_id: request_id(&answer.headers) }
    }

    /// Of a cancelled transaction, this failure with the reasons, which rusoto leaves out.
    fn with_reasons(mut self, body: Option<&[u8]>) -> Self {
        if let DriverErrorKind::TransactionCanceled { reasons } = &mut self.kind {
            *reasons = cancellation::reasons(body, &self.message);
        }
        self
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// This failure with the service's name for the request, where that is known.
    pub(crate) fn with_request_id(self, request_id: Option<String>) -> Self {
        Self { request_id: request_id.or(self.request_id), ..self }
    }

    /// This failure as that of an operation.
    pub(crate) fn of(self, operation: &'static str) -> DriverError {
        let error = DriverError::new(self.kind, operation, self.message).with_applied(self.applied);
        match self.request_id {
            Some(request_id) => error.with_request_id(request_id),
            None => error,
        }
    }
}

/// The request was carried out; only its answer cannot be used.
impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        Self::unknown(DriverErrorKind::Internal, unreadable.to_string())
    }
}

/// The innermost error: the ones around it only say that something failed.
fn cause(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rusoto_core::HttpDispatchError;
    use rusoto_core::credential::CredentialsError;
    use rusoto_dynamodb::PutItemError;

    use super::*;

    fn error(error: RusotoError<PutItemError>) -> DriverError {
        Failure::from_rusoto(error, None).of("PutItem")
    }

    fn unknown(status: u16, body: &'static str) -> DriverError {
        error(RusotoError::Unknown(BufferedHttpResponse {
            status: status.try_into().unwrap(),
            body: body.into(),
            headers: [("x-amzn-requestid".parse().unwrap(), "REQUEST".to_owned())].into_iter().collect(),
        }))
    }

    #[test]
    fn each_refusal_of_an_operation_has_a_kind() {
        for code in refusal::codes() {
            assert!(DriverErrorKind::of_service_code(code).is_some(), "{code}");
        }
    }

    #[test]
    fn refusals_say_that_nothing_was_done_and_failures_do_not() {
        let failed = error(RusotoError::Service(PutItemError::ConditionalCheckFailed("as it is".into())));
        assert_eq!(failed.kind(), &DriverErrorKind::ConditionalCheckFailed { item: None });
        assert_eq!((failed.message(), failed.applied()), ("as it is", Applied::No));
        let failed = error(RusotoError::Service(PutItemError::InternalServerError(String::new())));
        assert_eq!((failed.kind(), failed.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert_eq!(failed.message(), "InternalServerError, without a message");
    }

    #[test]
    fn what_rusoto_does_not_know_is_read_from_the_answer() {
        for (body, kind, message) in [
            (r#"{"__type":"a#ThrottlingException","message":"slow"}"#, DriverErrorKind::Throttled, "slow"),
            (r#"{"__type":"AccessDeniedException:http://x","Message":"no"}"#, DriverErrorKind::Unauthorized, "no"),
            (
                r#"{"__type":"ResourceNotFoundException","Message":"M","message":"m"}"#,
                DriverErrorKind::ResourceNotFound,
                "m",
            ),
            (r#"{"__type":"a#SomethingNew"}"#, DriverErrorKind::Validation, "SomethingNew, without a message"),
        ] {
            let error = unknown(400, body);
            assert_eq!((error.kind(), error.message()), (&kind, message));
            assert_eq!((error.applied(), error.request_id()), (Applied::No, Some("REQUEST")));
        }
        let error = unknown(503, "<html>");
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert!(error.message().contains("HTTP 503") && error.message().contains("is the endpoint one of DynamoDB?"));
    }

    #[test]
    fn what_another_http_client_says_leaves_all_open() {
        let broken = error(RusotoError::HttpDispatch(HttpDispatchError::new("reset".into())));
        assert_eq!((broken.kind(), broken.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
        assert_eq!(broken.message(), "reset");
    }

    #[test]
    fn without_credentials_nothing_is_sent() {
        let unsigned = error(RusotoError::Credentials(CredentialsError::new("Couldn't find any.")));
        assert_eq!((unsigned.kind(), unsigned.applied()), (&DriverErrorKind::Unauthorized, Applied::No));
        assert!(unsigned.message().contains("Couldn't find any; give"), "{unsigned}");
    }
}
