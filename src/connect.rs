//! From settings to a database.

use djamodb_core::database::{Database, TableDefaults};
use djamodb_core::run::RetryPolicy;

use crate::settings::{DriverScheme, IntoSettings, Settings, SettingsError};

/// Why no database could be connected to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The driver of a URL's scheme is not part of this build.
    #[error("the driver of `{scheme}://` is not part of this build; {help}")]
    DriverMissing {
        /// The scheme.
        scheme: &'static str,
        /// What to do.
        help: &'static str,
    },
}

/// Connects to the database that settings, or a URL, describe. The scheme of the URL picks the driver.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = djamodb::connect("memory://").await?;
/// assert_eq!(db.driver().name(), "memory");
/// # Ok(())
/// # }
/// ```
#[allow(clippy::unused_async, reason = "drivers that read credentials have to wait for them")]
pub async fn connect(target: impl IntoSettings) -> Result<Database, ConnectError> {
    let settings = target.into_settings()?;
    let database = match settings.scheme() {
        DriverScheme::Memory => memory(settings.table_defaults().clone())?,
        DriverScheme::DynamoDb => return Err(missing("dynamodb", "for now it has the memory driver: use `memory://`")),
    };
    Ok(database.with_retry_policy(retry_policy(&settings)))
}

#[cfg(feature = "memory")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature there is no such driver")]
fn memory(defaults: TableDefaults) -> Result<Database, ConnectError> {
    Ok(Database::with_defaults(djamodb_driver_memory::MemoryDriver::new(), defaults))
}

#[cfg(not(feature = "memory"))]
fn memory(_: TableDefaults) -> Result<Database, ConnectError> {
    Err(missing("memory", "add the feature `memory` to the dependency `djamodb`"))
}

const fn missing(scheme: &'static str, help: &'static str) -> ConnectError {
    ConnectError::DriverMissing { scheme, help }
}

fn retry_policy(settings: &Settings) -> RetryPolicy {
    let default = RetryPolicy::default();
    RetryPolicy {
        attempts_max: settings.attempts_max().unwrap_or(default.attempts_max),
        base: settings.backoff_base().unwrap_or(default.base),
        cap: default.cap,
    }
}
