//! `QuerySet::page`, `last_evaluated_key` and `stream`: reading continues after the last item of a page.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::Index;
use djamodb_core::planner::LastEvaluatedKey;
use djamodb_core::queryset::QuerySet;
use futures_util::TryStreamExt;

use super::prelude::*;

case!("queryset/pages_contain_every_item", Theme::PageToken, pages_contain_every_item);
case!("queryset/pages_of_an_index_contain_every_item", Theme::PageToken, pages_of_an_index_contain_every_item);
case!("queryset/pages_are_full_under_a_filter", Theme::PageToken, pages_are_full_under_a_filter);
case!("queryset/pages_continue_across_partitions", Theme::PageToken, pages_continue_across_partitions);
case!("queryset/a_token_outlives_its_item", Theme::PageToken, a_token_outlives_its_item);
case!("queryset/a_token_at_the_end_of_a_range_ends_it", Theme::PageToken, a_token_at_the_end_of_a_range_ends_it);
case!("queryset/rejects_tokens_of_another_queryset", Theme::PageToken, rejects_tokens_of_another_queryset);
case!(
    "queryset/last_evaluated_key_equals_the_token_of_the_page",
    Theme::PageToken,
    last_evaluated_key_equals_the_token_of_the_page
);
case!("queryset/stream_yields_the_items_of_all", Theme::PageToken, stream_yields_the_items_of_all);

/// Returns the pages of a queryset. Each page token is converted to a string and back.
async fn read_pages<I: Index<Model = Event>>(
    queryset: &QuerySet<Event, Event, I>,
    db: &Database,
) -> Result<Vec<Vec<i64>>, Failure> {
    let mut pages = Vec::new();
    let mut token: Option<LastEvaluatedKey> = None;
    while pages.len() < 1000 {
        let page = queryset.set_last_evaluated_key(token).page(db).await?;
        pages.push(event_times(&page.items));
        match page.last_evaluated_key {
            None => return Ok(pages),
            Some(key) => token = Some(key.to_string().parse()?),
        }
    }
    Err(Failure::new("the pages do not end after 1000 requests"))
}

/// Asserts that the pages together equal `all`, in both directions and for several limits, and that all but the last are full.
async fn ensure_pages_equal_all<I: Index<Model = Event>>(
    queryset: &QuerySet<Event, Event, I>,
    db: &Database,
) -> CaseResult {
    for forward in [true, false] {
        let queryset = queryset.set_scan_index_forward(forward);
        let all = event_times(&queryset.all(db).await?);
        for limit in [1, 2, 5, 11, 12, 13] {
            let pages = read_pages(&queryset.set_limit(limit), db).await?;
            ensure_eq(format!("events of pages of {limit}"), pages.concat(), all.clone())?;
            let full = pages.split_last().is_none_or(|(_, full)| full.iter().all(|page| page.len() == limit));
            ensure("all pages but the last are full", full)?;
        }
    }
    Ok(())
}

/// Fails if an item is skipped or duplicated.
async fn pages_contain_every_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 12).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("number of events", events.all(&db).await?.len(), 12)?;
    ensure_pages_equal_all(&events, &db).await?;
    ensure_pages_equal_all(&events.filter(Event::AT.gte(30)), &db).await
}

/// Fails if a page token of an index lacks one of the two keys.
async fn pages_of_an_index_contain_every_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 12).await?;
    for at in 200..206 {
        let mut event = Event::new("b", at);
        event.kind = Some("window".to_owned());
        event.level = 4.0;
        event.save(&db).await?;
    }
    let windows = Event::kinds().set_hash_key("window");
    ensure_eq("number of events", windows.all(&db).await?.len(), 14)?;
    ensure_pages_equal_all(&windows, &db).await
}

/// Fails if a page before the last is not full.
async fn pages_are_full_under_a_filter(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 20).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_pages_equal_all(&events.filter(Event::KIND.eq("window")), &db).await?;
    ensure_pages_equal_all(&events.filter(Event::AT.gt(20) & Event::AT.lt(150)), &db).await?;
    ensure_pages_equal_all(&events.filter(Event::KIND.eq("gate")), &db).await
}

/// Fails if the second partition is read from its start for every page.
async fn pages_continue_across_partitions(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 7).await?;
    for at in 0..5 {
        Event::new("b", at).save(&db).await?;
    }
    let several = Event::objects().filter(Event::DEVICE.is_in(["b", "c", "a"]));
    ensure_eq("number of events", several.all(&db).await?.len(), 12)?;
    ensure_pages_equal_all(&several, &db).await?;
    ensure_pages_equal_all(&Event::objects().set_hash_key("a").filter(Event::AT.ne(30)), &db).await?;
    ensure_pages_equal_all(&several.filter(Event::AT.is_in([4, 0, 60, 5])), &db).await
}

/// Fails if reading cannot continue after the last item of a page was deleted.
async fn a_token_outlives_its_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let two = Event::objects().set_hash_key("a").set_limit(2);
    let token = two.page(&db).await?.last_evaluated_key;
    for at in [10, 20] {
        Event::new("a", at).delete(&db).await?;
    }
    let next = two.set_last_evaluated_key(token).page(&db).await?;
    ensure_eq("next page", event_times(&next.items), [30, 40])
}

/// Fails if a token at the bound of a range is sent as a start key, which the service rejects there, or if the next range is skipped.
async fn a_token_at_the_end_of_a_range_ends_it(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    Event::new("b", 10).save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    let token = events.set_limit(3).page(&db).await?.last_evaluated_key;
    for (range, forwards, backwards) in [
        (Event::AT.lte(20), &[][..], &[10, 0][..]),
        (Event::AT.gte(20), &[30, 40, 50], &[]),
        (Event::AT.between(10, 20), &[], &[10]),
        (Event::AT.between(20, 30), &[30], &[]),
    ] {
        let rest = events.filter(range).set_last_evaluated_key(token.clone());
        ensure_eq("events after the token", event_times(&rest.all(&db).await?), forwards)?;
        let rest = rest.set_scan_index_forward(false);
        ensure_eq("events before the token", event_times(&rest.all(&db).await?), backwards)?;
    }
    let several = Event::objects().filter(Event::DEVICE.is_in(["a", "b"]) & Event::AT.lte(20));
    let rest = several.set_last_evaluated_key(token).page(&db).await?;
    ensure_eq("events of the next partition", event_times(&rest.items), [10])
}

/// Fails if a token of another partition, range or index is accepted and skips items.
async fn rejects_tokens_of_another_queryset(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let token = Event::objects().set_hash_key("a").set_limit(2).page(&db).await?.last_evaluated_key;
    ensure("there is a page token", token.is_some())?;
    let elsewhere = Event::objects().set_hash_key("b").set_last_evaluated_key(token.clone());
    ensure("a token of another partition is rejected", elsewhere.all(&db).await.is_err())?;
    let later = Event::objects().set_hash_key("a").filter(Event::AT.gt(20)).set_last_evaluated_key(token.clone());
    ensure("a token of another range is rejected", later.all(&db).await.is_err())?;
    let index = Event::kinds().set_hash_key("door").set_last_evaluated_key(token);
    ensure("a token of another index is rejected", index.all(&db).await.is_err())
}

/// Fails if the token continues after the items that were read, not after those that were returned.
async fn last_evaluated_key_equals_the_token_of_the_page(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 12).await?;
    let windows = Event::kinds().set_hash_key("window").set_limit(3);
    for queryset in [windows.clone(), windows.filter(Event::URGENT.eq(true)), windows.set_limit(100)] {
        let of_page = queryset.page(&db).await?.last_evaluated_key;
        ensure_eq("page token", queryset.last_evaluated_key(&db).await?, of_page)?;
    }
    Ok(())
}

/// Fails if a stream ends after the first page.
async fn stream_yields_the_items_of_all(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 12).await?;
    let events = Event::objects().set_hash_key("a");
    for queryset in [
        events.clone(),
        events.set_scan_index_forward(false),
        events.filter(Event::URGENT.eq(true)),
        events.set_limit(5),
    ] {
        let streamed: Vec<Event> = queryset.stream(&db).try_collect().await?;
        ensure_eq("streamed events", streamed, queryset.all(&db).await?)?;
    }
    Ok(())
}
