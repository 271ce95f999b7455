//! Errors of requests that are no plans.

use djamodb_core::expression::ParseError;
use thiserror::Error;

/// The reason for which a request is no plan. The messages are those of the service.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The body is no JSON object, or a member has a wrong type. A body that is no JSON has no message.
    #[error("{}", message.as_deref().unwrap_or("the body is no JSON object"))]
    Serialization {
        /// Message of the service.
        message: Option<String>,
    },
    /// A rule of the operation is violated.
    #[error("{0}")]
    Validation(String),
    /// The header `X-Amz-Target` names no operation.
    #[error("X-Amz-Target names no operation of DynamoDB")]
    UnknownOperation,
    /// The request is not signed.
    #[error("Missing Authentication Token")]
    MissingAuthentication,
    /// The body or a header is too large.
    #[error("the {part} of a request has at most {bytes_max} bytes")]
    TooLarge {
        /// Part of the request.
        part: &'static str,
        /// Largest number of its bytes.
        bytes_max: usize,
    },
}

impl RequestError {
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::Validation(message.into())
    }

    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::Serialization { message: Some(message.into()) }
    }
}

impl From<ParseError> for RequestError {
    fn from(error: ParseError) -> Self {
        Self::Validation(error.to_string())
    }
}
