//! Conversion of SDK and service errors to driver errors.

mod chain;
mod service_error;

pub(crate) use chain::chain;
pub(crate) use service_error::kind as kind_of_service_error;

use std::error::Error;
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::driver::{Applied, DriverError, DriverErrorKind, InvalidBody, ThrottlingReason};
use http_body_util::LengthLimitError;

use crate::convert::InvalidResponse;
use crate::name::DRIVER_NAME;
use crate::request::{Attempts, required_wait};
use chain::{is_caused_by, root_cause};

/// Advice for requests that cannot be signed.
const SIGNING_HINT: &str = "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, select a profile with AWS_PROFILE, set \
                            credentials and a region in `AwsSdkConfig`, or, with `djamodb::connect`, set DJAMODB_ACCESS_KEY_ID, \
                            DJAMODB_SECRET_ACCESS_KEY and DJAMODB_REGION";

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

    pub(crate) fn unsupported(operation: &'static str) -> Self {
        Self::new(DriverErrorKind::Unsupported, format!("the {DRIVER_NAME} driver does not support {operation}"))
    }

    /// Creates the failure of an operation of DynamoDB Streams for which the driver has no client.
    pub(crate) fn streams_client_missing() -> Self {
        let advice = if cfg!(feature = "streams") {
            "set one with `AwsSdkDriver::with_streams_client`"
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

    /// Converts an error of the SDK.
    ///
    /// `attempts` covers all attempts, not only the last one. `bytes_max` is the maximum size of a response.
    pub(crate) fn from_sdk<E>(error: SdkError<E, HttpResponse>, attempts: &Attempts, bytes_max: usize) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + 'static,
    {
        let failure = match error {
            SdkError::ServiceError(error) if error.raw().status().is_success() => {
                let cause = root_cause(error.err());
                let endpoint = attempts.endpoint().unwrap_or_default();
                let failure =
                    Self::new(DriverErrorKind::Internal, format!("cannot parse the response of {endpoint}: {cause}"));
                Self { request_id: error.err().request_id().map(str::to_owned), ..failure }
            }
            SdkError::ServiceError(error) => {
                let status = error.raw().status().as_u16();
                let failure = Self::from_service_error(error.err(), status);
                let failure = failure.with_throttling_reasons(error.raw().body().bytes());
                Self { retry_after: required_wait(error.raw()), ..failure }
            }
            SdkError::ResponseError(error) => {
                let request_id = error.raw().request_id().map(str::to_owned);
                let failure = Self::invalid_response(
                    &SdkError::<E, _>::ResponseError(error),
                    attempts.endpoint().unwrap_or_default(),
                    bytes_max,
                );
                Self { request_id, ..failure }
            }
            error => Self::without_response(&error, attempts.endpoint()),
        };
        Self { applied: attempts.applied(), ..failure }
    }

    /// Creates the failure of a successful response that the driver cannot parse.
    pub(crate) fn unparsed_response(endpoint: &str, cause: &serde_json::Error) -> Self {
        let message = format!("cannot parse the response of {endpoint}: {cause}");
        Self { applied: Applied::Unknown, ..Self::new(DriverErrorKind::Internal, message) }
    }

    fn from_service_error<E>(error: &E, status: u16) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + 'static,
    {
        let message = match (error.message(), error.code()) {
            (Some(message), _) if !message.is_empty() => message.to_owned(),
            (_, Some(code)) => format!("the service returned {code} without a message"),
            (_, None) => format!(
                "the endpoint returned HTTP status {status} without a DynamoDB error; check that it is a DynamoDB endpoint"
            ),
        };
        match service_error::kind(error, error.code(), status) {
            Ok(kind) => Self { request_id: error.request_id().map(str::to_owned), ..Self::new(kind, message) },
            Err(invalid) => invalid.into(),
        }
    }

    /// Adds the reasons in the body of the response, which the SDK parses for some operations only.
    fn with_throttling_reasons(mut self, body: Option<&[u8]>) -> Self {
        if self.kind == DriverErrorKind::Throttled {
            self.throttling_reasons = body.map(ThrottlingReason::of_body).unwrap_or_default();
        }
        self
    }

    /// Converts the error of a response that is incomplete, too large, or no success although its status is one.
    fn invalid_response<E: Error + 'static>(
        error: &SdkError<E, HttpResponse>,
        endpoint: &str,
        bytes_max: usize,
    ) -> Self {
        let cause = root_cause(error);
        if is_caused_by::<InvalidBody>(error) || is_caused_by::<InvalidResponse>(error) {
            Self::new(DriverErrorKind::Internal, format!("invalid response of {endpoint}: {cause}"))
        } else if is_caused_by::<LengthLimitError>(error) {
            let message = format!(
                "the response of {endpoint} is larger than {bytes_max} bytes; request fewer items at a time, or raise \
                 `AwsSdkConfig::response_bytes_max`"
            );
            Self::new(DriverErrorKind::Internal, message)
        } else {
            Self::new(DriverErrorKind::Connection, format!("lost the connection to {endpoint}: {cause}"))
        }
    }

    /// Converts an error without a response.
    fn without_response<E: Error + 'static>(error: &SdkError<E, HttpResponse>, endpoint: Option<&str>) -> Self {
        let cause = root_cause(error);
        let lacks_credentials = is_caused_by::<CredentialsError>(error);
        let Some(endpoint) = endpoint.filter(|_| !lacks_credentials) else {
            return Self::before_transmit(error, &cause);
        };
        match error {
            SdkError::DispatchFailure(failure) if !failure.is_timeout() => {
                Self::new(DriverErrorKind::Connection, format!("cannot reach {endpoint}: {cause}"))
            }
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) => {
                Self::new(DriverErrorKind::Timeout, format!("{endpoint} did not respond in time: {cause}"))
            }
            _ => Self::new(DriverErrorKind::Internal, format!("cannot parse the response of {endpoint}: {cause}")),
        }
    }

    /// Converts an error that occurred before the request was transmitted: while it was built, or signed.
    fn before_transmit<E: Error + 'static>(error: &SdkError<E, HttpResponse>, cause: &str) -> Self {
        if matches!(error, SdkError::TimeoutError(_)) {
            return Self::new(DriverErrorKind::Timeout, format!("the request could not be sent in time: {cause}"));
        }
        if is_caused_by::<BuildError>(error) {
            return Self::new(DriverErrorKind::Validation, format!("cannot build the request: {cause}"));
        }
        let cause = cause.trim_end_matches('.');
        Self::new(DriverErrorKind::Unauthorized, format!("cannot sign the request: {cause}; {SIGNING_HINT}"))
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
        Self { applied: Applied::Unknown, ..Self::new(DriverErrorKind::Internal, invalid.to_string()) }
    }
}

/// A build error means that a part of the request lacks a value that the SDK requires.
impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::new(DriverErrorKind::Validation, format!("cannot build the request: {error}"))
    }
}
