//! `QuerySet::first`, `last`, `get` and `exists`.

use djamodb_core::database::ModelExt;

use super::prelude::*;

case!("queryset/first_returns_the_first_item_in_order", Theme::QuerySet, first_returns_the_first_item_in_order);
case!("queryset/last_returns_the_last_item_in_order", Theme::QuerySet, last_returns_the_last_item_in_order);
case!("queryset/first_and_last_skip_filtered_items", Theme::QuerySet, first_and_last_skip_filtered_items);
case!("queryset/get_returns_the_only_match", Theme::QuerySet, get_returns_the_only_match);
case!("queryset/get_rejects_no_match_and_several_matches", Theme::QuerySet, get_rejects_no_match_and_several_matches);
case!("queryset/exists_reports_any_match", Theme::QuerySet, exists_reports_any_match);

/// Fails if another item than the first in the order of the queryset is returned.
async fn first_returns_the_first_item_in_order(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let at = |event: Option<Event>| event.map(|event| event.at);
    ensure_eq("of the table", at(events.first(&db).await?), Some(0))?;
    ensure_eq("backward", at(events.set_scan_index_forward(false).first(&db).await?), Some(50))?;
    ensure_eq("through an index", at(Event::kinds().set_hash_key("window").first(&db).await?), Some(10))?;
    ensure_eq("empty result", at(Event::objects().set_hash_key("b").first(&db).await?), None)
}

/// Fails if the first item is returned, or the last one of a page or a limit.
async fn last_returns_the_last_item_in_order(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let at = |event: Option<Event>| event.map(|event| event.at);
    ensure_eq("of the table", at(events.last(&db).await?), Some(50))?;
    ensure_eq("with a limit", at(events.set_limit(2).last(&db).await?), Some(50))?;
    ensure_eq("backward", at(events.set_scan_index_forward(false).last(&db).await?), Some(0))?;
    ensure_eq("through an index", at(Event::kinds().set_hash_key("door").last(&db).await?), Some(30))?;
    ensure_eq("empty result", at(Event::objects().set_hash_key("b").last(&db).await?), None)
}

/// Fails if a limit of one item is used up by an item that the filter drops.
async fn first_and_last_skip_filtered_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    let windows = events.filter(Event::KIND.eq("window") & Event::URGENT.eq(true));
    ensure_eq("first event", windows.first(&db).await?.map(|event| event.at), Some(20))?;
    ensure_eq("last event", windows.last(&db).await?.map(|event| event.at), Some(80))?;
    let between = events.filter(Event::AT.gt(0) & Event::AT.lt(80));
    ensure_eq("first event of a range", between.first(&db).await?.map(|event| event.at), Some(10))?;
    ensure_eq("last event of a range", between.last(&db).await?.map(|event| event.at), Some(70))
}

/// Fails if another item than the matching one is returned.
async fn get_returns_the_only_match(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    let mut noted = Event::new("a", 15);
    noted.note = Some("only this".to_owned());
    noted.save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("by its key", events.filter(Event::AT.eq(15)).get(&db).await?, noted.clone())?;
    ensure_eq("by a filter", events.filter(Event::NOTE.eq("only this")).get(&db).await?, noted.clone())?;
    ensure_eq("by key and filter", events.filter(Event::AT.eq(15) & Event::NOTE.exists()).get(&db).await?, noted)
}

/// Fails if `get` returns one of several items, or does not report that there is none.
async fn get_rejects_no_match_and_several_matches(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    for none in [Event::AT.eq(5), Event::KIND.eq("gate"), Event::AT.eq(10) & Event::KIND.eq("door")] {
        match events.filter(none).get(&db).await {
            Err(error) if error.is_object_does_not_exist() => {}
            other => return Err(Failure::new(format_args!("expected ObjectDoesNotExist; received {other:?}"))),
        }
    }
    // The filter drops items before the second match.
    for several in [Event::KIND.eq("window"), Event::LEVEL.is_in([0, 8]), Event::AT.gte(70)] {
        match events.filter(several).get(&db).await {
            Err(error) if error.is_multiple_objects_returned() => {}
            other => return Err(Failure::new(format_args!("expected MultipleObjectsReturned; received {other:?}"))),
        }
    }
    Ok(())
}

/// Fails if items that the filter drops count as matches.
async fn exists_reports_any_match(cx: Context) -> CaseResult {
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
    ensure_eq("empty result", Event::objects().set_hash_key("b").exists(&db).await?, false)
}
