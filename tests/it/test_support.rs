//! `#[djamodb::test]`: tests with a database of their own.

use std::sync::Mutex;

use djamodb::prelude::*;

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
