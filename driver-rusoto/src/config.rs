//! The configuration of the driver.

use std::fmt;
use std::time::Duration;

use djamodb_core::driver::{
    DEFAULT_RESPONSE_BYTES_MAX, OutOfRange, RESPONSE_BYTES_RANGE, Timeouts, check_range, redacted_url,
};

/// The endpoint, region, credentials and HTTP settings of a [`RusotoDriver`](crate::RusotoDriver).
///
/// A region or credentials that are `None` are read from rusoto's sources: the environment (`AWS_DEFAULT_REGION`, `AWS_REGION`,
/// `AWS_ACCESS_KEY_ID`, …), profiles, and the metadata services of containers and instances.
///
/// There is no setting for retries, because rusoto does not retry. rusoto does not support single sign-on, version 2 of the
/// instance metadata service, `AWS_ENDPOINT_URL` and proxies.
///
/// `Debug` shows neither the secret of the credentials nor the values of the headers, and only the scheme, host and port of the endpoint.
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_driver_rusoto::{Credentials, RusotoConfig};
///
/// let config = RusotoConfig {
///     region: Some("eu-central-1".into()),
///     credentials: Some(Credentials::new("AKIDEXAMPLE", "a secret")),
///     read_timeout: Some(Duration::from_secs(2)),
///     ..RusotoConfig::default()
/// };
/// assert!(!format!("{config:?}").contains("a secret"));
/// ```
#[derive(Clone, PartialEq, Default)]
pub struct RusotoConfig {
    /// URL that requests are sent to, if it is not the endpoint of the region, for example `http://localhost:8000`. An `https`
    /// URL needs a host name, because rusoto's version of rustls does not verify certificates of IP addresses.
    ///
    /// A custom endpoint needs no region. If [`region`](Self::region) is `None`, the region is that of the environment
    /// (`AWS_DEFAULT_REGION`, `AWS_REGION`), or else of the profile, or else `us-east-1`. Endpoints of AWS itself
    /// (`….amazonaws.com`, `….api.aws`) have no such fallback.
    ///
    /// A loopback host (`localhost`, `127.0.0.1`, `[::1]`) needs no credentials either. If [`credentials`](Self::credentials) is
    /// `None`, they are those of the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), or else
    /// those of the profile, or else the access key `local` with the secret `local`. They are read once, by
    /// [`connect`](crate::RusotoDriver::connect). Metadata services are not used. DynamoDB Local keeps separate tables for each
    /// region and access key unless it runs with `-sharedDb`.
    pub endpoint: Option<String>,
    /// Name of the region, for example `us-east-1`. The endpoint of a region that rusoto does not know is derived from its name,
    /// under `amazonaws.com`.
    pub region: Option<String>,
    /// Access key and secret that requests are signed with.
    pub credentials: Option<Credentials>,
    /// Longest time to open a connection, including the TLS handshake, from 1 ms to 1 h. [`Timeouts::DEFAULT_CONNECT`] (3 s) if `None`.
    pub connect_timeout: Option<Duration>,
    /// Longest time until the first byte of a response, and longest silence within it, from 1 ms to 1 h. [`Timeouts::DEFAULT_READ`]
    /// (10 s) if `None`.
    pub read_timeout: Option<Duration>,
    /// Longest time of a request, from loading the credentials to the last byte of the response, from 1 ms to 1 h. If `None`, the sum of
    /// the connect timeout, the read timeout and 7 s, which is 20 s with their defaults.
    pub attempt_timeout: Option<Duration>,
    /// Maximum number of idle connections that are kept open. Unlimited by default. Connections in use are not limited.
    pub pool_size_max: Option<usize>,
    /// Maximum size of a response in bytes, from 1 KiB to 1 GiB. [`DEFAULT_RESPONSE_BYTES_MAX`] (64 MiB) if `None`.
    pub response_bytes_max: Option<usize>,
    /// Names and values of headers that are added to each request, for proxies and gateways. The headers are not part of the
    /// signature, so an intermediary may remove them.
    pub extra_headers: Vec<(String, String)>,
}

impl RusotoConfig {
    /// Returns the time limits. That of the operation is not used, because each request is sent once.
    pub(crate) fn timeouts(&self) -> Timeouts {
        Timeouts {
            connect: self.connect_timeout,
            read: self.read_timeout,
            attempt: self.attempt_timeout,
            operation: None,
        }
    }

    /// Returns the maximum size of a response.
    pub(crate) fn response_bytes_max(&self) -> usize {
        self.response_bytes_max.unwrap_or(DEFAULT_RESPONSE_BYTES_MAX)
    }

    /// Requires that each setting is within its range.
    pub(crate) fn check(&self) -> Result<(), OutOfRange> {
        self.timeouts().check()?;
        check_range("response_bytes_max", self.response_bytes_max(), &RESPONSE_BYTES_RANGE)
    }
}

/// An access key with its secret. `Debug` shows only the access key.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Identifier of the access key.
    pub access_key_id: String,
    /// Secret of the access key.
    pub secret_access_key: String,
    /// Session token, which temporary credentials have.
    pub session_token: Option<String>,
}

impl Credentials {
    /// Creates credentials without a session token.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self { access_key_id: access_key_id.into(), secret_access_key: secret_access_key.into(), session_token: None }
    }
}

impl fmt::Debug for RusotoConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header_names: Vec<&str> = self.extra_headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RusotoConfig")
            .field("endpoint", &self.endpoint.as_deref().map(redacted_url))
            .field("region", &self.region)
            .field("credentials", &self.credentials)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("pool_size_max", &self.pool_size_max)
            .field("response_bytes_max", &self.response_bytes_max)
            .field("extra_headers", &header_names)
            .finish()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_outside_of_their_ranges_are_refused_by_name() {
        assert_eq!(RusotoConfig::default().check(), Ok(()));
        let default = RusotoConfig::default;
        let long = Some(Duration::from_secs(18_446_744_073_709_551_615));
        for (config, setting) in [
            (RusotoConfig { connect_timeout: long, ..default() }, "connect_timeout"),
            (RusotoConfig { read_timeout: Some(Duration::ZERO), ..default() }, "read_timeout"),
            (RusotoConfig { attempt_timeout: long, ..default() }, "attempt_timeout"),
            (RusotoConfig { response_bytes_max: Some(usize::MAX), ..default() }, "response_bytes_max"),
        ] {
            assert_eq!(config.check().unwrap_err().setting, setting);
        }
    }

    #[test]
    fn debug_hides_secrets() {
        let mut credentials = Credentials::new("AKID", "hidden");
        credentials.session_token = Some("hidden".into());
        let config = RusotoConfig {
            credentials: Some(credentials),
            extra_headers: vec![("x-tenant".into(), "hidden".into())],
            endpoint: Some("http://hidden:hidden@localhost/hidden?hidden".into()),
            ..RusotoConfig::default()
        };
        let text = format!("{config:?}");
        assert!(["AKID", "x-tenant", "@localhost"].iter().all(|shown| text.contains(shown)), "{text}");
        assert!(!text.contains("hidden"), "{text}");
    }
}
