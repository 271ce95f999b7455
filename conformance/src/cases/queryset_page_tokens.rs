//! `QuerySet::page`, `last_evaluated_key` and `stream`: tokens go on exactly where a page ended.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::Index;
use djamodb_core::planner::LastEvaluatedKey;
use djamodb_core::queryset::QuerySet;
use futures_util::TryStreamExt;

use super::prelude::*;

case!("queryset/pages_are_the_whole", Theme::Token, whole);
case!("queryset/pages_of_an_index_are_the_whole", Theme::Token, of_index);
case!("queryset/pages_under_a_filter_are_full", Theme::Token, filtered);
case!("queryset/pages_go_on_from_partition_to_partition", Theme::Token, partitions);
case!("queryset/a_token_outlives_its_item", Theme::Token, outlives);
case!("queryset/a_token_of_another_queryset_is_refused", Theme::Token, foreign);
case!("queryset/the_token_alone_is_that_of_the_page", Theme::Token, alone);
case!("queryset/a_stream_gives_what_all_gives", Theme::Token, stream);

/// Walks a queryset page by page, through the tokens' text.
async fn walk<I: Index<Model = Event>>(
    queryset: &QuerySet<Event, Event, I>,
    db: &Database,
) -> Result<Vec<Vec<i64>>, Failure> {
    let mut pages = Vec::new();
    let mut token: Option<LastEvaluatedKey> = None;
    while pages.len() < 1000 {
        let page = queryset.set_last_evaluated_key(token).page(db).await?;
        pages.push(times(&page.items));
        match page.last_evaluated_key {
            None => return Ok(pages),
            Some(key) => token = Some(key.to_string().parse()?),
        }
    }
    Err(Failure::new("the pages do not end"))
}

/// Pages put together have to be what `all` gives, in both directions, whatever the limit; and full but for the last.
async fn each<I: Index<Model = Event>>(queryset: &QuerySet<Event, Event, I>, db: &Database) -> CaseResult {
    for forward in [true, false] {
        let queryset = queryset.set_scan_index_forward(forward);
        let all = times(&queryset.all(db).await?);
        for limit in [1, 2, 5, 11, 12, 13] {
            let pages = walk(&queryset.set_limit(limit), db).await?;
            same(format!("pages of {limit}"), pages.concat(), all.clone())?;
            let full = pages.split_last().is_none_or(|(_, full)| full.iter().all(|page| page.len() == limit));
            holds("a page is full but for the last", full)?;
        }
    }
    Ok(())
}

/// An item would be skipped, or come twice.
async fn whole(cx: Context) -> CaseResult {
    let db = database(&cx, 12).await?;
    let events = Event::objects().set_hash_key("a");
    same("all", events.all(&db).await?.len(), 12)?;
    each(&events, &db).await?;
    each(&events.filter(Event::AT.gte(30)), &db).await
}

/// The table's key alone would not tell where an index goes on.
async fn of_index(cx: Context) -> CaseResult {
    let db = database(&cx, 12).await?;
    for at in 200..206 {
        let mut event = Event::new("b", at);
        event.kind = Some("window".to_owned());
        event.level = 4.0;
        event.save(&db).await?;
    }
    let windows = Event::kinds().set_hash_key("window");
    same("all", windows.all(&db).await?.len(), 14)?;
    each(&windows, &db).await
}

/// A page would be short, and its reader think that it is the last.
async fn filtered(cx: Context) -> CaseResult {
    let db = database(&cx, 20).await?;
    let events = Event::objects().set_hash_key("a");
    each(&events.filter(Event::KIND.eq("window")), &db).await?;
    each(&events.filter(Event::AT.gt(20) & Event::AT.lt(150)), &db).await?;
    each(&events.filter(Event::KIND.eq("gate")), &db).await
}

/// The second partition would be read from its start again and again.
async fn partitions(cx: Context) -> CaseResult {
    let db = database(&cx, 7).await?;
    for at in 0..5 {
        Event::new("b", at).save(&db).await?;
    }
    let several = Event::objects().filter(Event::DEVICE.is_in(["b", "c", "a"]));
    same("all", several.all(&db).await?.len(), 12)?;
    each(&several, &db).await?;
    each(&Event::objects().set_hash_key("a").filter(Event::AT.ne(30)), &db).await?;
    each(&several.filter(Event::AT.is_in([4, 0, 60, 5])), &db).await
}

/// Reading could not go on after the last item of a page was deleted.
async fn outlives(cx: Context) -> CaseResult {
    let db = database(&cx, 6).await?;
    let two = Event::objects().set_hash_key("a").set_limit(2);
    let token = two.page(&db).await?.last_evaluated_key;
    for at in [10, 20] {
        Event::new("a", at).delete(&db).await?;
    }
    let next = two.set_last_evaluated_key(token).page(&db).await?;
    same("the next page", times(&next.items), [30, 40])
}

/// A token from somewhere else would skip items in silence.
async fn foreign(cx: Context) -> CaseResult {
    let db = database(&cx, 6).await?;
    let token = Event::objects().set_hash_key("a").set_limit(2).page(&db).await?.last_evaluated_key;
    holds("there is a token", token.is_some())?;
    let elsewhere = Event::objects().set_hash_key("b").set_last_evaluated_key(token.clone());
    holds("another partition", elsewhere.all(&db).await.is_err())?;
    let later = Event::objects().set_hash_key("a").filter(Event::AT.gt(20)).set_last_evaluated_key(token.clone());
    holds("another range", later.all(&db).await.is_err())?;
    let index = Event::kinds().set_hash_key("door").set_last_evaluated_key(token);
    holds("another index", index.all(&db).await.is_err())
}

/// The token would be that of what was read, and not of what was given.
async fn alone(cx: Context) -> CaseResult {
    let db = database(&cx, 12).await?;
    let windows = Event::kinds().set_hash_key("window").set_limit(3);
    for queryset in [windows.clone(), windows.filter(Event::URGENT.eq(true)), windows.set_limit(100)] {
        let of_page = queryset.page(&db).await?.last_evaluated_key;
        same("the token", queryset.last_evaluated_key(&db).await?, of_page)?;
    }
    Ok(())
}

/// A stream would end with its first page.
async fn stream(cx: Context) -> CaseResult {
    let db = database(&cx, 12).await?;
    let events = Event::objects().set_hash_key("a");
    for queryset in [
        events.clone(),
        events.set_scan_index_forward(false),
        events.filter(Event::URGENT.eq(true)),
        events.set_limit(5),
    ] {
        let streamed: Vec<Event> = queryset.stream(&db).try_collect().await?;
        same("what is streamed", streamed, queryset.all(&db).await?)?;
    }
    Ok(())
}
