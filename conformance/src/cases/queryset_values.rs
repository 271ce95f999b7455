//! Querysets that return parts or aggregates: `values`, `only`, `aggregate`, `in_bulk`, `contains`, `earliest`, `latest`,
//! `sort_in_memory`. Comparisons of fields with fields.

use djamodb_core::database::ModelExt;
use djamodb_core::model::{F, count};

use djamodb_derive::Projection;

use super::prelude::*;

case!("queryset/values_returns_the_named_fields", Theme::Projection, values_returns_the_named_fields);
case!(
    "queryset/values_reads_an_index_that_projects_them",
    Theme::IndexProjection,
    values_reads_an_index_that_projects_them
);
case!("queryset/only_returns_projection_structs", Theme::Projection, only_returns_projection_structs);
case!("queryset/aggregates_are_exact", Theme::Number, aggregates_are_exact);
case!("queryset/in_bulk_returns_existing_items_by_key", Theme::Batch, in_bulk_returns_existing_items_by_key);
case!("queryset/contains_looks_up_one_item", Theme::QuerySet, contains_looks_up_one_item);
case!("queryset/earliest_and_latest_span_partitions", Theme::Direction, earliest_and_latest_span_partitions);
case!("queryset/sort_in_memory_sorts_by_any_attribute", Theme::QuerySet, sort_in_memory_sorts_by_any_attribute);
case!("queryset/fields_compare_with_fields", Theme::Filter, fields_compare_with_fields);

/// Fails if a missing optional attribute shifts the other columns, or a key is returned that was not named.
async fn values_returns_the_named_fields(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    Event::new("a", 5).save(&db).await?;
    let rows = Event::objects().set_hash_key("a").values((Event::KIND, Event::LEVEL));
    let kind = |kind: &str| Some(kind.to_owned());
    let expected = vec![(kind("door"), 0.0), (None, 0.0), (kind("window"), 1.0), (kind("window"), 2.0)];
    ensure_eq("rows", rows.all(&db).await?, expected)?;
    let urgent = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true)).values(Event::AT);
    ensure_eq("rows with a filter", urgent.all(&db).await?, vec![0, 20])?;
    ensure_eq("last event", urgent.last(&db).await?, Some(20))
}

/// A part of an event.
#[derive(Projection, Debug, PartialEq)]
#[projection(model = Event, crate = "djamodb_core")]
struct Summary {
    at: i64,
    #[projection(attribute = level)]
    heat: f64,
    kind: Option<String>,
}

/// Fails if a field holds another attribute, or a default in place of a missing one.
async fn only_returns_projection_structs(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    Event { level: 0.5, ..Event::new("a", 5) }.save(&db).await?;
    let rows = Event::objects().set_hash_key("a").only::<Summary>();
    let expected =
        vec![Summary { at: 0, heat: 0.0, kind: Some("door".to_owned()) }, Summary { at: 5, heat: 0.5, kind: None }];
    ensure_eq("rows", rows.all(&db).await?, expected)?;
    let door = Event::kinds().set_hash_key("door").only::<Summary>();
    ensure_eq("through an index", door.get(&db).await?.at, 0)
}

/// Fails if attributes that the index does not project are treated as missing.
async fn values_reads_an_index_that_projects_them(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    Event { owner: Some("me".to_owned()), ..Event::new("a", 1) }.save(&db).await?;
    let of_owner = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    ensure_eq(
        "keys in the index",
        of_owner.values((Event::DEVICE, Event::AT)).all(&db).await?,
        vec![("a".to_owned(), 1)],
    )?;
    ensure("fields that the index lacks are rejected", of_owner.values(Event::LEVEL).all(&db).await.is_err())
}

/// Fails if a sum is rounded, or missing attributes are counted.
async fn aggregates_are_exact(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    Event { size: Some(7), level: 0.1, ..Event::new("a", 5) }.save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    let aggregates =
        (Event::LEVEL.sum_as::<Number>(), Event::LEVEL.max(), Event::AT.min(), Event::SIZE.count(), count());
    let (sum, max, min, sizes, all) = events.aggregate(aggregates, &db).await?;
    ensure_eq("sum", sum.map(|sum| sum.to_string()).as_deref(), Some("10.1"))?;
    ensure_eq(
        "typed sums",
        events.aggregate((Event::LEVEL.sum(), Event::SIZE.sum()), &db).await?,
        (Some(10.1), Some(7)),
    )?;
    ensure_eq("maximum and minimum", (max, min), (Some(4.0), Some(0)))?;
    ensure_eq("number of events", (sizes, all), (1, 6))?;
    let average = events.aggregate(Event::LEVEL.avg(), &db).await?;
    let expected = "1.6833333333333333333333333333333333333";
    ensure_eq("average", average.map(|average| average.to_string()).as_deref(), Some(expected))
}

/// Fails if an item is returned under another key, or missing keys cause an error.
async fn in_bulk_returns_existing_items_by_key(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let keys = [("a", 0), ("a", 10), ("a", 0), ("b", 0)];
    let found = Event::objects().in_bulk(keys, &db).await?;
    ensure_eq("number of events", found.len(), 2)?;
    ensure_eq("level of one of them", found.get(&("a", 10)).map(|event| event.level), Some(1.0))
}

/// Fails if a changed item is not found, or a missing one is.
async fn contains_looks_up_one_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    let urgent = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true));
    ensure_eq("contains a matching event", urgent.contains(&Event::new("a", 0), &db).await?, true)?;
    ensure_eq("contains an event that does not match", urgent.contains(&Event::new("a", 10), &db).await?, false)?;
    ensure_eq("contains a missing event", urgent.contains(&Event::new("b", 0), &db).await?, false)
}

/// Fails if only the first partition is considered.
async fn earliest_and_latest_span_partitions(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    Event::new("b", -5).save(&db).await?;
    let both = Event::objects().filter(Event::DEVICE.is_in(["a", "b"]));
    ensure_eq("earliest event", both.earliest(Event::AT, &db).await?.at, -5)?;
    ensure_eq("latest event", both.latest(Event::AT, &db).await?.at, 20)
}

/// Fails if items are not sorted by the attribute.
async fn sort_in_memory_sorts_by_any_attribute(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 4).await?;
    let by_level = Event::objects().set_hash_key("a").sort_in_memory(Event::LEVEL.desc());
    ensure_eq("events by descending level", event_times(&by_level.all(&db).await?), vec![30, 20, 10, 0])?;
    ensure_eq("first event", by_level.first(&db).await?.map(|event| event.at), Some(30))
}

/// Fails if a field is compared with the name of another.
async fn fields_compare_with_fields(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    for (at, kind, note) in [(1, "x", Some("x")), (2, "x", Some("y")), (3, "x", None)] {
        let note = note.map(str::to_owned);
        Event { kind: Some(kind.to_owned()), note, ..Event::new("b", at) }.save(&db).await?;
    }
    let events = Event::objects().set_hash_key("b");
    let same_text = events.filter(Event::KIND.eq(F(Event::NOTE)));
    ensure_eq("events with equal fields", event_times(&same_text.all(&db).await?), vec![1])?;
    ensure_eq(
        "events with a lesser field",
        event_times(&events.filter(Event::KIND.lt(F(Event::NOTE))).all(&db).await?),
        vec![2],
    )
}
