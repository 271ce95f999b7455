//! Conversion of rusoto and service errors to driver errors.

mod chain;
mod code;
mod service_error;

pub(crate) use service_error::ServiceError;

use std::time::Duration;

use djamodb_core::driver::{Applied, DriverError, DriverErrorKind, InvalidBody, ThrottlingReason};
use hyper::Error as HyperError;
use rusoto_core::RusotoError;
use rusoto_core::request::BufferedHttpResponse;
use serde_json::Value as Json;
use tokio::time::error::Elapsed;

use crate::convert::{InvalidResponse, cancellation, request_id, required_wait};
use crate::name::DRIVER_NAME;
use chain::{is_caused_by, root_cause};

/// Advice for requests that cannot be signed.
const SIGNING_HINT: &str = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, select a profile with AWS_PROFILE, set credentials in \
                            `RusotoConfig`, or, with `djamodb::connect`, set DJAMODB_ACCESS_KEY_ID and DJAMODB_SECRET_ACCESS_KEY";

/// HTTP status of the typed errors that rusoto knows, except server errors.
const BAD_REQUEST: u16 = 400;

/// A failed request whose operation and table are not yet known. [`into_error`](Self::into_error) adds them.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: DriverErrorKind,
    message: String,
    applied: Applied,
    request_id: Option<String>,
    /// Wait that the response requires before the next attempt.
    retry_after: Option<Duration>,
    throttling_reasons: Vec<ThrottlingReason>,
}

impl Failure {
    /// Creates a failure of a request that was not applied.
    fn new(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            applied: Applied::No,
            request_id: None,
            retry_after: None,
            throttling_reasons: Vec::new(),
        }
    }

    /// Creates a failure of a request that may have been applied.
    fn maybe_applied(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self { applied: Applied::Unknown, ..Self::new(kind, message) }
    }

    pub(crate) fn unsupported(operation: &'static str) -> Self {
        Self::new(DriverErrorKind::Unsupported, format!("the {DRIVER_NAME} driver does not support {operation}"))
    }

    /// Creates the failure of an operation of DynamoDB Streams for which the driver has no client.
    pub(crate) fn streams_client_missing() -> Self {
        let advice = if cfg!(feature = "streams") {
            "set one with `RusotoDriver::with_streams_client`"
        } else {
            "enable the Cargo feature `streams`"
        };
        Self::new(
            DriverErrorKind::Unsupported,
            format!("the {DRIVER_NAME} driver has no client for DynamoDB Streams; {advice}"),
        )
    }

    /// Creates the failure of a batch that names a table more than once, which the request's map of tables cannot represent.
    pub(crate) fn duplicate_table(table: &str) -> Self {
        Self::new(
            DriverErrorKind::Validation,
            format!("the batch names the table `{table}` more than once; combine its entries"),
        )
    }

    /// Converts the error of a request that is not valid in HTTP, for example because the credentials contain a line break.
    pub(crate) fn invalid_request(error: &http::Error) -> Self {
        Self::new(DriverErrorKind::Validation, format!("cannot build the request: {error}"))
    }

    /// Creates the failure of a request that was not complete within its time.
    pub(crate) fn attempt_timed_out(limit: Duration) -> Self {
        Self::maybe_applied(
            DriverErrorKind::Timeout,
            format!("no complete response within the attempt timeout of {limit:?}"),
        )
    }

    /// Creates the failure of a request whose response did not arrive within the read timeout.
    pub(crate) fn timed_out(endpoint: &str) -> Self {
        Self::maybe_applied(DriverErrorKind::Timeout, format!("{endpoint} did not respond in time"))
    }

    /// Converts the error of a response that is no success although its status is one.
    pub(crate) fn invalid_body(invalid: &InvalidBody, endpoint: &str) -> Self {
        Self::maybe_applied(DriverErrorKind::Internal, format!("invalid response of {endpoint}: {invalid}"))
    }

    /// Creates the failure of a response whose body is larger than `bytes_max`.
    pub(crate) fn response_too_large(bytes_max: usize, endpoint: &str) -> Self {
        Self::maybe_applied(
            DriverErrorKind::Internal,
            format!(
                "the response of {endpoint} is larger than {bytes_max} bytes; request fewer items at a time, or raise \
                 `RusotoConfig::response_bytes_max`"
            ),
        )
    }

    /// Converts the error of a request without a complete response.
    pub(crate) fn from_hyper(error: &HyperError, endpoint: &str) -> Self {
        let cause = root_cause(error);
        if !error.is_connect() {
            Self::maybe_applied(DriverErrorKind::Connection, format!("lost the connection to {endpoint}: {cause}"))
        } else if is_caused_by::<Elapsed>(error) {
            Self::new(DriverErrorKind::Timeout, format!("cannot connect to {endpoint} in time: {cause}"))
        } else {
            Self::new(DriverErrorKind::Connection, format!("cannot reach {endpoint}: {cause}"))
        }
    }

    /// Converts an error of rusoto. `body` is the body of the response, if the HTTP client recorded it.
    pub(crate) fn from_rusoto<E: ServiceError>(error: RusotoError<E>, body: Option<&[u8]>) -> Self {
        match error {
            RusotoError::Service(error) => {
                let (code, message) = error.into_parts();
                Self::from_service_error(code, message).with_reasons(body)
            }
            RusotoError::Validation(message) => Self::from_service_error("ValidationException", message),
            RusotoError::Unknown(response) => Self::from_error_response(&response).with_reasons(Some(&response.body)),
            RusotoError::Credentials(error) => {
                let cause = error.message.trim_end_matches('.');
                let message = format!("cannot sign the request: {cause}; {SIGNING_HINT}");
                Self::new(DriverErrorKind::Unauthorized, message)
            }
            // Another HTTP client than this driver's, whose error is only a text, does not say whether the request was sent.
            RusotoError::HttpDispatch(error) => Self::maybe_applied(DriverErrorKind::Connection, error.to_string()),
            RusotoError::ParseError(cause) => {
                Self::maybe_applied(DriverErrorKind::Internal, format!("cannot parse the response: {cause}"))
            }
            RusotoError::Blocking => {
                Self::maybe_applied(DriverErrorKind::Internal, "rusoto could not wait for the response")
            }
        }
    }

    /// Converts a service error that rusoto has a type for.
    fn from_service_error(code: &str, message: String) -> Self {
        let kind =
            DriverErrorKind::of_service_code(code).unwrap_or_else(|| DriverErrorKind::of_http_status(BAD_REQUEST));
        let message = if message.is_empty() { without_message(code) } else { message };
        match kind {
            DriverErrorKind::Internal => Self::maybe_applied(kind, message),
            _ => Self::new(kind, message),
        }
    }

    /// Converts an error response that rusoto has no type for. It may come from a server other than DynamoDB.
    fn from_error_response(response: &BufferedHttpResponse) -> Self {
        let status = response.status.as_u16();
        let body: Json = serde_json::from_slice(&response.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let code = text("__type").map(code::name);
        let message = match (text("message").or_else(|| text("Message")), code) {
            (Some(message), _) => message.to_owned(),
            (None, Some(code)) => without_message(code),
            (None, None) => format!(
                "the endpoint returned HTTP status {status} without a DynamoDB error; check that it is a DynamoDB endpoint"
            ),
        };
        let kind =
            code.and_then(DriverErrorKind::of_service_code).unwrap_or_else(|| DriverErrorKind::of_http_status(status));
        // A client error means that the request was not applied. After a server error, it may have been.
        let applied = if response.status.is_client_error() { Applied::No } else { Applied::Unknown };
        let (request_id, retry_after) =
            (request_id::from_headers(&response.headers), required_wait::from_headers(&response.headers));
        Self { kind, message, applied, request_id, retry_after, throttling_reasons: Vec::new() }
    }

    /// Adds the reasons for which a transaction was cancelled or a request was throttled, which rusoto drops.
    fn with_reasons(mut self, body: Option<&[u8]>) -> Self {
        match &mut self.kind {
            DriverErrorKind::TransactionCanceled { reasons } => {
                *reasons = cancellation::reasons_from_rusoto(body, &self.message);
            }
            DriverErrorKind::Throttled => {
                self.throttling_reasons = body.map(ThrottlingReason::of_body).unwrap_or_default();
            }
            _ => {}
        }
        self
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Sets the request ID, unless `request_id` is `None`.
    pub(crate) fn with_request_id(self, request_id: Option<String>) -> Self {
        Self { request_id: request_id.or(self.request_id), ..self }
    }

    /// Sets the wait that the response requires, unless `retry_after` is `None`.
    pub(crate) fn with_retry_after(self, retry_after: Option<Duration>) -> Self {
        Self { retry_after: retry_after.or(self.retry_after), ..self }
    }

    /// Converts the failure to the driver error of `operation`.
    pub(crate) fn into_error(self, operation: &'static str) -> DriverError {
        let mut error = DriverError::new(self.kind, operation, self.message)
            .with_applied(self.applied)
            .with_throttling_reasons(self.throttling_reasons);
        if let Some(retry_after) = self.retry_after {
            error = error.with_retry_after(retry_after);
        }
        match self.request_id {
            Some(request_id) => error.with_request_id(request_id),
            None => error,
        }
    }
}

/// An invalid response leaves it unknown whether the request was applied.
impl From<InvalidResponse> for Failure {
    fn from(invalid: InvalidResponse) -> Self {
        Self::maybe_applied(DriverErrorKind::Internal, invalid.to_string())
    }
}

fn without_message(code: &str) -> String {
    format!("the service returned {code} without a message")
}

#[cfg(test)]
mod tests {
    use rusoto_core::HttpDispatchError;
    use rusoto_core::credential::CredentialsError;
    use rusoto_dynamodb::PutItemError;

    use super::*;

    fn error(error: RusotoError<PutItemError>) -> DriverError {
        Failure::from_rusoto(error, None).into_error("PutItem")
    }

    fn error_of_response(status: u16, body: &'static str) -> DriverError {
        error(RusotoError::Unknown(BufferedHttpResponse {
            status: status.try_into().unwrap(),
            body: body.into(),
            headers: [("x-amzn-requestid".parse().unwrap(), "REQUEST".to_owned())].into_iter().collect(),
        }))
    }

    #[test]
    fn every_typed_error_has_a_kind() {
        for code in service_error::codes() {
            assert!(DriverErrorKind::of_service_code(code).is_some(), "{code}");
        }
    }

    #[test]
    fn only_server_errors_leave_the_outcome_unknown() {
        let failed = error(RusotoError::Service(PutItemError::ConditionalCheckFailed("as it is".into())));
        assert_eq!(failed.kind(), &DriverErrorKind::ConditionalCheckFailed { item: None });
        assert_eq!((failed.message(), failed.applied()), ("as it is", Applied::No));
        let failed = error(RusotoError::Service(PutItemError::InternalServerError(String::new())));
        assert_eq!((failed.kind(), failed.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert_eq!(failed.message(), "the service returned InternalServerError without a message");
    }

    #[test]
    fn errors_without_a_type_are_read_from_the_body() {
        for (body, kind, message) in [
            (r#"{"__type":"a#ThrottlingException","message":"slow"}"#, DriverErrorKind::Throttled, "slow"),
            (r#"{"__type":"AccessDeniedException:http://x","Message":"no"}"#, DriverErrorKind::Unauthorized, "no"),
            (
                r#"{"__type":"ResourceNotFoundException","Message":"M","message":"m"}"#,
                DriverErrorKind::ResourceNotFound,
                "m",
            ),
            (
                r#"{"__type":"a#SomethingNew"}"#,
                DriverErrorKind::Validation,
                "the service returned SomethingNew without a message",
            ),
        ] {
            let error = error_of_response(400, body);
            assert_eq!((error.kind(), error.message()), (&kind, message));
            assert_eq!((error.applied(), error.request_id()), (Applied::No, Some("REQUEST")));
        }
        let error = error_of_response(503, "<html>");
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Internal, Applied::Unknown));
        assert!(error.message().contains("HTTP status 503") && error.message().contains("is a DynamoDB endpoint"));
    }

    #[test]
    fn dispatch_errors_leave_the_outcome_unknown() {
        let broken = error(RusotoError::HttpDispatch(HttpDispatchError::new("reset".into())));
        assert_eq!((broken.kind(), broken.applied()), (&DriverErrorKind::Connection, Applied::Unknown));
        assert_eq!(broken.message(), "reset");
    }

    #[test]
    fn missing_credentials_show_the_signing_hint() {
        let unsigned = error(RusotoError::Credentials(CredentialsError::new("Couldn't find any.")));
        assert_eq!((unsigned.kind(), unsigned.applied()), (&DriverErrorKind::Unauthorized, Applied::No));
        assert!(unsigned.message().contains("Couldn't find any; set"), "{unsigned}");
    }
}
