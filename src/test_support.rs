//! The runtime of `#[djamodb::test]`, which runs each test on a database of its own.
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model)]
//! #[model(table = "weather")]
//! struct Weather {
//!     #[model(hash_key)]
//!     location: String,
//! }
//!
//! #[djamodb::test]
//! async fn saves_weather(db: Database) {
//!     Weather { location: "Seattle".into() }.save(&db).await.unwrap();
//!     assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await.unwrap(), 1);
//! }
//! # fn main() {}
//! ```
//!
//! The test receives a [`Database`] with empty tables for all models of the program. The table names have a prefix that no other
//! test uses, so tests can run concurrently. The tables are deleted after the test, even if it panics.
//!
//! The database is in memory unless the environment variable `DJAMODB_TEST_URL` names another one, for example
//! `dynamodb://localhost:8000` or `http://localhost:8000`, with the feature `aws-sdk`. It takes all [URLs](crate::settings#urls).
//! `#[djamodb::test(models = [Weather])]` creates only the tables of the listed models, and `models = []` none.
//!
//! # Time
//!
//! A test that takes a [`VirtualClock`] as its second argument sets the time of its database. Time to live, the states of tables, the
//! shards and records of streams, and every wait follow this clock. It starts at 2000-01-01 00:00:00 UTC and stands still unless the
//! test or a wait advances it. Equal runs draw equal random seeds.
//!
//! ```
//! use std::time::Duration;
//!
//! use djamodb::VirtualClock;
//! use djamodb::driver::Clock as _;
//! use djamodb::prelude::*;
//!
//! #[derive(Model)]
//! #[model(table = "sessions", time_to_live = expires)]
//! struct Session {
//!     #[model(hash_key)]
//!     id: String,
//!     expires: i64,
//! }
//!
//! #[djamodb::test(models = [Session])]
//! async fn a_session_ends_after_a_minute(db: Database, clock: VirtualClock) -> Result<(), djamodb::Error> {
//!     let session = Session { id: "a".into(), expires: clock.now().timestamp() + 60 };
//!     session.save(&db).await?;
//!     clock.advance(Duration::from_secs(61));
//!     assert!(Session::get_by_key("a", &db).await.unwrap_err().is_object_does_not_exist());
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! The time of a server cannot be set. A test with a clock therefore runs in memory, also if `DJAMODB_TEST_URL` names a server, and
//! prints a line that says so. It requires the feature `memory`.
//!
//! # Trouble
//!
//! `#[djamodb::test(adversarial = 7)]` runs a test on [`adversarial(7)`](crate::adversarial()), in which DynamoDB does what it may do and
//! rarely does: reads lag, pages end early, batches are processed in part, requests fail. It runs in memory, too. The tables of the test are
//! created and deleted without trouble.
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model)]
//! #[model(table = "counters")]
//! struct Counter {
//!     #[model(hash_key)]
//!     id: String,
//!     visits: i64,
//! }
//!
//! #[djamodb::test(adversarial = 7)]
//! async fn visits_are_counted(db: Database) -> Result<(), djamodb::Error> {
//!     Counter { id: "home".into(), visits: 1 }.save(&db).await?;
//!     let counter = Counter::objects().set_hash_key("home").consistent().get(&db).await?;
//!     assert_eq!(counter.visits, 1);
//!     Ok(())
//! }
//! # fn main() {}
//! ```

use std::any::Any;
use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
#[cfg(feature = "memory")]
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use djamodb_core::database::Database;
#[cfg(feature = "memory")]
use djamodb_core::database::TableDefaults;
use djamodb_core::error::Error;
#[cfg(feature = "memory")]
use djamodb_core::layer::Retry;
use djamodb_core::model::{ModelSchema, managed};
use futures_util::FutureExt as _;

#[cfg(feature = "memory")]
use crate::{Adversary, MemoryDriver, MemoryOptions, VirtualClock};
use crate::{ConnectError, Settings};

/// A type that a test may return: `()` or a result.
pub trait Termination {
    /// Returns a description of the failure, or `None` if the test succeeded.
    fn failure(self) -> Option<String>;
}

impl Termination for () {
    fn failure(self) -> Option<String> {
        None
    }
}

impl<T, E: Debug + 'static> Termination for Result<T, E> {
    fn failure(self) -> Option<String> {
        self.err().map(|error| format!("the test returned an error: {}", describe(&error)))
    }
}

/// Returns the message of an error and those of its sources. For an error of another type than djamodb's and `Box<dyn Error>`, it is the
/// text of its `Debug`, as for a test without a database.
fn describe<E: Debug + 'static>(error: &E) -> String {
    let any: &dyn Any = error;
    let boxed = any.downcast_ref::<Box<dyn std::error::Error>>().map(|error| &**error);
    let shared = || {
        any.downcast_ref::<Box<dyn std::error::Error + Send + Sync>>().map(|error| &**error as &dyn std::error::Error)
    };
    let own = || any.downcast_ref::<Error>().map(|error| error as &dyn std::error::Error);
    let connect = || any.downcast_ref::<ConnectError>().map(|error| error as &dyn std::error::Error);
    let Some(error) = boxed.or_else(shared).or_else(own).or_else(connect) else { return format!("{error:?}") };
    let sources = std::iter::successors(error.source(), |error| error.source());
    sources.fold(error.to_string(), |text, source| format!("{text}\n  caused by: {source}"))
}

/// Runs a test on a database with empty tables for `models`, or for all models of the program if `models` is `None`.
///
/// # Panics
///
/// Panics if the test panics or returns an error, or if the database or its tables cannot be created.
pub fn run<F, T>(models: Option<Vec<&'static ModelSchema>>, test: impl FnOnce(Database) -> F)
where
    F: Future<Output = T>,
    T: Termination,
{
    run_on(connected(), models, test);
}

/// Runs a test as [`run`] does, on a database in memory whose clock the test receives.
///
/// # Panics
///
/// As [`run`].
#[cfg(feature = "memory")]
pub fn run_with_clock<F, T>(models: Option<Vec<&'static ModelSchema>>, test: impl FnOnce(Database, VirtualClock) -> F)
where
    F: Future<Output = T>,
    T: Termination,
{
    print_that_server_is_unused("that sets its clock");
    let clock = VirtualClock::new(0);
    let db = in_memory(MemoryDriver::with_clock(Arc::new(clock.clone())));
    run_on(std::future::ready(db), models, |db| test(db, clock));
}

/// Runs a test as [`run`] does, on [`adversarial(seed)`](crate::adversarial()).
///
/// # Panics
///
/// As [`run`].
#[cfg(feature = "memory")]
pub fn run_adversarial<F, T>(seed: u64, models: Option<Vec<&'static ModelSchema>>, test: impl FnOnce(Database) -> F)
where
    F: Future<Output = T>,
    T: Termination,
{
    print_that_server_is_unused("in the adversarial mode");
    run_on(std::future::ready(TestDatabases::adversarial(MemoryDriver::adversarial(seed))), models, test);
}

/// Runs a test as [`run_with_clock`] does, in the adversarial mode.
///
/// # Panics
///
/// As [`run`].
#[cfg(feature = "memory")]
pub fn run_adversarial_with_clock<F, T>(
    seed: u64,
    models: Option<Vec<&'static ModelSchema>>,
    test: impl FnOnce(Database, VirtualClock) -> F,
) where
    F: Future<Output = T>,
    T: Termination,
{
    print_that_server_is_unused("in the adversarial mode");
    let clock = VirtualClock::new(seed);
    let adversary = Some(Adversary::new(seed));
    let options = MemoryOptions { clock: Arc::new(clock.clone()), adversary, ..MemoryOptions::default() };
    let databases = TestDatabases::adversarial(MemoryDriver::with_options(options));
    run_on(std::future::ready(databases), models, |db| test(db, clock));
}

/// The database of a test, and the one through which its tables are created and deleted.
struct TestDatabases {
    db: Database,
    tables: Database,
}

impl From<Database> for TestDatabases {
    fn from(db: Database) -> Self {
        Self { tables: db.clone(), db }
    }
}

#[cfg(feature = "memory")]
impl TestDatabases {
    /// Returns databases of which only that of the test has trouble: a table whose creation may have been made cannot be created again.
    fn adversarial(driver: MemoryDriver) -> Self {
        let defaults = TableDefaults { prefix: Some(prefix()), ..TableDefaults::default() };
        let tables = Database::with_defaults(driver.without_adversary(), defaults.clone());
        Self { db: Database::with_defaults(Retry::with_default_policy(driver), defaults), tables }
    }
}

#[cfg(feature = "memory")]
fn in_memory(driver: MemoryDriver) -> Database {
    Database::with_defaults(driver, TableDefaults { prefix: Some(prefix()), ..TableDefaults::default() })
}

/// Prints a line if `DJAMODB_TEST_URL` names a server, on which a test of this kind does not run.
#[cfg(feature = "memory")]
fn print_that_server_is_unused(kind: &str) {
    if test_url().is_some_and(|url| !url.starts_with("memory:")) {
        eprintln!("a test {kind} runs in memory, not on the server that DJAMODB_TEST_URL names");
    }
}

fn run_on<F, T>(
    databases: impl Future<Output: Into<TestDatabases>>,
    models: Option<Vec<&'static ModelSchema>>,
    test: impl FnOnce(Database) -> F,
) where
    F: Future<Output = T>,
    T: Termination,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("cannot create the runtime of the test: {error}"));
    let result = runtime.block_on(async {
        let TestDatabases { db, tables } = databases.await.into();
        let models = models.unwrap_or_else(all_models);
        if let Err(error) = tables.create_tables(&models).await {
            // Some of the tables may have been created.
            let _ = tables.delete_tables(&models).await;
            panic!("cannot create the tables of the test: {error}");
        }
        let result = AssertUnwindSafe(test(db.clone())).catch_unwind().await;
        if let Err(error) = tables.delete_tables(&models).await {
            eprintln!("cannot delete the tables of the test: {error}");
        }
        result
    });
    match result.map(Termination::failure) {
        Ok(None) => {}
        Ok(Some(failure)) => panic!("{failure}"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn all_models() -> Vec<&'static ModelSchema> {
    let models = managed();
    assert!(!models.is_empty(), "{}; a test without tables is `#[djamodb::test(models = [])]`", Error::NoModels);
    models
}

fn test_url() -> Option<String> {
    std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty())
}

async fn connected() -> Database {
    let url = test_url().unwrap_or_else(|| "memory://".to_owned());
    let settings = Settings::builder().url(url).table_prefix(prefix()).build();
    let settings = settings.unwrap_or_else(|error| panic!("cannot use DJAMODB_TEST_URL: {error}"));
    crate::connect(settings).await.unwrap_or_else(|error| panic!("cannot connect to the database of the test: {error}"))
}

/// Returns a table prefix that differs between concurrent tests, even in other processes and on other machines.
fn prefix() -> String {
    static TESTS: AtomicU64 = AtomicU64::new(0);
    let number = TESTS.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("test-{time:x}-{:x}-{number:x}", std::process::id())
}
