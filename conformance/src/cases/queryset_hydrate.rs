//! Querysets that fetch from the table what an index does not hold.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::count;
use djamodb_core::queryset::QuerySet;

use super::prelude::*;

case!("queryset/hydrate_gives_whole_items", Theme::IndexProjection, whole);
case!("queryset/hydrate_looks_at_what_the_index_lacks", Theme::Filter, lookups);
case!("queryset/hydrate_goes_on_where_a_page_ended", Theme::Token, pages);
case!("queryset/hydrate_of_a_scan", Theme::QuerySet, scan);
case!("queryset/hydrate_changes_and_deletes_what_matches", Theme::QuerySet, writes);
case!("queryset/hydrate_asks_for_items_only_where_it_must", Theme::Batch, requests);

/// Eight events of which every second one is mine; the index by owner holds their keys only.
async fn mine(cx: &Context) -> Result<(Database, QuerySet<Event, Event, EventByOwner>), Failure> {
    let db = database(cx, 0).await?;
    for at in 0..8 {
        let owner = Some(if at % 2 == 0 { "me" } else { "you" }.to_owned());
        let (urgent, note) = (at > 3, Some(format!("note {at}")));
        Event { owner, urgent, note, level: f64::from(8 - at), ..Event::new("a", i64::from(at)) }.save(&db).await?;
    }
    Ok((db, Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").hydrate()))
}

/// An index without a range key has no order.
fn sorted(events: &[Event]) -> Vec<i64> {
    let mut times = times(events);
    times.sort_unstable();
    times
}

/// Models would have holes.
async fn whole(cx: Context) -> CaseResult {
    let (db, mine) = mine(&cx).await?;
    let events = mine.all(&db).await?;
    same("all of mine", sorted(&events), vec![0, 2, 4, 6])?;
    for event in &events {
        same("whole", event, &Event::get_by_key(("a", event.at), &db).await?)?;
    }
    holds("one of them", mine.first(&db).await?.is_some_and(|event| event.note.is_some()))?;
    let at_least_four = mine.filter(Event::AT.gte(4));
    same("a key of the table is no business of the items", sorted(&at_least_four.all(&db).await?), vec![4, 6])
}

/// What the index does not hold would be taken for missing.
async fn lookups(cx: Context) -> CaseResult {
    let (db, mine) = mine(&cx).await?;
    let urgent = mine.filter(Event::URGENT.eq(true));
    same("urgent", sorted(&urgent.all(&db).await?), vec![4, 6])?;
    same("how many", urgent.count(&db).await?, 2)?;
    holds("one", urgent.exists(&db).await?)?;
    same("at most one", urgent.set_limit(1).all(&db).await?.len(), 1)?;
    same("the others", sorted(&mine.exclude(Event::URGENT.eq(true)).all(&db).await?), vec![0, 2])?;
    let mut rows = urgent.values((Event::AT, Event::NOTE)).all(&db).await?;
    rows.sort();
    same("parts", rows, vec![(4, Some("note 4".to_owned())), (6, Some("note 6".to_owned()))])?;
    let sums = urgent.aggregate((Event::LEVEL.max(), count()), &db).await?;
    same("sums", sums, (Some(4.0), 2))
}

/// An item would be given twice, or not at all.
async fn pages(cx: Context) -> CaseResult {
    let (db, mine) = mine(&cx).await?;
    for (queryset, expected) in [(mine.clone(), vec![0, 2, 4, 6]), (mine.exclude(Event::LEVEL.eq(6)), vec![0, 4, 6])] {
        same("page by page", sorted(&page_by_page(&queryset.set_limit(1), &db).await?), expected)?;
    }
    Ok(())
}

/// The whole table would be given.
async fn scan(cx: Context) -> CaseResult {
    let (db, _) = mine(&cx).await?;
    Event::new("b", 1).save(&db).await?;
    let owned = Event::objects().set_index(Event::BY_OWNER).scan().hydrate();
    same("what has an owner", sorted(&owned.all(&db).await?), (0..8).collect::<Vec<_>>())?;
    same("what is urgent of it", sorted(&owned.filter(Event::URGENT.eq(true)).all(&db).await?), vec![4, 5, 6, 7])
}

/// Items that do not match would be changed, or deleted.
async fn writes(cx: Context) -> CaseResult {
    let (db, mine) = mine(&cx).await?;
    let urgent = mine.filter(Event::URGENT.eq(true));
    same("changed", urgent.update(Event::NOTE.set("seen"), &db).await?, 2)?;
    let seen = Event::objects().set_hash_key("a").filter(Event::NOTE.eq("seen"));
    same("those", times(&seen.all(&db).await?), vec![4, 6])?;
    same("deleted", urgent.delete_checked(&db).await?, 2)?;
    same("and without a check", mine.filter(Event::LEVEL.gt(7)).delete(&db).await?, 1)?;
    let left = Event::objects().set_hash_key("a").all(&db).await?;
    same("the rest", times(&left), vec![1, 2, 3, 5, 7])
}

/// Each item would be paid for once more, whether it has to be or not.
async fn requests(cx: Context) -> CaseResult {
    let (db, mine) = mine(&cx).await?;
    let (db, ledger) = db.with_ledger();
    let fetched = || {
        let batches = ledger.snapshot().request_count_of("BatchGetItem");
        ledger.reset();
        batches > 0
    };
    mine.all(&db).await?;
    holds("what it lacks is fetched", fetched())?;
    mine.filter(Event::URGENT.eq(true)).count(&db).await?;
    holds("to be looked at, too", fetched())?;
    mine.count(&db).await?;
    holds("the index knows how many", !fetched())?;
    mine.values(Event::AT).all(&db).await?;
    holds("and the keys", !fetched())?;
    Event::objects().set_hash_key("a").set_index(Event::BY_NOTE).hydrate().all(&db).await?;
    holds("a local index fetches by itself", !fetched())
}
