//! Settings of a database: its location, credentials, table defaults and HTTP options.
//!
//! Settings are created by [`Settings::builder`], from environment variables by [`Settings::from_env`], or from a URL by
//! [`Settings::from_url`].
//!
//! # URLs
//!
//! | URL | driver | location |
//! |---|---|---|
//! | `memory://` | in memory | the process itself |
//! | `dynamodb://us-east-1` | AWS SDK | a region of AWS |
//! | `dynamodb://localhost:8000` | AWS SDK | an HTTP endpoint; add `?tls=true` for HTTPS |
//! | `http://localhost:8000`, `https://…` | AWS SDK | the same endpoint as its own URL |
//! | `dynamodb://` | AWS SDK | the region and endpoint found by the AWS SDK |
//! | `rusoto://…` | rusoto | the same forms as for `dynamodb://` |
//!
//! A name with a port, a dot or brackets, and `localhost`, is a host. Any other name must have the form of a region of AWS.
//!
//! # Region and credentials
//!
//! The settings come first, then the environment: the drivers' own sources, such as `AWS_REGION`, `AWS_ACCESS_KEY_ID` and
//! profiles. An endpoint that is not AWS's needs no region: it is `us-east-1` if neither the settings, nor the environment
//! variables, nor the profile have one. An endpoint on a loopback address needs no credentials: they are then the access key
//! `local` with the secret `local`. For such endpoints no metadata service and no single sign-on is used. See
//! `AwsSdkConfig::endpoint` and `RusotoConfig::endpoint`.
//!
//! # Environment variables
//!
//! | setting | variable | value |
//! |---|---|---|
//! | URL | `DJAMODB_URL` | see above; required, unless the host or the region is set |
//! | host | `DJAMODB_HOST` | URL that requests are sent to, if it is not the endpoint of the region |
//! | access key | `DJAMODB_ACCESS_KEY_ID` | without it, the driver uses its own sources of credentials |
//! | secret access key | `DJAMODB_SECRET_ACCESS_KEY` | |
//! | session token | `DJAMODB_SESSION_TOKEN` | for temporary credentials |
//! | region | `DJAMODB_REGION` | for example `us-east-1` |
//! | table prefix | `DJAMODB_TABLE_PREFIX` | a table is named `{prefix}-{name}` |
//! | billing mode | `DJAMODB_BILLING_MODE` | `PAY_PER_REQUEST` or `PROVISIONED` |
//! | read and write units | `DJAMODB_READ_CAPACITY_UNITS`, `DJAMODB_WRITE_CAPACITY_UNITS` | units per second, for `PROVISIONED` |
//! | maximum of read and write units per second of each table with `PAY_PER_REQUEST` | `DJAMODB_READ_REQUEST_UNITS_MAX`, `DJAMODB_WRITE_REQUEST_UNITS_MAX` | numbers; no maximum without them |
//! | encryption | `DJAMODB_ENCRYPTION` | `AWS_OWNED`, `AWS_MANAGED`, or a customer managed key: its identifier, its ARN, or an alias |
//! | table class | `DJAMODB_TABLE_CLASS` | `STANDARD` or `STANDARD_INFREQUENT_ACCESS` |
//! | tags | `DJAMODB_TAGS` | a JSON object; `{table_name}` in a value is replaced by the table's name |
//! | stream | `DJAMODB_STREAM` | `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES` |
//! | point-in-time recovery | `DJAMODB_POINT_IN_TIME_RECOVERY` | `true` or `false` |
//! | deletion protection | `DJAMODB_DELETION_PROTECTION` | `true` or `false` |
//! | connect timeout | `DJAMODB_CONNECT_TIMEOUT_SECONDS` | longest time to open a connection; 3 by default |
//! | read timeout | `DJAMODB_READ_TIMEOUT_SECONDS` | longest time until the first byte of a response; 10 by default |
//! | attempt timeout | `DJAMODB_ATTEMPT_TIMEOUT_SECONDS` | longest time of one attempt; by default the sum of the two above and 7, which is 20 |
//! | operation timeout | `DJAMODB_OPERATION_TIMEOUT_SECONDS` | longest time of a request with all its attempts; by default three times that of an attempt, which is 60 |
//! | attempts | `DJAMODB_ATTEMPTS_MAX` | maximum number of attempts for a request and for the unprocessed part of a batch, 1 to 100 |
//! | base backoff | `DJAMODB_BACKOFF_BASE_MILLISECONDS` | upper bound of the wait before the second attempt, at most an hour |
//! | write concurrency | `DJAMODB_WRITE_CONCURRENCY` | maximum number of requests that a call with many writes sends concurrently, 1 to 1000; 8 by default |
//! | pool size | `DJAMODB_POOL_SIZE_MAX` | maximum number of idle connections |
//! | response size | `DJAMODB_RESPONSE_BYTES_MAX` | maximum size of a response in bytes, 1 KiB to 1 GiB; 64 MiB by default |
//! | extra headers | `DJAMODB_EXTRA_HEADERS` | a JSON object of header names and values, added to each request |

//!
//! Timeouts are in seconds, with an optional fraction, from 0.001 to 3600. They bound one request; a terminal method of a queryset may
//! send many. `Debug` output of the settings, and their errors, show no secrets. The AWS SDK, however, logs requests with all their
//! headers at the level `TRACE`, extra headers included.

mod builder;
mod environment;
mod error;
mod region;
mod secret;
mod url;

pub use builder::SettingsBuilder;
pub use error::SettingsError;
pub use secret::Secret;

use std::fmt;
use std::time::Duration;

use djamodb_core::database::TableDefaults;
use djamodb_core::driver::{Timeouts, redacted_url};

/// Validated settings of a database. `Debug` shows no secrets.
///
/// ```
/// use djamodb::Settings;
///
/// let settings = Settings::builder()
///     .url("memory://")
///     .table_prefix("staging")
///     .tag("table", "{table_name}")
///     .build()?;
/// assert_eq!(settings.table_defaults().prefix.as_deref(), Some("staging"));
/// # Ok::<(), djamodb::settings::SettingsError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Settings {
    scheme: DriverScheme,
    host: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<Secret>,
    session_token: Option<Secret>,
    region: Option<String>,
    tables: TableDefaults,
    timeouts: Timeouts,
    attempts_max: Option<u32>,
    backoff_base: Option<Duration>,
    write_concurrency: Option<usize>,
    pool_size_max: Option<usize>,
    response_bytes_max: Option<usize>,
    extra_headers: Vec<(String, Secret)>,
}

/// The driver selected by the scheme of a URL.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DriverScheme {
    /// `memory://`: the in-memory driver.
    Memory,
    /// `dynamodb://`: the driver that uses the AWS SDK.
    DynamoDb,
    /// `rusoto://`: the driver that uses rusoto.
    Rusoto,
}

/// A type that [`connect`](crate::connect) accepts: settings or a URL.
pub trait IntoSettings {
    /// Converts `self` to settings.
    ///
    /// # Errors
    ///
    /// A URL fails with the errors of [`Settings::from_url`].
    fn into_settings(self) -> Result<Settings, SettingsError>;
}

impl IntoSettings for Settings {
    fn into_settings(self) -> Result<Settings, SettingsError> {
        Ok(self)
    }
}

impl IntoSettings for &Settings {
    fn into_settings(self) -> Result<Settings, SettingsError> {
        Ok(self.clone())
    }
}

impl IntoSettings for &str {
    fn into_settings(self) -> Result<Settings, SettingsError> {
        Settings::from_url(self)
    }
}

impl IntoSettings for String {
    fn into_settings(self) -> Result<Settings, SettingsError> {
        Settings::from_url(&self)
    }
}

impl IntoSettings for &String {
    fn into_settings(self) -> Result<Settings, SettingsError> {
        Settings::from_url(self)
    }
}

impl Settings {
    /// Returns a builder without any settings.
    pub fn builder() -> SettingsBuilder {
        SettingsBuilder::default()
    }

    /// Creates settings from a URL, with defaults for everything else.
    ///
    /// # Errors
    ///
    /// - [`SettingsError::Scheme`] if the scheme is not supported.
    /// - [`SettingsError::Url`] if the rest of the URL is invalid, contains credentials, or is neither a host nor a region.
    pub fn from_url(url: &str) -> Result<Self, SettingsError> {
        Self::builder().url(url).build()
    }

    /// Creates settings from [environment variables](self#environment-variables), with defaults for everything else.
    ///
    /// One of `DJAMODB_URL`, `DJAMODB_HOST` and `DJAMODB_REGION` must be set. The in-memory driver is only used where
    /// `DJAMODB_URL` is `memory://`. Variables with an empty value are ignored, and so are those of other programs.
    ///
    /// # Errors
    ///
    /// - [`SettingsError::UnknownVariable`] if a variable begins with `DJAMODB_` but names no setting.
    /// - [`SettingsError::Value`] if a value has the wrong form or is not valid Unicode.
    /// - The errors of [`SettingsBuilder::build`].
    pub fn from_env() -> Result<Self, SettingsError> {
        SettingsBuilder::from_vars_os(std::env::vars_os())?.build()
    }

    /// Creates settings from the given variables, in the same way as [`from_env`](Self::from_env).
    ///
    /// ```
    /// use djamodb::Settings;
    ///
    /// let error = Settings::from_vars([("DJAMODB_REGON", "us-east-1")]).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown environment variable `DJAMODB_REGON`; did you mean `DJAMODB_REGION`?");
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with the errors of [`from_env`](Self::from_env).
    pub fn from_vars(
        vars: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, SettingsError> {
        SettingsBuilder::from_vars(vars)?.build()
    }

    /// Returns the selected driver.
    pub fn scheme(&self) -> DriverScheme {
        self.scheme
    }

    /// Returns the URL that requests are sent to, if it is not the endpoint of the region.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Returns the access key, or `None` if the driver uses its own sources of credentials.
    pub fn access_key_id(&self) -> Option<&str> {
        self.access_key_id.as_deref()
    }

    /// Returns the secret of the access key.
    pub fn secret_access_key(&self) -> Option<&Secret> {
        self.secret_access_key.as_ref()
    }

    /// Returns the session token, which temporary credentials have.
    pub fn session_token(&self) -> Option<&Secret> {
        self.session_token.as_ref()
    }

    /// Returns the name of the region.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Returns the settings that all created tables share.
    pub fn table_defaults(&self) -> &TableDefaults {
        &self.tables
    }

    /// Returns the longest time to open a connection, or `None` for the driver's default of 3 s.
    pub fn connect_timeout(&self) -> Option<Duration> {
        self.timeouts.connect
    }

    /// Returns the longest time to wait for a response, or `None` for the driver's default of 10 s.
    pub fn read_timeout(&self) -> Option<Duration> {
        self.timeouts.read
    }

    /// Returns the longest time of one attempt, or `None` for the default, see [`Timeouts::attempt`].
    pub fn attempt_timeout(&self) -> Option<Duration> {
        self.timeouts.attempt
    }

    /// Returns the longest time of a request with all its attempts, or `None` for the default, see [`Timeouts::operation`].
    pub fn operation_timeout(&self) -> Option<Duration> {
        self.timeouts.operation
    }

    /// Returns the time limits of requests.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// Returns the maximum number of attempts for a request, or `None` for the driver's default.
    pub fn attempts_max(&self) -> Option<u32> {
        self.attempts_max
    }

    /// Returns the upper bound of the wait before the second attempt, or `None` for the driver's default.
    pub fn backoff_base(&self) -> Option<Duration> {
        self.backoff_base
    }

    /// Returns the maximum number of requests that a call with many writes sends concurrently, or `None` for the default of 8.
    pub fn write_concurrency(&self) -> Option<usize> {
        self.write_concurrency
    }

    /// Returns the maximum number of idle connections, or `None` for the driver's default.
    pub fn pool_size_max(&self) -> Option<usize> {
        self.pool_size_max
    }

    /// Returns the maximum size of a response in bytes, or `None` for the driver's default of 64 MiB.
    pub fn response_bytes_max(&self) -> Option<usize> {
        self.response_bytes_max
    }

    /// Returns the headers that are added to each request. Their values may be secret.
    pub fn extra_headers(&self) -> &[(String, Secret)] {
        &self.extra_headers
    }

    /// Returns the extra headers with their values.
    #[cfg(any(feature = "aws-sdk", feature = "rusoto"))]
    pub(crate) fn exposed_headers(&self) -> Vec<(String, String)> {
        self.extra_headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect()
    }
}

/// Shows no secrets: neither those of the credentials, nor the values of headers, nor anything of the host but its scheme, name and port.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("scheme", &self.scheme)
            .field("host", &self.host.as_deref().map(redacted_url))
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &self.secret_access_key)
            .field("session_token", &self.session_token)
            .field("region", &self.region)
            .field("tables", &self.tables)
            .field("timeouts", &self.timeouts)
            .field("attempts_max", &self.attempts_max)
            .field("backoff_base", &self.backoff_base)
            .field("write_concurrency", &self.write_concurrency)
            .field("pool_size_max", &self.pool_size_max)
            .field("response_bytes_max", &self.response_bytes_max)
            .field("extra_headers", &self.extra_headers)
            .finish()
    }
}
