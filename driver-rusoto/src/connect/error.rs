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
        "the endpoint contains a user name or a password, which are not sent; set `RusotoConfig::credentials` instead"
    )]
    CredentialsInEndpoint,
    /// Neither the configuration, nor the environment, nor the profile sets a region.
    #[error("no region is configured; set `RusotoConfig::region` or AWS_REGION, or add a region to the AWS profile")]
    RegionMissing,
    /// The region contains characters that region names do not have.
    #[error("`{region}` is not a region name; write it as `us-east-1`")]
    InvalidRegion {
        /// Region from the configuration, the environment or the profile.
        region: String,
    },
    /// A setting is outside of its range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// An extra header is not valid in HTTP.
    #[error("the header `{name}` cannot be sent: its name or value contains characters that HTTP does not allow")]
    InvalidHeader {
        /// Name of the header.
        name: String,
    },
    /// There are no root certificates to verify the certificate of the service.
    #[error("no root certificates found: {reason}; install the system's certificates or set SSL_CERT_FILE")]
    CertificatesMissing {
        /// Description of the failed search.
        reason: String,
    },
}

djamodb_core::debug_by_message!(enum ConnectError {
    InvalidEndpoint { reason },
    InvalidEndpointScheme { scheme },
    CredentialsInEndpoint,
    RegionMissing,
    OutOfRange(error),
    InvalidRegion { region },
    InvalidHeader { name },
    CertificatesMissing { reason },
});
