//! Versions, times and identifiers that writes fill in.

use djamodb_core::database::{Database, ModelExt, Transaction};
use djamodb_core::error::{Error, HeldVersion};
use djamodb_core::queryset::OnConflict;

use super::prelude::*;

case!("model/a_stale_value_is_not_written", Theme::Condition, a_stale_value_is_not_written);
case!("model/versions_of_transactions_are_compared", Theme::Transaction, versions_of_transactions_are_compared);
case!("model/generated_fields_are_stored_as_they_are_set", Theme::Model, generated_fields_are_stored_as_they_are_set);
case!("model/bulk_writes_compare_and_count_versions", Theme::Model, bulk_writes_compare_and_count_versions);

async fn database(cx: &Context) -> Result<Database, Failure> {
    cx.db().create_table::<Note>().await?;
    Ok(cx.db().clone())
}

fn expect_stale<T: std::fmt::Debug>(what: &str, result: Result<T, Error>) -> CaseResult {
    match result {
        Err(Error::Stale(_)) => Ok(()),
        other => Err(Failure::new(format_args!("{what}: expected Stale; received {other:?}"))),
    }
}

/// Fails if a value is written over the change of another writer.
async fn a_stale_value_is_not_written(cx: Context) -> CaseResult {
    let db = database(&cx).await?;
    let mut latest = Note::new("a");
    latest.create(&db).await?;
    let mut stale = latest.clone();
    latest.save(&db).await?;
    latest.update(Note::TEXT.set("b"), &db).await?;
    ensure_eq("version", latest.version, 3)?;
    expect_stale("save", stale.save(&db).await)?;
    expect_stale("update", stale.update(Note::TEXT.set("c"), &db).await)?;
    expect_stale("delete", stale.delete(&db).await)?;
    expect_stale("save of a new value", Note { id: latest.id, ..Note::new("d") }.save(&db).await)?;
    ensure_eq("version of the stale value", stale.version, 1)?;
    ensure_eq("stored", Note::get_by_key(latest.id, &db).await?, latest.clone())?;
    stale.refresh(&db).await?;
    stale.delete(&db).await?;
    expect_stale("save of a deleted item", latest.save(&db).await)
}

/// Fails if a transaction writes a stale value, or names another cause.
async fn versions_of_transactions_are_compared(cx: Context) -> CaseResult {
    let db = database(&cx).await?;
    let (mut first, mut second) = (Note::new("a"), Note::new("b"));
    let mut creating = Transaction::new();
    creating.create(&mut first);
    creating.create(&mut second);
    creating.run(&db).await?;
    ensure_eq("versions", (first.version, second.version), (1, 1))?;
    let stale = first.clone();
    first.save(&db).await?;
    let mut refused = Transaction::new();
    refused.update(&second, Note::TEXT.set("c"));
    refused.save(&stale);
    let canceled = match refused.run(&db).await {
        Err(Error::TransactionCanceled(canceled)) => canceled,
        other => return Err(Failure::new(format_args!("expected a cancellation; received {other:?}"))),
    };
    let held = canceled.actions[1].held_version.clone();
    ensure_eq("held version", held, Some(HeldVersion { attribute: "version".into(), version: 1.into() }))?;
    ensure("the reason is the stale value", canceled.to_string().contains("the value has the version 1"))?;
    ensure_eq("second", Note::get_by_key(second.id, &db).await?, second)
}

/// Fails if the values in memory differ from the items.
async fn generated_fields_are_stored_as_they_are_set(cx: Context) -> CaseResult {
    let db = database(&cx).await?;
    let mut note = Note::new("a");
    note.save(&db).await?;
    ensure_eq("version of the identifier", note.id.get_version_num(), 7)?;
    ensure_eq("time of creation", note.created, Some(note.updated))?;
    ensure_eq("created", Note::get_by_key(note.id, &db).await?, note.clone())?;
    let created = note.created;
    note.save(&db).await?;
    ensure_eq("time of creation after another write", note.created, created)?;
    ensure_eq("saved", Note::get_by_key(note.id, &db).await?, note.clone())?;
    Note::objects().set_hash_key(note.id).update(Note::TEXT.set("b"), &db).await?;
    let (updated, is_new) = Note::update_or_create(note.clone(), Note::TEXT.set("c"), &db).await?;
    ensure_eq("updates", (updated.version, updated.created, is_new), (4, created, false))?;
    ensure("time of the last write", updated.updated >= note.updated)
}

/// Fails if a bulk write overwrites the change of another writer.
async fn bulk_writes_compare_and_count_versions(cx: Context) -> CaseResult {
    let db = database(&cx).await?;
    let mut notes = ["a", "b", "c"].map(Note::new);
    Note::objects().bulk_create(&mut notes, OnConflict::Fail, &db).await?;
    ensure_eq("versions", notes.each_ref().map(|note| note.version), [1, 1, 1])?;
    let mut other = notes[1].clone();
    other.save(&db).await?;
    match Note::objects().bulk_update(&mut notes, Note::TEXT, &db).await {
        Err(Error::WritesIncomplete(report)) => {
            ensure_eq("done and stale", (report.done, report.stale.len()), (2, 1))?;
        }
        other => return Err(Failure::new(format_args!("expected WritesIncomplete; received {other:?}"))),
    }
    ensure_eq("versions after the update", notes.each_ref().map(|note| note.version), [2, 1, 2])?;
    ensure_eq("item of the other writer", Note::get_by_key(other.id, &db).await?, other)
}
