//! What is done with one value of a model: save, create, delete, refresh, `get_by_key`.

use std::collections::{BTreeMap, BTreeSet};

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;

use super::prelude::*;

case!("model/save_replaces", Theme::Model, save);
case!("model/create_refuses_to_replace", Theme::Model, create);
case!("model/delete_deletes_the_value", Theme::Model, delete);
case!("model/refresh_reads_what_others_wrote", Theme::Model, refresh);
case!("model/get_by_key_gives_the_value_of_the_key", Theme::Model, get_by_key);
case!("model/every_call_takes_a_condition", Theme::Condition, conditions);
case!("model/every_type_of_field_comes_back", Theme::Value, types);
case!("model/tables_are_created_and_deleted", Theme::Table, tables);

fn refused(result: Result<(), Error>, what: &str) -> CaseResult {
    match result {
        Err(Error::ConditionFailed { operation, .. }) if operation == what => Ok(()),
        other => Err(Failure::new(format_args!("{what} is not refused: {other:?}"))),
    }
}

/// Fields that are no longer set would remain.
async fn save(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut event = Event::new("a", 1);
    event.note = Some("first".to_owned());
    event.tags = ["x".to_owned()].into();
    event.save(&db).await?;
    ensure_eq("the event", Event::get_by_key(("a", 1), &db).await?, event.clone())?;
    event.note = None;
    event.tags.clear();
    event.level = 2.5;
    event.save(&db).await?;
    ensure_eq("the event, changed", Event::get_by_key(("a", 1), &db).await?, event)
}

/// Someone else's item would be replaced.
async fn create(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut first = Event::new("a", 1);
    first.note = Some("first".to_owned());
    first.create(&db).await?;
    match Event::new("a", 1).create(&db).await {
        Err(Error::ObjectAlreadyExists { model: "Event", .. }) => {}
        other => return Err(Failure::new(format_args!("not refused: {other:?}"))),
    }
    Event::new("a", 2).create(&db).await?;
    ensure_eq("the first event", Event::get_by_key(("a", 1), &db).await?, first)
}

/// Another item would be deleted, or deleting twice be an error.
async fn delete(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let event = Event::get_by_key(("a", 10), &db).await?;
    event.delete(&db).await?;
    event.delete(&db).await?;
    ensure_eq("what is left", event_times(&Event::objects().set_hash_key("a").all(&db).await?), [0, 20])
}

/// An older value would be taken for the present one.
async fn refresh(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut mine = Event::new("a", 1);
    mine.save(&db).await?;
    let mut theirs = mine.clone();
    theirs.note = Some("theirs".to_owned());
    theirs.save(&db).await?;
    mine.refresh(&db).await?;
    ensure_eq("the event", mine.clone(), theirs)?;
    mine.delete(&db).await?;
    match mine.refresh(&db).await {
        Err(error) if error.is_object_does_not_exist() => Ok(()),
        other => Err(Failure::new(format_args!("it is gone: {other:?}"))),
    }
}

/// A missing item would be an item without fields.
async fn get_by_key(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    ensure_eq("the event", Event::get_by_key(("a", 20), &db).await?.level, 2.0)?;
    match Event::get_by_key(("a", 25), &db).await {
        Err(error) if error.is_object_does_not_exist() => Ok(()),
        other => Err(Failure::new(format_args!("there is none: {other:?}"))),
    }
}

/// A condition would be dropped between the model and the table.
async fn conditions(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let mut event = Event::new("a", 1);
    event.save(&db).await?;
    event.note = Some("urgent".to_owned());
    refused(event.save(&db).condition(Event::URGENT.eq(true)).await, "save")?;
    refused(event.refresh(&db).condition(Event::NOTE.eq("calm")).await, "refresh")?;
    event.note = Some("urgent".to_owned());
    event.save(&db).condition(Event::URGENT.eq(false)).condition(Event::NOTE.not_exists()).await?;
    refused(event.delete(&db).condition(Event::NOTE.not_exists()).await, "delete")?;
    event.refresh(&db).condition(Event::NOTE.startswith("urg")).await?;
    let with_kind = Event::get_by_key(("a", 1), &db).condition(Event::KIND.exists());
    refused(with_kind.await.map(|_| ()), "get_by_key")?;
    let without_kind = Event::get_by_key(("a", 1), &db).condition(Event::KIND.not_exists());
    ensure_eq("the event", without_kind.await?, event.clone())?;
    // What can never be true refuses the write, and what is always true does not.
    refused(event.delete(&db).condition(Event::NOTE.is_in(Vec::<String>::new())).await, "delete")?;
    event.delete(&db).condition(!Event::NOTE.between("z", "a")).await?;
    ensure_eq("what is left", Event::objects().set_hash_key("a").count(&db).await?, 0)
}

/// A field would come back as something else.
async fn types(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Sample>().await?;
    let mut sample = Sample {
        id: u64::MAX,
        colour: Colour::DarkBlue,
        location: Some(Location { city: "Zürich".to_owned(), floor: Some(-1) }),
        bytes: bytes::Bytes::from_static(b"\x00\xff"),
        list: vec![Some(1), None, Some(i64::MIN)],
        numbers: [-3, 5].into(),
        scores: BTreeMap::from([("go".to_owned(), 0.1), (String::from("no.go"), -1e100)]),
        json: serde_json::json!({"a": [1, {"b": null}]}),
        exact: "0.1000000000000000000000000000000000001".parse()?,
    };
    sample.create(db).await?;
    ensure_eq("the sample", Sample::get_by_key(u64::MAX, db).await?, sample.clone())?;
    let found = Sample::objects().set_hash_key(u64::MAX).filter(
        Sample::COLOUR.eq(Colour::DarkBlue)
            & Sample::LOCATION.at(Location::CITY).startswith("Zü")
            & Sample::SCORES.key("no.go").lt(0)
            & Sample::LIST.contains(i64::MIN)
            & Sample::NUMBERS.contains(5),
    );
    ensure_eq("the sample, found", found.get(db).await?, sample.clone())?;
    sample = Sample { id: 0, colour: Colour::Green, location: None, numbers: BTreeSet::new(), ..sample };
    sample.save(db).await?;
    ensure_eq("another sample", Sample::get_by_key(0_u64, db).await?, sample)
}

/// A table would be created twice, or be gone before it is deleted.
async fn tables(cx: Context) -> CaseResult {
    let db = cx.db();
    ensure_eq("before", db.table_exists::<Event>().await?, false)?;
    ensure_eq("its name", db.create_table::<Event>().await?, cx.table_name("events"))?;
    ensure_eq("after", db.table_exists::<Event>().await?, true)?;
    match db.create_table::<Event>().await {
        Err(Error::Driver(error)) if error.is_resource_in_use() => {}
        other => return Err(Failure::new(format_args!("it exists already: {other:?}"))),
    }
    Event::new("a", 1).save(db).await?;
    db.delete_table::<Event>().await?;
    ensure_eq("at the end", db.table_exists::<Event>().await?, false)
}
