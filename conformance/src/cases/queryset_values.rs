//! Querysets that read parts of items, or sums of them: `values`, `aggregate`, `in_bulk`, `contains`, `earliest`, `latest`,
//! `sort_in_memory`; and fields compared with fields.

use djamodb_core::database::ModelExt;
use djamodb_core::model::{F, count};

use djamodb_derive::Projection;

use super::prelude::*;

case!("queryset/values_are_the_parts_that_were_asked_for", Theme::Projection, values);
case!("queryset/values_of_an_index_that_holds_them", Theme::IndexProjection, values_of_index);
case!("queryset/only_gives_structs_of_parts", Theme::Projection, only);
case!("queryset/aggregates_are_exact", Theme::Number, aggregates);
case!("queryset/in_bulk_finds_what_is_there", Theme::Batch, in_bulk);
case!("queryset/contains_looks_at_one_item", Theme::QuerySet, contains);
case!("queryset/earliest_and_latest_are_the_ends", Theme::Direction, ends);
case!("queryset/sort_in_memory_sorts_by_anything", Theme::QuerySet, sorted);
case!("queryset/fields_are_compared_with_fields", Theme::Filter, fields);

/// An optional attribute would shift the others, or a key that was not asked for be given.
async fn values(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    Event::new("a", 5).save(&db).await?;
    let rows = Event::objects().set_hash_key("a").values((Event::KIND, Event::LEVEL));
    let kind = |kind: &str| Some(kind.to_owned());
    let expected = vec![(kind("door"), 0.0), (None, 0.0), (kind("window"), 1.0), (kind("window"), 2.0)];
    ensure_eq("the rows", rows.all(&db).await?, expected)?;
    let urgent = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true)).values(Event::AT);
    ensure_eq("under a filter", urgent.all(&db).await?, vec![0, 20])?;
    ensure_eq("the last", urgent.last(&db).await?, Some(20))
}

/// What is known of the heat of an event.
#[derive(Projection, Debug, PartialEq)]
#[projection(model = Event, crate = "djamodb_core")]
struct Warmth {
    at: i64,
    #[projection(attribute = level)]
    heat: f64,
    kind: Option<String>,
}

/// A field would hold another attribute, or the default of none.
async fn only(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    Event { level: 0.5, ..Event::new("a", 5) }.save(&db).await?;
    let rows = Event::objects().set_hash_key("a").only::<Warmth>();
    let expected =
        vec![Warmth { at: 0, heat: 0.0, kind: Some("door".to_owned()) }, Warmth { at: 5, heat: 0.5, kind: None }];
    ensure_eq("the rows", rows.all(&db).await?, expected)?;
    let door = Event::kinds().set_hash_key("door").only::<Warmth>();
    ensure_eq("of an index", door.get(&db).await?.at, 0)
}

/// What an index does not hold would be taken for missing.
async fn values_of_index(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    Event { owner: Some("me".to_owned()), ..Event::new("a", 1) }.save(&db).await?;
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    ensure_eq("its keys", mine.values((Event::DEVICE, Event::AT)).all(&db).await?, vec![("a".to_owned(), 1)])?;
    ensure("what it lacks is refused", mine.values(Event::LEVEL).all(&db).await.is_err())
}

/// A sum would be rounded, or count what is not there.
async fn aggregates(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    Event { size: Some(7), level: 0.1, ..Event::new("a", 5) }.save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    let asked = (Event::LEVEL.sum(), Event::LEVEL.max(), Event::AT.min(), Event::SIZE.count(), count());
    let (sum, max, min, sizes, all) = events.aggregate(asked, &db).await?;
    ensure_eq("the sum", sum.map(|sum| sum.to_string()).as_deref(), Some("10.1"))?;
    ensure_eq("the greatest, the least", (max, min), (Some(4.0), Some(0)))?;
    ensure_eq("how many", (sizes, all), (1, 6))?;
    let average = events.aggregate(Event::LEVEL.avg(), &db).await?;
    let expected = "1.6833333333333333333333333333333333333";
    ensure_eq("the average", average.map(|average| average.to_string()).as_deref(), Some(expected))
}

/// An item would be given for another key, or twice.
async fn in_bulk(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let keys = [("a", 0), ("a", 10), ("a", 0), ("b", 0)];
    let found = Event::objects().in_bulk(keys, &db).await?;
    ensure_eq("how many", found.len(), 2)?;
    ensure_eq("one of them", found.get(&("a", 10)).map(|event| event.level), Some(1.0))
}

/// A value that was changed would not be found, or one that is not there be.
async fn contains(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    let urgent = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true));
    ensure_eq("one that matches", urgent.contains(&Event::new("a", 0), &db).await?, true)?;
    ensure_eq("one that does not", urgent.contains(&Event::new("a", 10), &db).await?, false)?;
    ensure_eq("nobody", urgent.contains(&Event::new("b", 0), &db).await?, false)
}

/// The ends would be those of one partition only.
async fn ends(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    Event::new("b", -5).save(&db).await?;
    let both = Event::objects().filter(Event::DEVICE.is_in(["a", "b"]));
    ensure_eq("the earliest", both.earliest(Event::AT, &db).await?.at, -5)?;
    ensure_eq("the latest", both.latest(Event::AT, &db).await?.at, 20)
}

/// Texts or numbers would be sorted as something else.
async fn sorted(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 4).await?;
    let by_level = Event::objects().set_hash_key("a").sort_in_memory(Event::LEVEL.desc());
    ensure_eq("the greatest first", event_times(&by_level.all(&db).await?), vec![30, 20, 10, 0])?;
    ensure_eq("the first", by_level.first(&db).await?.map(|event| event.at), Some(30))
}

/// A field would be compared with its own name.
async fn fields(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    for (at, kind, note) in [(1, "x", Some("x")), (2, "x", Some("y")), (3, "x", None)] {
        let note = note.map(str::to_owned);
        Event { kind: Some(kind.to_owned()), note, ..Event::new("b", at) }.save(&db).await?;
    }
    let events = Event::objects().set_hash_key("b");
    let same_text = events.filter(Event::KIND.eq(F(Event::NOTE)));
    ensure_eq("equal", event_times(&same_text.all(&db).await?), vec![1])?;
    ensure_eq("less", event_times(&events.filter(Event::KIND.lt(F(Event::NOTE))).all(&db).await?), vec![2])
}
