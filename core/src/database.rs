//! The database: a driver together with the settings that its tables share.

mod advice;
mod batch;
mod batch_writes;
mod call;
mod call_span;
mod changes;
mod defaults;
mod edit_advice;
mod guarded;
mod instance;
mod item;
mod missing_tables;
mod model_tables;
mod or_create;
mod scan_policy;
#[cfg(feature = "signed-tokens")]
mod secret;
mod setting_conflict;
mod signals;
mod single_write;
mod tables;
mod tracked;
mod transaction;
mod validation;
mod written;

pub use crate::layer::{RequestReceiver, SignalError};
pub(crate) use advice::advise;
pub use batch::Batch;
pub(crate) use batch_writes::BatchOutcomes;
pub use call::Call;
use call::CallOptions;
pub(crate) use call_span::CallSpan;
pub use changes::{Change, ChangeFeed};
pub use defaults::TableDefaults;
pub(crate) use edit_advice::with_edit_advice;
pub use instance::ModelExt;
pub(crate) use item::{encode_valid, generated_update, set_generated};
pub use scan_policy::ScanPolicy;
pub use signals::{Receiver, SignalContext};
pub(crate) use signals::{post_delete, pre_delete};
pub(crate) use single_write::{WriteFailure, add_guards, delete_item, put_item};
pub use tracked::Tracked;
pub use transaction::{Action, Reads, Transaction, TransactionReads};
pub(crate) use validation::{validate_all, validate_edits};

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::driver::{Driver, DriverError, DriverExt, OutOfRange, check_range};
#[cfg(feature = "signed-tokens")]
use crate::error::Error;
use crate::layer::{Ledger, RateLimited, RateLimiter, RetryPolicy};
use crate::model::Model;
use crate::plan::Operation;
use crate::planner::CursorSigner;
use crate::schema::TableSchema;
use crate::value::Name;

/// A driver together with the settings that its tables share. All calls that send requests take a database.
///
/// The handle is cheap to clone. Methods named `with_…` return another handle on the same driver and leave this one unchanged.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::Weather;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
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
    write_concurrency: usize,
    scan_policy: ScanPolicy,
    cursor_signer: Option<Arc<dyn CursorSigner>>,
    receivers: Option<Arc<signals::Receivers>>,
}

impl Database {
    /// Range of [`write_concurrency`](Self::write_concurrency).
    pub const WRITE_CONCURRENCY_RANGE: RangeInclusive<usize> = 1..=1000;

    /// Default of [`write_concurrency`](Self::write_concurrency).
    pub const WRITE_CONCURRENCY_DEFAULT: usize = 8;

    /// Creates a database with the default settings: tables have the names of their models, without a prefix.
    pub fn new(driver: impl Driver) -> Self {
        Self::with_defaults(driver, TableDefaults::default())
    }

    /// Creates a database with settings for its tables.
    pub fn with_defaults(driver: impl Driver, defaults: TableDefaults) -> Self {
        let inner = Inner {
            driver: Arc::new(driver),
            defaults,
            retry: RetryPolicy::default(),
            write_concurrency: Self::WRITE_CONCURRENCY_DEFAULT,
            scan_policy: ScanPolicy::default(),
            cursor_signer: None,
            receivers: None,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Returns this database with another policy for keys and writes that a response leaves unprocessed.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`], if the policy is outside of its ranges.
    pub fn with_retry_policy(&self, retry: RetryPolicy) -> Result<Self, OutOfRange> {
        retry.check()?;
        Ok(Self { inner: Arc::new(Inner { retry, ..(*self.inner).clone() }) })
    }

    /// Returns this database with another number of requests that a call with many writes sends concurrently: 8 by default, 1 to 1,000.
    ///
    /// It applies to each call of `bulk_create`, `bulk_update`, of `update`, `delete` and `delete_checked` on a queryset, and of
    /// [`Batch::run`]. A request of `delete`, of a batch, and of `bulk_create` with `Overwrite` makes up to 25 writes. With 1, each request
    /// begins after the response to the one before.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`], if the number is outside of its range.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let db = db.with_write_concurrency(32)?;
    /// assert_eq!(Weather::objects().set_hash_key("Seattle").update(Weather::KIND.set("fog"), &db).await?, 3);
    ///
    /// let error = db.with_write_concurrency(0).unwrap_err();
    /// assert_eq!(error.to_string(), "the setting write_concurrency is 0; its range is 1 to 1000");
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_write_concurrency(&self, requests: usize) -> Result<Self, OutOfRange> {
        check_range("write_concurrency", requests, &Self::WRITE_CONCURRENCY_RANGE)?;
        Ok(Self { inner: Arc::new(Inner { write_concurrency: requests, ..(*self.inner).clone() }) })
    }

    /// Returns this database with a secret that signs the tokens of [`cursor`](crate::queryset::QuerySet::cursor). All processes
    /// that exchange tokens need the same secret.
    ///
    /// # Errors
    ///
    /// [`Error::CursorSecretTooShort`], if the secret has fewer than 16 bytes.
    #[cfg(feature = "signed-tokens")]
    pub fn with_cursor_secret(&self, secret: impl AsRef<[u8]>) -> Result<Self, Error> {
        let signer = secret::CursorSecret::new(secret.as_ref()).ok_or(Error::CursorSecretTooShort)?;
        Ok(Self { inner: Arc::new(Inner { cursor_signer: Some(Arc::new(signer)), ..(*self.inner).clone() }) })
    }

    /// Requires the feature `signed-tokens`.
    #[cfg(not(feature = "signed-tokens"))]
    #[doc(hidden)]
    pub fn with_cursor_secret<S: signed_tokens::FeatureIsEnabled>(&self, _: S) -> Result<Self, crate::error::Error> {
        Ok(self.clone())
    }

    /// Returns the signer of page tokens, or `None` if they are not signed.
    pub(crate) fn cursor_signer(&self) -> Option<&dyn CursorSigner> {
        self.inner.cursor_signer.as_deref()
    }

    /// Returns this database with a ledger, and the ledger. Requests through the returned database are recorded, requests
    /// through this handle are not.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// let (db, ledger) = db.with_ledger();
    /// City::new("Seattle", 1).save(&db).await?;
    /// let seattle = City::objects().set_hash_key("Seattle");
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

    /// Returns the driver, including the layers around it.
    pub fn driver(&self) -> &dyn Driver {
        &*self.inner.driver
    }

    /// Returns the time of the driver's clock.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = djamodb::connect("memory://").await?;
    /// assert!(db.now() <= db.now());
    /// # Ok(())
    /// # }
    /// ```
    pub fn now(&self) -> DateTime<Utc> {
        self.driver().clock().now()
    }

    /// Returns the settings that the tables share.
    pub fn defaults(&self) -> &TableDefaults {
        &self.inner.defaults
    }

    /// Returns the policy for keys and writes that a response leaves unprocessed.
    pub fn retry_policy(&self) -> RetryPolicy {
        self.inner.retry
    }

    /// Returns the maximum number of requests that a call with many writes sends concurrently.
    pub fn write_concurrency(&self) -> usize {
        self.inner.write_concurrency
    }

    /// Returns the name of a model's table in this database: the name that the model declares, after the prefix.
    pub fn table_name<M: Model>(&self) -> Name {
        self.inner.defaults.table_name(&M::schema().table.name)
    }

    /// Returns a model's table as it is created in this database.
    pub fn table_schema<M: Model>(&self) -> TableSchema {
        self.inner.defaults.apply(M::schema())
    }

    /// Executes one operation of DynamoDB and returns its typed output. The request is sent as it is: without the scan policy,
    /// paging, and repetition of unprocessed keys and writes.
    ///
    /// # Errors
    ///
    /// As for [`DriverExt::run`].
    pub async fn run<O: Operation>(&self, operation: O) -> Result<O::Output, DriverError> {
        self.driver().run(operation).await
    }
}

/// The compiler's message for a program that signs page tokens without the feature.
#[cfg(not(feature = "signed-tokens"))]
mod signed_tokens {
    /// Implemented by no type.
    #[diagnostic::on_unimplemented(
        message = "page tokens cannot be signed in this build",
        label = "enable the feature `signed-tokens` of djamodb",
        note = "in Cargo.toml, add it to the dependency `djamodb`: features = [\"signed-tokens\"]"
    )]
    pub trait FeatureIsEnabled {}
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("driver", &self.inner.driver)
            .field("defaults", &self.inner.defaults)
            .finish_non_exhaustive()
    }
}
