//! The database: a driver, and what all its tables have in common.

mod call;
mod changes;
mod defaults;
mod instance;
mod item;
mod or_create;
mod scan_policy;
#[cfg(feature = "signed-tokens")]
mod secret;
mod tables;

pub use call::Call;
pub use changes::{Change, ChangeFeed};
pub use defaults::TableDefaults;
pub use instance::ModelExt;
pub use scan_policy::ScanPolicy;

use std::fmt;
use std::sync::Arc;

use crate::driver::{Driver, DriverError, DriverExt};
#[cfg(feature = "signed-tokens")]
use crate::error::Error;
use crate::layer::{Ledger, RateLimited, RateLimiter, RetryPolicy};
use crate::model::Model;
use crate::plan::Operation;
use crate::planner::CursorSigner;
use crate::schema::TableSchema;
use crate::value::Name;

/// Where models live: a driver, and what all its tables have in common. A handle that is cheap to clone.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// use djamodb::{MemoryDriver, TableDefaults};
///
/// let defaults = TableDefaults { prefix: Some("staging".into()), ..TableDefaults::default() };
/// let staging = Database::with_defaults(MemoryDriver::new(), defaults);
/// assert_eq!(staging.create_table::<Weather>().await?, "staging-weather");
/// assert!(staging.table_exists::<Weather>().await?);
/// staging.delete_table::<Weather>().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    driver: Arc<dyn Driver>,
    defaults: TableDefaults,
    retry: RetryPolicy,
    scan_policy: ScanPolicy,
    cursor_signer: Option<Arc<dyn CursorSigner>>,
}

impl Database {
    /// A database on a driver, with tables named as their models say.
    pub fn new(driver: impl Driver) -> Self {
        Self::with_defaults(driver, TableDefaults::default())
    }

    /// A database on a driver, with defaults for its tables.
    pub fn with_defaults(driver: impl Driver, defaults: TableDefaults) -> Self {
        let (retry, scan_policy) = (RetryPolicy::default(), ScanPolicy::default());
        let driver = Arc::new(driver);
        Self { inner: Arc::new(Inner { driver, defaults, retry, scan_policy, cursor_signer: None }) }
    }

    /// The same database with another policy for what is left unprocessed.
    #[must_use]
    pub fn with_retry_policy(&self, retry: RetryPolicy) -> Self {
        Self { inner: Arc::new(Inner { retry, ..(*self.inner).clone() }) }
    }

    /// The same database with a secret by which the tokens of [`cursor`](crate::queryset::QuerySet::cursor) are signed: 16 random
    /// bytes or more, the same wherever tokens are to be understood.
    #[cfg(feature = "signed-tokens")]
    pub fn with_cursor_secret(&self, secret: impl AsRef<[u8]>) -> Result<Self, Error> {
        let signer = secret::Secret::new(secret.as_ref()).ok_or(Error::CursorSecretTooShort)?;
        Ok(Self { inner: Arc::new(Inner { cursor_signer: Some(Arc::new(signer)), ..(*self.inner).clone() }) })
    }

    /// What signs page tokens, if anything does.
    pub(crate) fn cursor_signer(&self) -> Option<&dyn CursorSigner> {
        self.inner.cursor_signer.as_deref()
    }

    /// The same database, and a ledger of what everything that goes through it costs; what goes through this one is not counted.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// let (db, ledger) = db.with_ledger();
    /// Weather { location: "Seattle".into() }.save(&db).await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.count(&db).await?, 1);
    /// djamodb::assert_requests!(ledger == 2);
    /// djamodb::assert_read_units!(ledger <= 0.5);
    /// djamodb::assert_write_units!(ledger == 1.0);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_ledger(&self) -> (Self, Ledger) {
        let ledger = Ledger::default();
        let driver = Arc::new(ledger.around(self.inner.driver.clone()));
        (Self { inner: Arc::new(Inner { driver, ..(*self.inner).clone() }) }, ledger)
    }

    /// Returns this database with its requests delayed by a rate limiter.
    pub(crate) fn rate_limited(&self, limiter: &RateLimiter) -> Self {
        let driver = Arc::new(RateLimited::new(self.inner.driver.clone(), limiter.clone()));
        Self { inner: Arc::new(Inner { driver, ..(*self.inner).clone() }) }
    }

    /// The driver.
    pub fn driver(&self) -> &dyn Driver {
        &*self.inner.driver
    }

    /// What all tables have in common.
    pub fn defaults(&self) -> &TableDefaults {
        &self.inner.defaults
    }

    /// How often, and how soon, what is left unprocessed is asked for again.
    pub fn retry_policy(&self) -> RetryPolicy {
        self.inner.retry
    }

    /// The name of a model's table here: the model's, after the prefix.
    pub fn table_name<M: Model>(&self) -> Name {
        self.inner.defaults.table_name(&M::schema().table.name)
    }

    /// A model's table as it is created here.
    pub fn table_schema<M: Model>(&self) -> TableSchema {
        self.inner.defaults.apply(&M::schema().table)
    }

    /// Carries out one operation of DynamoDB, past models and querysets.
    pub async fn run<O: Operation>(&self, operation: O) -> Result<O::Output, DriverError> {
        self.driver().run(operation).await
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("driver", &self.inner.driver)
            .field("defaults", &self.inner.defaults)
            .finish_non_exhaustive()
    }
}
