//! `QuerySet::first`, `last`, `get` and `exists`.

use djamodb_core::database::ModelExt;

use super::prelude::*;

case!("queryset/first_is_the_least", Theme::QuerySet, first);
case!("queryset/last_is_the_greatest", Theme::QuerySet, last);
case!("queryset/first_and_last_look_behind_the_filter", Theme::QuerySet, filtered);
case!("queryset/get_gives_the_only_one", Theme::QuerySet, get_item);
case!("queryset/get_says_that_there_is_none_or_more_than_one", Theme::QuerySet, not_one);
case!("queryset/exists_tells_whether_anything_matches", Theme::QuerySet, exists);

/// The one that happens to come first would be given.
async fn first(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let at = |event: Option<Event>| event.map(|event| event.at);
    ensure_eq("of the table", at(events.first(&db).await?), Some(0))?;
    ensure_eq("backwards", at(events.set_scan_index_forward(false).first(&db).await?), Some(50))?;
    ensure_eq("of an index", at(Event::kinds().set_hash_key("window").first(&db).await?), Some(10))?;
    ensure_eq("of nothing", at(Event::objects().set_hash_key("b").first(&db).await?), None)
}

/// The first would be given, or the last of a page.
async fn last(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let at = |event: Option<Event>| event.map(|event| event.at);
    ensure_eq("of the table", at(events.last(&db).await?), Some(50))?;
    ensure_eq("under a limit", at(events.set_limit(2).last(&db).await?), Some(50))?;
    ensure_eq("backwards", at(events.set_scan_index_forward(false).last(&db).await?), Some(0))?;
    ensure_eq("of an index", at(Event::kinds().set_hash_key("door").last(&db).await?), Some(30))?;
    ensure_eq("of nothing", at(Event::objects().set_hash_key("b").last(&db).await?), None)
}

/// A limit of one would be spent on an item that the filter drops.
async fn filtered(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    let windows = events.filter(Event::KIND.eq("window") & Event::URGENT.eq(true));
    ensure_eq("the first", windows.first(&db).await?.map(|event| event.at), Some(20))?;
    ensure_eq("the last", windows.last(&db).await?.map(|event| event.at), Some(80))?;
    let between = events.filter(Event::AT.gt(0) & Event::AT.lt(80));
    ensure_eq("the first of a range", between.first(&db).await?.map(|event| event.at), Some(10))?;
    ensure_eq("the last of a range", between.last(&db).await?.map(|event| event.at), Some(70))
}

/// Another one would be given.
async fn get_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    let mut noted = Event::new("a", 15);
    noted.note = Some("only this".to_owned());
    noted.save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("by its key", events.filter(Event::AT.eq(15)).get(&db).await?, noted.clone())?;
    ensure_eq("by a filter", events.filter(Event::NOTE.eq("only this")).get(&db).await?, noted.clone())?;
    ensure_eq("by both", events.filter(Event::AT.eq(15) & Event::NOTE.exists()).get(&db).await?, noted)
}

/// One of several would be taken for the only one.
async fn not_one(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    for none in [Event::AT.eq(5), Event::KIND.eq("gate"), Event::AT.eq(10) & Event::KIND.eq("door")] {
        match events.filter(none).get(&db).await {
            Err(error) if error.is_object_does_not_exist() => {}
            other => return Err(Failure::new(format_args!("there is none: {other:?}"))),
        }
    }
    // The second one stands behind others that the filter drops.
    for several in [Event::KIND.eq("window"), Event::LEVEL.is_in([0, 8]), Event::AT.gte(70)] {
        match events.filter(several).get(&db).await {
            Err(error) if error.is_multiple_objects_returned() => {}
            other => return Err(Failure::new(format_args!("there are several: {other:?}"))),
        }
    }
    Ok(())
}

/// What a filter drops would count as something.
async fn exists(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    let events = Event::objects().set_hash_key("a");
    for (lookups, expected) in [
        (Event::AT.eq(20), true),
        (Event::AT.eq(25), false),
        (Event::AT.gt(30), true),
        (Event::AT.gt(40), false),
        (Event::LEVEL.eq(4), true),
        (Event::LEVEL.eq(5), false),
        (Event::AT.is_in([25, 40]), true),
    ] {
        ensure_eq(format!("{lookups:?}"), events.filter(lookups.clone()).exists(&db).await?, expected)?;
    }
    ensure_eq("of nothing", Event::objects().set_hash_key("b").exists(&db).await?, false)
}
