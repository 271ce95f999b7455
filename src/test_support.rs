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
use djamodb_core::model::{ModelSchema, managed};
use futures_util::FutureExt as _;

use crate::Settings;
#[cfg(feature = "memory")]
use crate::{MemoryDriver, VirtualClock};

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

impl<T, E: Debug> Termination for Result<T, E> {
    fn failure(self) -> Option<String> {
        match self {
            Ok(_) => None,
            Err(error) => Some(format!("the test returned an error: {error:?}")),
        }
    }
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
    if let Some(url) = test_url().filter(|url| !url.starts_with("memory:")) {
        eprintln!("this test sets its clock, so it runs in memory and not on {url}");
    }
    let clock = VirtualClock::new(0);
    let defaults = TableDefaults { prefix: Some(prefix()), ..TableDefaults::default() };
    let db = Database::with_defaults(MemoryDriver::with_clock(Arc::new(clock.clone())), defaults);
    run_on(std::future::ready(db), models, |db| test(db, clock));
}

fn run_on<F, T>(
    database: impl Future<Output = Database>,
    models: Option<Vec<&'static ModelSchema>>,
    test: impl FnOnce(Database) -> F,
) where
    F: Future<Output = T>,
    T: Termination,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("cannot create the runtime of the test: {error}"));
    let result = runtime.block_on(async {
        let db = database.await;
        let models = models.unwrap_or_else(all_models);
        if let Err(error) = db.create_tables(&models).await {
            // Some of the tables may have been created.
            let _ = db.delete_tables(&models).await;
            panic!("cannot create the tables of the test: {error}");
        }
        let result = AssertUnwindSafe(test(db.clone())).catch_unwind().await;
        if let Err(error) = db.delete_tables(&models).await {
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
