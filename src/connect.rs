//! Creation of a database from settings.

use djamodb_core::database::Database;
use djamodb_core::layer::RetryPolicy;

use crate::settings::{DriverScheme, IntoSettings, Settings, SettingsError};

/// A reason why [`connect`] cannot create a database.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The settings are invalid.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The driver of the URL's scheme is not part of this build.
    #[error("this build has no driver for `{scheme}://`; enable the feature `{feature}` of the dependency `djamodb`")]
    DriverMissing {
        /// Scheme of the URL.
        scheme: &'static str,
        /// Cargo feature that includes the driver.
        feature: &'static str,
    },
    /// No region is set, and the URL names no endpoint.
    #[error(
        "no region is set; name it in the URL, as in `{scheme}://eu-west-1`, set DJAMODB_REGION or AWS_REGION, or add a region to the \
         AWS profile"
    )]
    RegionMissing {
        /// Scheme of the URL.
        scheme: &'static str,
    },
    /// The driver rejects the settings. The error is the driver's own `ConnectError`.
    #[error(transparent)]
    Driver(Box<dyn std::error::Error + Send + Sync>),
}

djamodb_core::debug_by_message!(enum ConnectError {
    Settings(error),
    DriverMissing { scheme, feature },
    RegionMissing { scheme },
    Driver(error),
});

/// A program whose functions return [`Error`](djamodb_core::error::Error) can connect with `?`.
impl From<ConnectError> for djamodb_core::error::Error {
    fn from(error: ConnectError) -> Self {
        Self::Connect(Box::new(error))
    }
}

impl From<SettingsError> for djamodb_core::error::Error {
    fn from(error: SettingsError) -> Self {
        Self::Connect(Box::new(error))
    }
}

/// Creates a database from settings or from a URL. The scheme of the URL selects the driver.
///
/// No request is sent, so an unreachable endpoint is only reported by the first operation.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = djamodb::connect("memory://").await?;
/// assert_eq!(db.driver().name(), "memory");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// - [`ConnectError::Settings`] if the settings are invalid.
/// - [`ConnectError::DriverMissing`] if the feature of the driver is not enabled.
/// - [`ConnectError::RegionMissing`] if the URL names neither a region nor an endpoint, and the environment has no region.
/// - [`ConnectError::Driver`] if the driver rejects the settings.
pub async fn connect(target: impl IntoSettings) -> Result<Database, ConnectError> {
    let settings = target.into_settings()?;
    let database = match settings.scheme() {
        DriverScheme::Memory => memory(&settings)?,
        DriverScheme::DynamoDb => aws_sdk(&settings).await?,
        DriverScheme::Rusoto => rusoto(&settings).await?,
    };
    let database = database.with_retry_policy(retry_policy(&settings)).map_err(SettingsError::from)?;
    let write_concurrency = settings.write_concurrency().unwrap_or(Database::WRITE_CONCURRENCY_DEFAULT);
    Ok(database.with_write_concurrency(write_concurrency).map_err(SettingsError::from)?)
}

#[cfg(feature = "memory")]
#[allow(clippy::unnecessary_wraps, reason = "the variant without the feature fails")]
fn memory(settings: &Settings) -> Result<Database, ConnectError> {
    let driver = djamodb_driver_memory::MemoryDriver::new();
    Ok(Database::with_defaults(driver, settings.table_defaults().clone()))
}

#[cfg(not(feature = "memory"))]
fn memory(_: &Settings) -> Result<Database, ConnectError> {
    Err(ConnectError::DriverMissing { scheme: "memory", feature: "memory" })
}

#[cfg(feature = "aws-sdk")]
async fn aws_sdk(settings: &Settings) -> Result<Database, ConnectError> {
    use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver, ConnectError as DriverConnectError, Credentials};

    let credentials = settings.access_key_id().zip(settings.secret_access_key()).map(|(access_key_id, secret)| {
        let mut credentials = Credentials::new(access_key_id, secret.expose());
        credentials.session_token = settings.session_token().map(|token| token.expose().to_owned());
        credentials
    });
    let config = AwsSdkConfig {
        endpoint: settings.host().map(str::to_owned),
        region: settings.region().map(str::to_owned),
        credentials,
        connect_timeout: settings.connect_timeout(),
        read_timeout: settings.read_timeout(),
        attempt_timeout: settings.attempt_timeout(),
        operation_timeout: settings.operation_timeout(),
        attempts_max: settings.attempts_max(),
        backoff_base: settings.backoff_base(),
        pool_size_max: settings.pool_size_max(),
        response_bytes_max: settings.response_bytes_max(),
        extra_headers: settings.exposed_headers(),
    };
    let driver = AwsSdkDriver::connect(config).await.map_err(|error| match error {
        DriverConnectError::RegionMissing => ConnectError::RegionMissing { scheme: "dynamodb" },
        error => ConnectError::Driver(error.into()),
    })?;
    Ok(Database::with_defaults(driver, settings.table_defaults().clone()))
}

#[cfg(not(feature = "aws-sdk"))]
#[allow(clippy::unused_async, reason = "the variant with the feature waits for credentials")]
async fn aws_sdk(_: &Settings) -> Result<Database, ConnectError> {
    Err(ConnectError::DriverMissing { scheme: "dynamodb", feature: "aws-sdk" })
}

#[cfg(feature = "rusoto")]
async fn rusoto(settings: &Settings) -> Result<Database, ConnectError> {
    use djamodb_core::layer::{Retry, TimeLimit};
    use djamodb_driver_rusoto::{ConnectError as DriverConnectError, Credentials, RusotoConfig, RusotoDriver};

    let credentials = settings.access_key_id().zip(settings.secret_access_key()).map(|(access_key_id, secret)| {
        let mut credentials = Credentials::new(access_key_id, secret.expose());
        credentials.session_token = settings.session_token().map(|token| token.expose().to_owned());
        credentials
    });
    let config = RusotoConfig {
        endpoint: settings.host().map(str::to_owned),
        region: settings.region().map(str::to_owned),
        credentials,
        connect_timeout: settings.connect_timeout(),
        read_timeout: settings.read_timeout(),
        attempt_timeout: settings.attempt_timeout(),
        pool_size_max: settings.pool_size_max(),
        response_bytes_max: settings.response_bytes_max(),
        extra_headers: settings.exposed_headers(),
    };
    let driver = RusotoDriver::connect(config).await.map_err(|error| match error {
        DriverConnectError::RegionMissing => ConnectError::RegionMissing { scheme: "rusoto" },
        error => ConnectError::Driver(error.into()),
    })?;
    // rusoto does not retry requests.
    let driver = Retry::new(driver, retry_policy(settings)).map_err(SettingsError::from)?;
    let driver = TimeLimit::new(driver, settings.timeouts().operation()).map_err(SettingsError::from)?;
    Ok(Database::with_defaults(driver, settings.table_defaults().clone()))
}

#[cfg(not(feature = "rusoto"))]
#[allow(clippy::unused_async, reason = "the variant with the feature waits for credentials")]
async fn rusoto(_: &Settings) -> Result<Database, ConnectError> {
    Err(ConnectError::DriverMissing { scheme: "rusoto", feature: "rusoto" })
}

fn retry_policy(settings: &Settings) -> RetryPolicy {
    let default = RetryPolicy::default();
    RetryPolicy {
        attempts_max: settings.attempts_max().unwrap_or(default.attempts_max),
        base: settings.backoff_base().unwrap_or(default.base),
        cap: default.cap,
    }
}
