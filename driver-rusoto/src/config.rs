//! How to reach DynamoDB.

use std::fmt;
use std::time::Duration;

/// How to reach DynamoDB. What is absent comes from where rusoto looks for it: the environment (`AWS_DEFAULT_REGION`,
/// `AWS_REGION`, `AWS_ACCESS_KEY_ID`, …), profiles, the metadata of the container or of the machine.
///
/// There is no setting for retries, since rusoto has none. Neither does it know single sign-on, version 2 of the
/// metadata service, `AWS_ENDPOINT_URL` and the proxies that the environment names.
///
/// `Debug` shows neither the secret of the credentials nor the values of the headers.
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_driver_rusoto::{Credentials, RusotoConfig};
///
/// let config = RusotoConfig {
///     region: Some("eu-central-1".into()),
///     credentials: Some(Credentials::new("AKIDEXAMPLE", "do not tell")),
///     read_timeout: Some(Duration::from_secs(2)),
///     ..RusotoConfig::default()
/// };
/// assert!(!format!("{config:?}").contains("do not tell"));
/// ```
#[derive(Clone, PartialEq, Default)]
pub struct RusotoConfig {
    /// Where requests go, when that is not the region's own endpoint: `http://localhost:8000`. With `https` it has to
    /// have a name: rusoto's rustls does not know certificates of addresses.
    ///
    /// On this machine (`localhost`, `127.0.0.1`, `[::1]`) the region is `us-east-1` and the access key and its secret
    /// are `local` where they are not given, so that DynamoDB Local can be used at once. It keeps the tables of each
    /// region and access key apart, unless it was started with `-sharedDb`.
    pub endpoint: Option<String>,
    /// The region: `us-east-1`. One that is newer than rusoto is taken to have its endpoint under `amazonaws.com`.
    pub region: Option<String>,
    /// The access key and its secret.
    pub credentials: Option<Credentials>,
    /// How long a connection may take to be made, TLS included: as long as it takes, by default.
    pub connect_timeout: Option<Duration>,
    /// How long an answer may take, from the wait for a connection to its last byte: as long as it takes, by default.
    pub read_timeout: Option<Duration>,
    /// How many idle connections are kept: all, by default. It is no bound on connections that are in use.
    pub pool_size_max: Option<usize>,
    /// Headers that are sent with each request, for the proxies and gateways in between. They are not signed, so that
    /// these may take them off.
    pub extra_headers: Vec<(String, String)>,
}

/// An access key and its secret. `Debug` shows the access key only.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The access key.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The token of temporary credentials.
    pub session_token: Option<String>,
}

impl Credentials {
    /// An access key and its secret, without a session token.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self { access_key_id: access_key_id.into(), secret_access_key: secret_access_key.into(), session_token: None }
    }
}

impl fmt::Debug for RusotoConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header_names: Vec<&str> = self.extra_headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RusotoConfig")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("credentials", &self.credentials)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("pool_size_max", &self.pool_size_max)
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
    fn secrets_are_not_shown() {
        let mut credentials = Credentials::new("AKID", "hidden");
        credentials.session_token = Some("hidden".into());
        let config = RusotoConfig {
            credentials: Some(credentials),
            extra_headers: vec![("x-tenant".into(), "hidden".into())],
            ..RusotoConfig::default()
        };
        let shown = format!("{config:?}");
        assert!(shown.contains("AKID") && shown.contains("x-tenant"), "{shown}");
        assert!(!shown.contains("hidden"), "{shown}");
    }
}
