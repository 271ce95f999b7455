//! Writes of querysets and managers: `update`, `delete_checked`, `bulk_create`, `bulk_update`, `get_or_create`.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;
use djamodb_core::model::F;
use djamodb_core::queryset::OnConflict;

use super::prelude::*;

case!("queryset/update_changes_matching_items", Theme::Update, update_changes_matching_items);
case!("queryset/update_creates_no_items", Theme::Update, update_creates_no_items);
case!("queryset/delete_checked_deletes_matching_items", Theme::QuerySet, delete_checked_deletes_matching_items);
case!("queryset/bulk_create_detects_existing_items", Theme::Condition, bulk_create_detects_existing_items);
case!("queryset/bulk_create_overwrites_if_requested", Theme::Batch, bulk_create_overwrites_if_requested);
case!("queryset/bulk_update_writes_only_named_fields", Theme::Update, bulk_update_writes_only_named_fields);
case!("model/get_or_create_creates_once", Theme::Model, get_or_create_creates_once);
case!("model/update_or_create_updates_or_creates", Theme::Model, update_or_create_updates_or_creates);

/// Fails if an edit does not use the current value, or other items change.
async fn update_changes_matching_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let doors = events.filter(Event::KIND.eq("door"));
    let edits = (
        Event::LEVEL.set(F(Event::LEVEL) + 10),
        Event::TAGS.add(["seen"]),
        Event::NOTE.set_if_not_exists("a door"),
        Event::OWNER.remove(),
    );
    ensure_eq("number of events", doors.update(edits, &db).await?, 2)?;
    let levels: Vec<f64> = events.all(&db).await?.iter().map(|event| event.level).collect();
    ensure_eq("levels", levels, vec![10.0, 1.0, 2.0, 13.0, 4.0, 5.0])?;
    let door = doors.first(&db).await?.ok_or_else(|| Failure::new("expected a door; found none"))?;
    ensure_eq("note", door.note.as_deref(), Some("a door"))?;
    ensure_eq("tags", door.tags, ["seen".to_owned()].into())
}

/// Fails if an update without matches creates an item.
async fn update_creates_no_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    let unmatched = Event::objects().set_hash_key("unmatched");
    ensure_eq("number of events", unmatched.update(Event::URGENT.set(true), &db).await?, 0)?;
    ensure_eq("exists after the update", unmatched.exists(&db).await?, false)
}

/// Fails if an item that does not match is deleted.
async fn delete_checked_deletes_matching_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("number of events", events.filter(Event::URGENT.eq(true)).delete_checked(&db).await?, 3)?;
    ensure_eq("remaining events", event_times(&events.all(&db).await?), vec![10, 30, 50])
}

/// Fails if existing items are replaced, or not reported.
async fn bulk_create_detects_existing_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    let new = |at| Event { level: 7.0, ..Event::new("a", at) };
    let mut values = [new(0), new(5), new(10), new(15)];
    let report = Event::objects().bulk_create(&mut values, OnConflict::Ignore, &db).await?;
    ensure_eq("numbers of written and skipped events", (report.written.len(), report.skipped.len()), (2, 2))?;
    match Event::objects().bulk_create(&mut [new(15), new(20)], OnConflict::Fail, &db).await {
        Err(Error::WritesIncomplete(incomplete)) => {
            ensure_eq("number of existing events", incomplete.existing.len(), 1)?;
        }
        other => return Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
    let events = Event::objects().set_hash_key("a").all(&db).await?;
    ensure_eq("events", event_times(&events), vec![0, 5, 10, 15, 20])?;
    ensure_eq("first level", events[0].level, 0.0)
}

/// Fails if some of many items are not written.
async fn bulk_create_overwrites_if_requested(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let mut values: Vec<Event> = (0..60).map(|at| Event { level: 7.0, ..Event::new("a", at) }).collect();
    let report = Event::objects().bulk_create(&mut values, OnConflict::Overwrite, &db).await?;
    ensure_eq("number of written events", report.written.len(), 60)?;
    let sevens = Event::objects().set_hash_key("a").filter(Event::LEVEL.eq(7));
    ensure_eq("number of overwritten events", sevens.count(&db).await?, 60)
}

/// Fails if other fields are overwritten, or missing items are created.
async fn bulk_update_writes_only_named_fields(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let events = Event::objects().set_hash_key("a");
    let mut values = events.all(&db).await?;
    events.update(Event::LEVEL.set(99), &db).await?;
    for event in &mut values {
        event.note = Some("noted".to_owned());
    }
    values.push(Event::new("a", 1000));
    let report = Event::objects().bulk_update(&mut values, Event::NOTE, &db).await?;
    ensure_eq("numbers of written and skipped events", (report.written.len(), report.skipped.len()), (3, 1))?;
    let noted = events.filter(Event::NOTE.eq("noted") & Event::LEVEL.eq(99));
    ensure_eq("events", event_times(&noted.all(&db).await?), vec![0, 10, 20])
}

/// Fails if an existing item is replaced, or reported as created.
async fn get_or_create_creates_once(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let new = Event { level: 1.0, ..Event::new("a", 1) };
    ensure_eq("first call", Event::get_or_create(new.clone(), &db).await?, (new.clone(), true))?;
    let other = Event { level: 2.0, ..Event::new("a", 1) };
    ensure_eq("second call", Event::get_or_create(other, &db).await?, (new, false))
}

/// Fails if an existing item is replaced, or a missing one is not created.
async fn update_or_create_updates_or_creates(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let new = Event { level: 1.0, ..Event::new("a", 1) };
    let more = || Event::LEVEL.set(F(Event::LEVEL) + 1);
    ensure_eq("first call", Event::update_or_create(new.clone(), more(), &db).await?, (new.clone(), true))?;
    let updated = Event { level: 2.0, ..new.clone() };
    ensure_eq("second call", Event::update_or_create(new, more(), &db).await?, (updated, false))
}
