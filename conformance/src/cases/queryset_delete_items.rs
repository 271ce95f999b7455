//! `QuerySet::delete`.

use djamodb_core::database::ModelExt;

use super::prelude::*;

case!("queryset/delete_deletes_and_counts_matching_items", Theme::QuerySet, delete_deletes_and_counts_matching_items);
case!("queryset/delete_deletes_items_of_an_index", Theme::QuerySet, delete_deletes_items_of_an_index);
case!("queryset/delete_reads_pages_of_1_mb", Theme::QuerySet, delete_reads_pages_of_1_mb);

/// Fails if other items are deleted, or no more than one batch of 25.
async fn delete_deletes_and_counts_matching_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 60).await?;
    Event::new("b", 1).save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("deleted windows", events.filter(Event::KIND.eq("window")).delete(&db).await?, 40)?;
    let left = events.all(&db).await?;
    ensure_eq("remaining events", left.len(), 20)?;
    ensure("the remaining events are doors", left.iter().all(|event| event.kind.as_deref() == Some("door")))?;
    ensure_eq("number of deleted events with a limit", events.set_limit(3).delete(&db).await?, 3)?;
    ensure_eq("first event after deleting three", events.first(&db).await?.map(|event| event.at), Some(90))?;
    ensure_eq("number of deleted events without a limit", events.delete(&db).await?, 17)?;
    ensure_eq("number of deleted events without a match", events.delete(&db).await?, 0)?;
    ensure_eq("another partition", Event::objects().set_hash_key("b").count(&db).await?, 1)
}

/// Fails if the key of the index is used as the key of the table.
async fn delete_deletes_items_of_an_index(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    for (at, owner) in [(100, "me"), (110, "you")] {
        let mut event = Event::new("b", at);
        event.owner = Some(owner.to_owned());
        event.save(&db).await?;
    }
    let windows = Event::kinds().set_hash_key("window");
    ensure_eq("deleted windows above level 4", windows.filter(Event::LEVEL.gt(4)).delete(&db).await?, 3)?;
    let left = Event::objects().set_hash_key("a").all(&db).await?;
    ensure_eq("remaining events", event_times(&left), [0, 10, 20, 30, 40, 60])?;
    let of_owner = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    ensure_eq("deleted events of the owner", of_owner.delete(&db).await?, 1)?;
    ensure_eq(
        "remaining events of the other owner",
        event_times(&Event::objects().set_hash_key("b").all(&db).await?),
        [110],
    )
}

/// Fails if items beyond the first megabyte are not deleted.
async fn delete_reads_pages_of_1_mb(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in 0..8 {
        let mut event = Event::new("a", at);
        event.note = Some("x".repeat(1000));
        event.tags = ["x".repeat(300_000)].into();
        event.save(&db).await?;
    }
    let events = Event::objects().set_hash_key("a");
    ensure_eq("number of deleted events", events.delete(&db).await?, 8)?;
    ensure_eq("remaining events", events.count(&db).await?, 0)
}
