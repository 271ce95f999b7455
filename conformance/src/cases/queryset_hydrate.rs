//! `QuerySet::hydrate`, which fetches from the table the attributes that an index does not project.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::count;
use djamodb_core::queryset::QuerySet;

use super::prelude::*;

case!("queryset/hydrate_returns_whole_items", Theme::IndexProjection, hydrate_returns_whole_items);
case!(
    "queryset/hydrate_filters_on_attributes_an_index_lacks",
    Theme::Filter,
    hydrate_filters_on_attributes_an_index_lacks
);
case!("queryset/hydrate_continues_after_a_page", Theme::PageToken, hydrate_continues_after_a_page);
case!("queryset/hydrate_reads_a_scan_of_an_index", Theme::QuerySet, hydrate_reads_a_scan_of_an_index);
case!(
    "queryset/hydrate_updates_and_deletes_matching_items",
    Theme::QuerySet,
    hydrate_updates_and_deletes_matching_items
);
case!("queryset/hydrate_fetches_items_only_if_needed", Theme::Batch, hydrate_fetches_items_only_if_needed);

/// Creates eight events, every second of which has the owner `me`. The index by owner projects only their keys.
async fn events_of_owner(cx: &Context) -> Result<(Database, QuerySet<Event, Event, EventByOwner>), Failure> {
    let db = database_with_events(cx, 0).await?;
    for at in 0..8 {
        let owner = Some(if at % 2 == 0 { "me" } else { "you" }.to_owned());
        let (urgent, note) = (at > 3, Some(format!("note {at}")));
        Event { owner, urgent, note, level: f64::from(8 - at), ..Event::new("a", i64::from(at)) }.save(&db).await?;
    }
    Ok((db, Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").hydrate()))
}

/// Sorts the times, because an index without a range key has no order.
fn sorted_times(events: &[Event]) -> Vec<i64> {
    let mut times = event_times(events);
    times.sort_unstable();
    times
}

/// Fails if models lack the attributes that the index does not project.
async fn hydrate_returns_whole_items(cx: Context) -> CaseResult {
    let (db, events_of_owner) = events_of_owner(&cx).await?;
    let events = events_of_owner.all(&db).await?;
    ensure_eq("all events of the owner", sorted_times(&events), vec![0, 2, 4, 6])?;
    for event in &events {
        ensure_eq("whole event", event, &Event::get_by_key(("a", event.at), &db).await?)?;
    }
    ensure("the first event has a note", events_of_owner.first(&db).await?.is_some_and(|event| event.note.is_some()))?;
    let at_least_four = events_of_owner.filter(Event::AT.gte(4));
    ensure_eq("events with a filter on a key of the table", sorted_times(&at_least_four.all(&db).await?), vec![4, 6])
}

/// Fails if attributes that the index does not project are treated as missing.
async fn hydrate_filters_on_attributes_an_index_lacks(cx: Context) -> CaseResult {
    let (db, events_of_owner) = events_of_owner(&cx).await?;
    let urgent = events_of_owner.filter(Event::URGENT.eq(true));
    ensure_eq("urgent events", sorted_times(&urgent.all(&db).await?), vec![4, 6])?;
    ensure_eq("number of events", urgent.count(&db).await?, 2)?;
    ensure("an urgent event exists", urgent.exists(&db).await?)?;
    ensure_eq("number of events with a limit of 1", urgent.set_limit(1).all(&db).await?.len(), 1)?;
    ensure_eq(
        "events that are not urgent",
        sorted_times(&events_of_owner.exclude(Event::URGENT.eq(true)).all(&db).await?),
        vec![0, 2],
    )?;
    let mut rows = urgent.values((Event::AT, Event::NOTE)).all(&db).await?;
    rows.sort();
    ensure_eq("rows", rows, vec![(4, Some("note 4".to_owned())), (6, Some("note 6".to_owned()))])?;
    let sums = urgent.aggregate((Event::LEVEL.max(), count()), &db).await?;
    ensure_eq("aggregates", sums, (Some(4.0), 2))
}

/// Fails if an item is returned twice or not at all.
async fn hydrate_continues_after_a_page(cx: Context) -> CaseResult {
    let (db, events_of_owner) = events_of_owner(&cx).await?;
    for (queryset, expected) in
        [(events_of_owner.clone(), vec![0, 2, 4, 6]), (events_of_owner.exclude(Event::LEVEL.eq(6)), vec![0, 4, 6])]
    {
        ensure_eq(
            "events of all pages",
            sorted_times(&read_page_by_page(&queryset.set_limit(1), &db).await?),
            expected,
        )?;
    }
    Ok(())
}

/// Fails if items outside the index are returned.
async fn hydrate_reads_a_scan_of_an_index(cx: Context) -> CaseResult {
    let (db, _) = events_of_owner(&cx).await?;
    Event::new("b", 1).save(&db).await?;
    let owned = Event::objects().set_index(Event::BY_OWNER).scan().hydrate();
    ensure_eq("events with an owner", sorted_times(&owned.all(&db).await?), (0..8).collect::<Vec<_>>())?;
    ensure_eq(
        "urgent events with an owner",
        sorted_times(&owned.filter(Event::URGENT.eq(true)).all(&db).await?),
        vec![4, 5, 6, 7],
    )
}

/// Fails if items that do not match are updated or deleted.
async fn hydrate_updates_and_deletes_matching_items(cx: Context) -> CaseResult {
    let (db, events_of_owner) = events_of_owner(&cx).await?;
    let urgent = events_of_owner.filter(Event::URGENT.eq(true));
    ensure_eq("number of updated events", urgent.update(Event::NOTE.set("seen"), &db).await?, 2)?;
    let seen = Event::objects().set_hash_key("a").filter(Event::NOTE.eq("seen"));
    ensure_eq("updated events", event_times(&seen.all(&db).await?), vec![4, 6])?;
    ensure_eq("number of deleted events", urgent.delete_checked(&db).await?, 2)?;
    ensure_eq(
        "number of events deleted without a check",
        events_of_owner.filter(Event::LEVEL.gt(7)).delete(&db).await?,
        1,
    )?;
    let left = Event::objects().set_hash_key("a").all(&db).await?;
    ensure_eq("remaining events", event_times(&left), vec![1, 2, 3, 5, 7])
}

/// Fails if items are fetched although the index holds everything that is read.
async fn hydrate_fetches_items_only_if_needed(cx: Context) -> CaseResult {
    let (db, events_of_owner) = events_of_owner(&cx).await?;
    let (db, ledger) = db.with_ledger();
    let fetched = || {
        let batches = ledger.snapshot().request_count_of("BatchGetItem");
        ledger.reset();
        batches > 0
    };
    events_of_owner.all(&db).await?;
    ensure("attributes that the index lacks are fetched", fetched())?;
    events_of_owner.filter(Event::URGENT.eq(true)).count(&db).await?;
    ensure("items are fetched for a filter on such attributes", fetched())?;
    events_of_owner.count(&db).await?;
    ensure("a count needs no fetch", !fetched())?;
    events_of_owner.values(Event::AT).all(&db).await?;
    ensure("keys need no fetch", !fetched())?;
    Event::objects().set_hash_key("a").set_index(Event::BY_NOTE).hydrate().all(&db).await?;
    ensure("a local index fetches without further requests", !fetched())
}
