//! Where the database is and how to reach it: from a builder, from the environment, or from a URL.
//!
//! | setting | environment | meaning |
//! |---|---|---|
//! | URL | `DJAMODB_URL` | `memory://`; `dynamodb://us-east-1`; `dynamodb://localhost:8000?tls=true` |
//! | host | `DJAMODB_HOST` | the endpoint, where it is not that of the region |
//! | access key | `DJAMODB_ACCESS_KEY_ID` | |
//! | secret | `DJAMODB_SECRET_ACCESS_KEY` | |
//! | session token | `DJAMODB_SESSION_TOKEN` | |
//! | region | `DJAMODB_REGION` | |
//! | table prefix | `DJAMODB_TABLE_PREFIX` | a table is named `{prefix}-{name}` |
//! | billing mode | `DJAMODB_BILLING_MODE` | `PAY_PER_REQUEST` or `PROVISIONED` |
//! | read and write units | `DJAMODB_READ_CAPACITY_UNITS`, `DJAMODB_WRITE_CAPACITY_UNITS` | for `PROVISIONED` |
//! | tags | `DJAMODB_TAGS` | a JSON object; `{table_name}` in a value is filled in |
//! | stream | `DJAMODB_STREAM` | `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES` |
//! | point-in-time recovery | `DJAMODB_POINT_IN_TIME_RECOVERY` | `true` or `false` |
//! | connect timeout | `DJAMODB_CONNECT_TIMEOUT_SECONDS` | |
//! | read timeout | `DJAMODB_READ_TIMEOUT_SECONDS` | |
//! | attempts | `DJAMODB_ATTEMPTS_MAX` | how often a request is sent, and unprocessed parts of one |
//! | base backoff | `DJAMODB_BACKOFF_BASE_MILLISECONDS` | the longest first wait before the next attempt |
//! | pool size | `DJAMODB_POOL_SIZE_MAX` | idle connections kept |
//! | extra headers | `DJAMODB_EXTRA_HEADERS` | a JSON object; sent with each request |

mod builder;
mod environment;
mod error;
mod secret;
mod url;

pub use builder::SettingsBuilder;
pub use error::SettingsError;
pub use secret::Secret;

use std::time::Duration;

use djamodb_core::database::TableDefaults;

/// Where the database is and how to reach it. `Debug` shows no secret.
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
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    scheme: DriverScheme,
    host: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<Secret>,
    session_token: Option<Secret>,
    region: Option<String>,
    tables: TableDefaults,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    attempts_max: Option<u32>,
    backoff_base: Option<Duration>,
    pool_size_max: Option<usize>,
    extra_headers: Vec<(String, Secret)>,
}

/// Which driver a URL's scheme names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DriverScheme {
    /// `memory://`: in this process.
    Memory,
    /// `dynamodb://`: AWS, or whatever speaks its protocol, by the AWS SDK.
    DynamoDb,
    /// `rusoto://`: the same by rusoto.
    Rusoto,
}

/// What [`connect`](crate::connect) takes: settings, or a URL.
pub trait IntoSettings {
    /// The settings.
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
    /// Settings, one by one.
    pub fn builder() -> SettingsBuilder {
        SettingsBuilder::default()
    }

    /// What a URL says, and defaults for the rest.
    pub fn from_url(url: &str) -> Result<Self, SettingsError> {
        Self::builder().url(url).build()
    }

    /// What the environment says (see the [table](self)), and defaults for the rest. Without `DJAMODB_URL` and
    /// `DJAMODB_HOST` the driver is the memory driver, unless there is a region.
    pub fn from_env() -> Result<Self, SettingsError> {
        Self::from_vars(std::env::vars())
    }

    /// The same from variables of any origin.
    pub fn from_vars(
        vars: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, SettingsError> {
        SettingsBuilder::from_vars(vars)?.build()
    }

    /// Which driver.
    pub fn scheme(&self) -> DriverScheme {
        self.scheme
    }

    /// The endpoint, where it is not that of the region.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The access key, when it is not left to the driver to find.
    pub fn access_key_id(&self) -> Option<&str> {
        self.access_key_id.as_deref()
    }

    /// The access key's secret.
    pub fn secret_access_key(&self) -> Option<&Secret> {
        self.secret_access_key.as_ref()
    }

    /// The token of temporary credentials.
    pub fn session_token(&self) -> Option<&Secret> {
        self.session_token.as_ref()
    }

    /// The region.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// What all tables have in common.
    pub fn table_defaults(&self) -> &TableDefaults {
        &self.tables
    }

    /// How long a connection may take to be made.
    pub fn connect_timeout(&self) -> Option<Duration> {
        self.connect_timeout
    }

    /// How long an answer may take.
    pub fn read_timeout(&self) -> Option<Duration> {
        self.read_timeout
    }

    /// How often a request is sent at most.
    pub fn attempts_max(&self) -> Option<u32> {
        self.attempts_max
    }

    /// The longest first wait before the next attempt.
    pub fn backoff_base(&self) -> Option<Duration> {
        self.backoff_base
    }

    /// How many idle connections are kept.
    pub fn pool_size_max(&self) -> Option<usize> {
        self.pool_size_max
    }

    /// Headers that are sent with each request. Their values may be secret.
    pub fn extra_headers(&self) -> &[(String, Secret)] {
        &self.extra_headers
    }

    /// The headers as a driver sends them.
    #[cfg(any(feature = "aws-sdk", feature = "rusoto"))]
    pub(crate) fn exposed_headers(&self) -> Vec<(String, String)> {
        self.extra_headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect()
    }
}
