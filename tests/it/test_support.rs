//! `#[djamodb::test]`: tests with a database of their own.

use std::sync::Mutex;
use std::time::Duration;

use djamodb::driver::Clock as _;
use djamodb::prelude::*;
use djamodb::{Change, VirtualClock};

use crate::models::Event;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "notes")]
struct Note {
    #[model(hash_key)]
    id: u32,
}

#[djamodb::test]
async fn the_tables_of_all_models_exist(db: Database) {
    Event::new("a", 1).save(&db).await.unwrap();
    assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 1);
    assert!(db.table_exists::<Note>().await.unwrap());
}

#[djamodb::test(models = [Note])]
async fn only_the_named_tables_exist(db: Database) -> Result<(), djamodb::Error> {
    Note { id: 1 }.save(&db).await?;
    assert!(!db.table_exists::<Event>().await?);
    Ok(())
}

#[djamodb::test]
#[should_panic(expected = "the test returned an error: no Note matches: key id = 1")]
async fn a_test_may_return_a_result(db: Database) -> Result<Note, djamodb::Error> {
    Note::get_by_key(1, &db).await
}

/// An error with a source.
#[derive(Debug)]
struct Outer(djamodb::Error);

impl std::fmt::Display for Outer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cannot read the note")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[djamodb::test]
#[should_panic(expected = "an error: cannot read the note\n  caused by: no Note matches: key id = 1")]
async fn the_sources_of_a_boxed_error_are_shown(db: Database) -> Result<Note, Box<dyn std::error::Error>> {
    Ok(Note::get_by_key(1, &db).await.map_err(Outer)?)
}

#[djamodb::test]
#[should_panic(expected = "an error: cannot read the note\n  caused by: no Note matches: key id = 1")]
async fn the_sources_of_a_shared_error_are_shown(
    db: Database,
) -> Result<Note, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Note::get_by_key(1, &db).await.map_err(Outer)?)
}

#[djamodb::test]
#[should_panic(expected = "the test returned an error: \"text\"")]
async fn an_error_of_another_type_is_shown_by_its_debug_form(_db: Database) -> Result<(), &'static str> {
    Err("text")
}

static PREFIXES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn prefix_is_new(db: &Database) {
    let prefix = db.defaults().prefix.clone().unwrap();
    let mut prefixes = PREFIXES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    assert!(!prefixes.contains(&prefix), "two tests share {prefix}");
    prefixes.push(prefix);
}

#[djamodb::test]
async fn a_test_has_a_prefix_of_its_own(db: Database) {
    prefix_is_new(&db);
}

#[djamodb::test]
async fn a_second_test_has_another_prefix(db: Database) {
    prefix_is_new(&db);
}

/// Panics with a message. Its return type makes the type of the test known.
fn fail_as(what: &str) {
    assert!(what.is_empty(), "as {what}");
}

#[test]
fn tables_are_deleted_after_a_panic() {
    let seen = Mutex::new(None);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        djamodb::test_support::run(Some(vec![Note::schema()]), |db| {
            *seen.lock().unwrap() = Some(db);
            async { fail_as("a failing test does") }
        });
    }));
    assert_eq!(panicked.unwrap_err().downcast_ref::<String>().map(String::as_str), Some("as a failing test does"));
    let db = seen.into_inner().unwrap().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert!(!runtime.block_on(db.table_exists::<Note>()).unwrap());
}

#[djamodb::test(models = [])]
async fn an_empty_list_of_models_creates_no_table(db: Database) {
    assert!(!db.table_exists::<Note>().await.unwrap());
    assert!(!db.table_exists::<Event>().await.unwrap());
}

/// Its items expire, and its changes are recorded.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "logins", time_to_live = expires, stream = new_and_old_images)]
struct Session {
    #[model(hash_key)]
    id: u32,
    expires: i64,
}

#[djamodb::test(models = [Session])]
async fn time_to_live_and_streams_follow_the_clock_of_the_test(db: Database, clock: VirtualClock) {
    let start = "2026-02-03T04:05:06Z".parse::<DateTime<Utc>>().unwrap();
    clock.set(start);
    let mut session = Session { id: 1, expires: start.timestamp() + 60 };
    session.save(&db).await.unwrap();
    clock.advance(Duration::from_secs(59));
    assert_eq!(Session::get_by_key(1, &db).await.unwrap(), session);
    clock.advance(Duration::from_secs(2));
    assert!(Session::get_by_key(1, &db).await.unwrap_err().is_object_does_not_exist());

    let changes = || Session::changes(&db).until_idle().try_collect::<Vec<_>>();
    let removed = Change::Removed { old: session.clone(), expired: true };
    assert_eq!(changes().await.unwrap(), [Change::Inserted(session), removed]);
    clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!(changes().await.unwrap(), [], "records are kept for 24 hours");
}

#[djamodb::test(models = [])]
async fn waits_take_no_time_under_the_clock_of_the_test(db: Database, clock: VirtualClock) {
    let start = clock.now();
    db.driver().clock().sleep(Duration::from_secs(24 * 3600)).await;
    assert_eq!((clock.now() - start).num_hours(), 24);
}

#[test]
fn a_test_with_a_clock_runs_in_memory_also_where_tests_run_on_a_server() {
    // The test runs in another process, because the environment of this one is shared.
    let program = std::env::current_exe().unwrap();
    let test = "test_support::waits_take_no_time_under_the_clock_of_the_test";
    let run = std::process::Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env("DJAMODB_TEST_URL", "http://127.0.0.1:1")
        .output()
        .unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && stdout.contains("1 passed"), "{stdout}{stderr}");
    assert!(stderr.contains("runs in memory, not on the server"), "{stderr}");
}
