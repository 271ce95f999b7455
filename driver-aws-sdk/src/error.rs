//! Which kind of failure each of the SDK's and of the service's errors is.

mod chain;
mod refusal;

pub(crate) use chain::chain;

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use djamodb_core::driver::{Applied, DriverError, DriverErrorKind};

use crate::convert::Unreadable;
use crate::driver::NAME;
use crate::request::Attempts;
use chain::caused_by;

/// What to do when there are no credentials, or no region.
const SIGNING_HINT: &str = "give credentials and a region in `AwsSdkConfig`, set AWS_ACCESS_KEY_ID, \
                            AWS_SECRET_ACCESS_KEY and AWS_REGION, or choose a profile with AWS_PROFILE";

/// A failure of which it is still to be said which operation failed.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: DriverErrorKind,
    message: String,
    applied: Applied,
    request_id: Option<String>,
}

impl Failure {
    fn new(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), applied: Applied::No, request_id: None }
    }

    pub(crate) fn unsupported(operation: &'static str) -> Self {
        Self::new(DriverErrorKind::Unsupported, format!("the {NAME} driver does not support {operation}"))
    }

    /// Streams are a service of their own; what is missing to reach it depends on how this was built.
    pub(crate) fn without_streams() -> Self {
        let needed = if cfg!(feature = "streams") {
            "a client for them; give one by `AwsSdkDriver::with_streams_client`"
        } else {
            "its feature `streams`; enable it in Cargo.toml"
        };
        Self::new(DriverErrorKind::Unsupported, format!("to read streams, the {NAME} driver needs {needed}"))
    }

    /// A batch that there is no way to send: the service takes a map from tables to requests.
    pub(crate) fn table_twice(table: &str) -> Self {
        Self::new(DriverErrorKind::Validation, format!("RequestItems names the table {table} more than once"))
    }

    /// What the SDK says, after `attempts`.
    pub(crate) fn from_sdk<E>(error: SdkError<E, HttpResponse>, attempts: &Attempts) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + 'static,
    {
        let failure = match error {
            SdkError::ServiceError(answer) => {
                let status = answer.raw().status().as_u16();
                Self::answered(answer.err(), status)
            }
            error => Self::unanswered(&error, attempts.endpoint()),
        };
        Self { applied: attempts.applied(), ..failure }
    }

    /// The service answered that it refuses, or failed.
    fn answered<E>(error: &E, status: u16) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + 'static,
    {
        let message = match (error.message(), error.code()) {
            (Some(message), _) if !message.is_empty() => message.to_owned(),
            (_, Some(code)) => format!("{code}, without a message"),
            (_, None) => format!("HTTP {status}, without an error of DynamoDB; is the endpoint one of DynamoDB?"),
        };
        match refusal::kind(error, error.code(), status) {
            Ok(kind) => Self { request_id: error.request_id().map(str::to_owned), ..Self::new(kind, message) },
            Err(unreadable) => unreadable.into(),
        }
    }

    /// There is no answer, or none that can be read. Without an endpoint, no attempt came as far as being sent.
    fn unanswered<E: Error + 'static>(error: &SdkError<E, HttpResponse>, endpoint: Option<&str>) -> Self {
        let cause = cause(error);
        let is_unauthorized = caused_by::<CredentialsError>(error);
        let Some(endpoint) = endpoint.filter(|_| !is_unauthorized) else {
            return Self::unsent(error, &cause);
        };
        match error {
            SdkError::DispatchFailure(failure) if !failure.is_timeout() => {
                Self::new(DriverErrorKind::Connection, format!("{endpoint} cannot be reached: {cause}"))
            }
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) => {
                Self::new(DriverErrorKind::Timeout, format!("{endpoint} did not answer in time: {cause}"))
            }
            _ => Self::new(DriverErrorKind::Internal, format!("the answer of {endpoint} cannot be read: {cause}")),
        }
    }

    /// What has to be known before anything can be sent is the plan, a region and credentials.
    fn unsent<E: Error + 'static>(error: &SdkError<E, HttpResponse>, cause: &str) -> Self {
        if matches!(error, SdkError::TimeoutError(_)) {
            return Self::new(DriverErrorKind::Timeout, format!("the request was not sent in time: {cause}"));
        }
        if caused_by::<BuildError>(error) {
            return Self::new(DriverErrorKind::Validation, format!("no request can be made: {cause}"));
        }
        let cause = cause.trim_end_matches('.');
        Self::new(DriverErrorKind::Unauthorized, format!("the request cannot be signed: {cause}; {SIGNING_HINT}"))
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
        Self { applied: Applied::Unknown, ..Self::new(DriverErrorKind::Internal, unreadable.to_string()) }
    }
}

/// A part of the request lacks something that the SDK requires.
impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::new(DriverErrorKind::Validation, format!("no request can be made: {error}"))
    }
}

/// The innermost error: the ones around it only say that something failed.
fn cause(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
