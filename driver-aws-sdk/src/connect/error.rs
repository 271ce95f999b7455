//! The error of creating a driver.

use djamodb_core::driver::OutOfRange;

/// A configuration that no client can be created from.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The endpoint is not a URL.
    #[error("the endpoint is not a URL: {reason}; write it as `http://localhost:8000`")]
    InvalidEndpoint {
        /// Description of the syntax error.
        reason: String,
    },
    /// The scheme of the endpoint is neither `http` nor `https`.
    #[error("the endpoint begins with `{scheme}:`; begin it with `http://` or `https://`")]
    InvalidEndpointScheme {
        /// Scheme of the endpoint.
        scheme: String,
    },
    /// The endpoint contains a user name or a password.
    #[error(
        "the endpoint contains a user name or a password, which are not sent; set `AwsSdkConfig::credentials` instead"
    )]
    CredentialsInEndpoint,
    /// Neither the configuration nor the SDK's own sources set a region.
    #[error("no region is configured; set `AwsSdkConfig::region` or AWS_REGION, or add a region to the AWS profile")]
    RegionMissing,
    /// A setting is outside of its range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// An extra header is not valid in HTTP.
    #[error("the header `{name}` cannot be sent: its name or value contains characters that HTTP does not allow")]
    InvalidHeader {
        /// Name of the header.
        name: String,
    },
}

djamodb_core::debug_by_message!(enum ConnectError {
    InvalidEndpoint { reason },
    InvalidEndpointScheme { scheme },
    CredentialsInEndpoint,
    RegionMissing,
    OutOfRange(error),
    InvalidHeader { name },
});
