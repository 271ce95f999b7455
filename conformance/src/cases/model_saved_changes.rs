//! Writes of the changes of values, and of invalid values: `Tracked`, validators.

use std::collections::BTreeSet;

use djamodb_core::database::{Batch, Database, ModelExt, Tracked, Transaction};
use djamodb_core::error::Error;
use djamodb_core::queryset::OnConflict;

use super::prelude::*;

case!("model/changes_leave_other_attributes", Theme::Model, changes_leave_other_attributes);
case!("model/changes_of_a_missing_item_create_none", Theme::Condition, changes_of_a_missing_item_create_none);
case!("model/changes_of_a_stale_value_are_not_written", Theme::Condition, changes_of_a_stale_value_are_not_written);
case!("model/transactions_write_changes", Theme::Transaction, transactions_write_changes);
case!("model/an_invalid_value_is_not_written", Theme::Model, an_invalid_value_is_not_written);

/// Returns the stored event of the device `a` at 0.
async fn stored(db: &Database) -> Result<Tracked<Event>, Error> {
    Ok(Event::get_by_key(("a", 0), db).await?.tracked())
}

/// Fails if an attribute that was not changed is written, or one that was is not.
async fn changes_leave_other_attributes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    let mut event = stored(&db).await?;
    let edits = (Event::LEVEL.set(7.5), Event::OWNER.set("ann"), Event::TAGS.set(BTreeSet::from(["x".to_owned()])));
    stored(&db).await?.update(edits, &db).await?;
    ensure_eq("write without changes", event.save_changes(&db).await?, false)?;
    event.note = Some("changed".to_owned());
    event.kind = None;
    event.size = Some(3);
    let expected = Event {
        level: 7.5,
        owner: Some("ann".to_owned()),
        tags: ["x".to_owned()].into(),
        ..event.clone().into_inner()
    };
    ensure_eq("write of changes", event.save_changes(&db).await?, true)?;
    ensure_eq("stored event", stored(&db).await?.into_inner(), expected)?;
    ensure_eq("repeated write", event.save_changes(&db).await?, false)
}

/// Fails if an item is created.
async fn changes_of_a_missing_item_create_none(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut event = Event::new("a", 0).tracked();
    event.level = 1.0;
    match event.save_changes(&db).await {
        Err(error) if error.is_object_does_not_exist() => {}
        other => return Err(Failure::new(format_args!("expected ObjectDoesNotExist; received {other:?}"))),
    }
    ensure_eq("number of events", Event::objects().set_hash_key("a").count(&db).await?, 0)
}

/// Fails if a stale value is written, or if the generated fields of a written value are not those of the item.
async fn changes_of_a_stale_value_are_not_written(cx: Context) -> CaseResult {
    cx.db().create_table::<Note>().await?;
    let db = cx.db().clone();
    let mut note = Note::new("a");
    note.create(&db).await?;
    let (mut latest, mut stale) = (note.clone().tracked(), note.tracked());
    latest.text.push('b');
    latest.save_changes(&db).await?;
    ensure_eq("version", latest.version, 2)?;
    ensure_eq("stored note", Note::get_by_key(latest.id, &db).await?, latest.clone().into_inner())?;
    stale.text.push('c');
    match stale.save_changes(&db).await {
        Err(Error::Stale(_)) => {}
        other => return Err(Failure::new(format_args!("expected Stale; received {other:?}"))),
    }
    ensure_eq("version of the stale value", stale.version, 1)
}

/// Fails if a transaction writes another attribute, or if the version in the value is not that of the item.
async fn transactions_write_changes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    db.create_table::<Note>().await?;
    let (mut event, mut note) = (stored(&db).await?, Note::new("a").tracked());
    note.create(&db).await?;
    stored(&db).await?.update(Event::LEVEL.set(7.5), &db).await?;
    event.note = Some("changed".to_owned());
    note.text.push('b');
    let mut transaction = Transaction::new();
    transaction.save_changes(&mut event);
    transaction.save_changes(&mut note);
    transaction.run(&db).await?;
    drop(transaction);
    ensure_eq("stored note", Note::get_by_key(note.id, &db).await?, note.clone().into_inner())?;
    ensure_eq("version", note.version, 2)?;
    let expected = Event { level: 7.5, ..event.into_inner() };
    ensure_eq("stored event", stored(&db).await?.into_inner(), expected)
}

/// Fails if an invalid value is stored, or a valid one that is written with it.
async fn an_invalid_value_is_not_written(cx: Context) -> CaseResult {
    cx.db().create_table::<Score>().await?;
    let db = cx.db().clone();
    let mut scores = [Score { player: "ann".to_owned(), points: 3 }, Score { player: "ben".to_owned(), points: 11 }];
    let mut batch = Batch::new();
    let mut transaction = Transaction::new();
    for score in &scores {
        batch.save(score);
        transaction.save(score);
    }
    let refused = [
        scores[1].clone().save(&db).await.err(),
        scores[1].clone().create(&db).await.err(),
        batch.run(&db).await.err(),
        transaction.run(&db).await.err(),
        Score::objects().bulk_create(&mut scores.clone(), OnConflict::Overwrite, &db).await.err(),
    ];
    for error in refused {
        let Some(Error::ValidationFailed(failed)) = error else {
            return Err(Failure::new(format_args!("expected ValidationFailed; received {error:?}")));
        };
        let errors: Vec<_> = failed.errors().map(|error| (error.path(), error.message())).collect();
        ensure_eq("errors", errors, vec![("points", "must be at most 10")])?;
    }
    ensure_eq("number of scores", Score::objects().scan().count(&db).await?, 0)?;
    scores[1].points = 10;
    let written = Score::objects().bulk_create(&mut scores, OnConflict::Fail, &db).await?.written.len();
    ensure_eq("number of valid scores", written, 2)
}
