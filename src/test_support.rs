//! Tests with a database of their own: what `#[djamodb::test]` runs.
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
//! async fn weather_is_kept(db: Database) {
//!     Weather { location: "Seattle".into() }.save(&db).await.unwrap();
//!     assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await.unwrap(), 1);
//! }
//! # fn main() {}
//! ```
//!
//! The test gets a fresh [`Database`] in which the tables of all models exist, under a prefix of its own, so that tests run side
//! by side. Tables are deleted at the end, also after a panic. The memory driver is used unless `DJAMODB_TEST_URL` names
//! another. `#[djamodb::test(models = [Weather])]` creates the tables of these models only.

use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use djamodb_core::database::Database;
use djamodb_core::model::{ModelSchema, managed};
use futures_util::FutureExt as _;

use crate::Settings;

/// What a test may give back: nothing, or a result.
pub trait Termination {
    /// What went wrong, if anything did.
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
            Err(error) => Some(format!("the test gave an error: {error:?}")),
        }
    }
}

/// Runs a test on a fresh database with the tables of `models`, or of all models of the program.
///
/// # Panics
///
/// Where a test panics: if the test does, or gives an error, or if the database cannot be made ready.
pub fn run<F, T>(models: Option<Vec<&'static ModelSchema>>, test: impl FnOnce(Database) -> F)
where
    F: Future<Output = T>,
    T: Termination,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime for the test: {error}"));
    let ended = runtime.block_on(async {
        let db = database().await;
        let models = models.unwrap_or_else(managed);
        if let Err(error) = db.create_tables(&models).await {
            // What could be created is deleted again.
            let _ = db.delete_tables(&models).await;
            panic!("the tables for the test could not be created: {error}");
        }
        let ended = AssertUnwindSafe(test(db.clone())).catch_unwind().await;
        if let Err(error) = db.delete_tables(&models).await {
            eprintln!("the tables of the test could not be deleted: {error}");
        }
        ended
    });
    match ended.map(Termination::failure) {
        Ok(None) => {}
        Ok(Some(failure)) => panic!("{failure}"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

async fn database() -> Database {
    let url = std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty());
    let url = url.unwrap_or_else(|| "memory://".to_owned());
    let settings = Settings::builder().url(url).table_prefix(prefix()).build();
    let settings = settings.unwrap_or_else(|error| panic!("DJAMODB_TEST_URL: {error}"));
    crate::connect(settings).await.unwrap_or_else(|error| panic!("the database for the test: {error}"))
}

/// No two tests have the same, whichever processes and machines they run in at once.
fn prefix() -> String {
    static TESTS: AtomicU64 = AtomicU64::new(0);
    let number = TESTS.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("test-{time:x}-{:x}-{number:x}", std::process::id())
}
