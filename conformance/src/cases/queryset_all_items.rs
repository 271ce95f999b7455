//! `QuerySet::all` and `QuerySet::none`.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;

use super::prelude::*;

case!("queryset/all_returns_the_partition_in_order", Theme::QuerySet, all_returns_the_partition_in_order);
case!("queryset/all_limits_results", Theme::QuerySet, all_limits_results);
case!("queryset/all_reads_partitions_in_the_given_order", Theme::QuerySet, all_reads_partitions_in_the_given_order);
case!("queryset/all_reads_hundreds_of_keys", Theme::QuerySet, all_reads_hundreds_of_keys);
case!("queryset/all_reads_an_index", Theme::QuerySet, all_reads_an_index);
case!("queryset/all_reads_attributes_a_local_index_lacks", Theme::QuerySet, all_reads_attributes_a_local_index_lacks);
case!("queryset/all_reads_pages_of_1_mb", Theme::QuerySet, all_reads_pages_of_1_mb);
case!("queryset/none_sends_no_request", Theme::QuerySet, none_sends_no_request);
case!("queryset/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

/// Fails if items of other partitions are returned, or items are out of order.
async fn all_returns_the_partition_in_order(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    Event::new("b", 1).save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("ascending order", event_times(&events.all(&db).await?), [0, 10, 20, 30, 40])?;
    let descending = events.set_scan_index_forward(false);
    ensure_eq("descending order", event_times(&descending.all(&db).await?), [40, 30, 20, 10, 0])?;
    ensure_eq("another partition", Event::objects().set_hash_key("b").all(&db).await?, [Event::new("b", 1)])?;
    ensure_eq("missing partition", Event::objects().set_hash_key("c").all(&db).await?, Vec::<Event>::new())
}

/// Fails if the limit counts items that the filter drops.
async fn all_limits_results(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("with a limit", event_times(&events.set_limit(2).all(&db).await?), [0, 10])?;
    let doors = events.filter(Event::KIND.eq("door"));
    ensure_eq("with a filter and a limit", event_times(&doors.set_limit(2).all(&db).await?), [0, 30])?;
    ensure_eq(
        "with a limit above the number of matches",
        event_times(&doors.set_limit(7).all(&db).await?),
        [0, 30, 60],
    )?;
    ensure_eq("empty result", event_times(&events.set_limit(0).all(&db).await?), Vec::<i64>::new())
}

/// Fails if partitions are returned in another order than their keys were given.
async fn all_reads_partitions_in_the_given_order(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    for device in ["b", "c"] {
        Event::new(device, 5).save(&db).await?;
    }
    let several = Event::objects().filter(Event::DEVICE.is_in(["c", "none", "a", "b", "c"]));
    let keys = |events: Vec<Event>| events.into_iter().map(|event| (event.device, event.at)).collect::<Vec<_>>();
    let expected = [("c", 5), ("a", 0), ("a", 10), ("a", 20), ("b", 5)].map(|(device, at)| (device.to_owned(), at));
    ensure_eq("in the given order", keys(several.all(&db).await?), expected.clone())?;
    let mut reversed = expected.to_vec();
    reversed.reverse();
    ensure_eq("backward", keys(several.set_scan_index_forward(false).all(&db).await?), reversed)
}

/// Fails if only the first 100 keys are read, or items are duplicated.
async fn all_reads_hundreds_of_keys(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in (0..250).step_by(10) {
        Event::new("a", at).save(&db).await?;
    }
    let mut times: Vec<i64> = (0..250).rev().collect();
    times.extend([40, 30]);
    let events = Event::objects().set_hash_key("a").filter(Event::AT.is_in(times));
    let found = event_times(&events.all(&db).await?);
    ensure_eq("number of events without duplicates", found.len(), 25)?;
    let mut sorted = found.clone();
    sorted.sort_unstable();
    ensure_eq("events", sorted, (0..250).step_by(10).collect::<Vec<i64>>())?;
    let backwards = event_times(&events.set_scan_index_forward(false).all(&db).await?);
    ensure_eq("backward", backwards, found.into_iter().rev().collect::<Vec<_>>())?;
    ensure_eq("number of events", events.count(&db).await?, 25)
}

/// Fails if the table is read in place of the index.
async fn all_reads_an_index(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    Event::new("b", 7).save(&db).await?;
    let windows = Event::kinds().set_hash_key("window");
    ensure_eq("events of the manager", event_times(&windows.all(&db).await?), [10, 20, 40, 50])?;
    let doors = Event::objects().set_index(Event::BY_KIND).set_hash_key("door").set_scan_index_forward(false);
    ensure_eq("events of the index, backward", event_times(&doors.all(&db).await?), [30, 0])?;
    let high = windows.filter(Event::LEVEL.gt(1) & Event::URGENT.eq(true));
    ensure_eq("filtered", event_times(&high.all(&db).await?), [20, 40])
}

/// Fails if models lack the attributes that the local index does not project.
async fn all_reads_attributes_a_local_index_lacks(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for (at, note) in [(1, Some("c")), (2, None), (3, Some("a"))] {
        let mut event = Event::new("a", at);
        event.note = note.map(str::to_owned);
        event.owner = Some("me".to_owned());
        event.save(&db).await?;
    }
    let noted = Event::objects().set_hash_key("a").set_index(Event::BY_NOTE).all(&db).await?;
    ensure_eq("in the order of the notes", event_times(&noted), [3, 1])?;
    ensure_eq("owner of a whole event", noted[0].owner.as_deref(), Some("me"))
}

/// Fails if items beyond the first megabyte are lost.
async fn all_reads_pages_of_1_mb(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in 0..9 {
        let mut event = Event::new("a", at);
        event.tags = [format!("{at}{}", "x".repeat(300_000))].into();
        event.save(&db).await?;
    }
    let events = Event::objects().set_hash_key("a");
    ensure_eq("events", event_times(&events.all(&db).await?), (0..9).collect::<Vec<i64>>())?;
    ensure_eq("number of events", events.count(&db).await?, 9)?;
    let late = events.filter(Event::TAGS.contains(format!("8{}", "x".repeat(300_000))));
    ensure_eq("event on a later page", event_times(&late.set_limit(1).all(&db).await?), [8])
}

/// Fails if an empty queryset sends a request.
async fn none_sends_no_request(cx: Context) -> CaseResult {
    // The table does not exist, so that any request fails.
    let none = Event::objects().set_hash_key("a").none();
    ensure_eq("all", none.all(cx.db()).await?, Vec::<Event>::new())?;
    ensure_eq("first", none.first(cx.db()).await?, None)?;
    ensure_eq("count", none.count(cx.db()).await?, 0)?;
    ensure_eq("exists", none.exists(cx.db()).await?, false)?;
    ensure_eq("delete", none.delete(cx.db()).await?, 0)
}

/// Fails if a missing table looks like one without items.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let events = Event::objects().set_hash_key("a");
    let is_not_found = |error: &Error| matches!(error, Error::Driver(error) if error.is_resource_not_found());
    for result in [
        events.all(cx.db()).await.map(|_| ()),
        events.filter(Event::AT.eq(1)).first(cx.db()).await.map(|_| ()),
        events.filter(Event::AT.is_in([1, 2])).count(cx.db()).await.map(|_| ()),
        events.delete(cx.db()).await.map(|_| ()),
        Event::new("a", 1).save(cx.db()).await,
    ] {
        match result {
            Err(error) if is_not_found(&error) => {}
            other => return Err(Failure::new(format_args!("expected ResourceNotFound; received {other:?}"))),
        }
    }
    Ok(())
}
