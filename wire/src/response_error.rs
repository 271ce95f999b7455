//! Errors of responses.

use thiserror::Error;

/// The reason for which a response of a server cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The body is no response of the operation.
    #[error("the response is invalid: {0}")]
    Invalid(String),
    /// The body lacks a part.
    #[error("the response lacks the {0}")]
    Missing(&'static str),
}
