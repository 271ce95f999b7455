//! `QuerySet::all`.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;

use super::prelude::*;

case!("queryset/all_gives_the_partition_in_order", Theme::QuerySet, partition_in_order);
case!("queryset/all_stops_at_the_limit", Theme::QuerySet, limit);
case!("queryset/all_reads_several_partitions_in_the_order_asked", Theme::QuerySet, several_partitions);
case!("queryset/all_reads_hundreds_of_keys_in_the_order_asked", Theme::QuerySet, many_keys);
case!("queryset/all_reads_an_index", Theme::QuerySet, index);
case!("queryset/all_reads_what_a_local_index_lacks", Theme::QuerySet, local_index);
case!("queryset/all_puts_pages_of_a_megabyte_together", Theme::QuerySet, megabytes);
case!("queryset/none_asks_nothing", Theme::QuerySet, none);
case!("queryset/a_missing_table_is_said", Theme::MissingTable, missing_table);

/// Items of other partitions would be among them, or come in another order.
async fn partition_in_order(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    Event::new("b", 1).save(&db).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("ascending", event_times(&events.all(&db).await?), [0, 10, 20, 30, 40])?;
    let descending = events.set_scan_index_forward(false);
    ensure_eq("descending", event_times(&descending.all(&db).await?), [40, 30, 20, 10, 0])?;
    ensure_eq("another partition", Event::objects().set_hash_key("b").all(&db).await?, [Event::new("b", 1)])?;
    ensure_eq("no partition", Event::objects().set_hash_key("c").all(&db).await?, Vec::<Event>::new())
}

/// A limit would count what is read, and give too little where a filter drops items.
async fn limit(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("of all", event_times(&events.set_limit(2).all(&db).await?), [0, 10])?;
    let doors = events.filter(Event::KIND.eq("door"));
    ensure_eq("of the doors", event_times(&doors.set_limit(2).all(&db).await?), [0, 30])?;
    ensure_eq("above what there is", event_times(&doors.set_limit(7).all(&db).await?), [0, 30, 60])?;
    ensure_eq("of nothing", event_times(&events.set_limit(0).all(&db).await?), Vec::<i64>::new())
}

/// Partitions would come in the order in which the service happens to answer.
async fn several_partitions(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    for device in ["b", "c"] {
        Event::new(device, 5).save(&db).await?;
    }
    let several = Event::objects().filter(Event::DEVICE.is_in(["c", "none", "a", "b", "c"]));
    let keys = |events: Vec<Event>| events.into_iter().map(|event| (event.device, event.at)).collect::<Vec<_>>();
    let expected = [("c", 5), ("a", 0), ("a", 10), ("a", 20), ("b", 5)].map(|(device, at)| (device.to_owned(), at));
    ensure_eq("in the order asked", keys(several.all(&db).await?), expected.clone())?;
    let mut reversed = expected.to_vec();
    reversed.reverse();
    ensure_eq("backwards", keys(several.set_scan_index_forward(false).all(&db).await?), reversed)
}

/// Only a hundred keys would be read, or they would come in no order.
async fn many_keys(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in (0..250).step_by(10) {
        Event::new("a", at).save(&db).await?;
    }
    let mut asked: Vec<i64> = (0..250).rev().collect();
    asked.extend([40, 30]);
    let events = Event::objects().set_hash_key("a").filter(Event::AT.is_in(asked));
    let found = event_times(&events.all(&db).await?);
    ensure_eq("each once", found.len(), 25)?;
    let mut sorted = found.clone();
    sorted.sort_unstable();
    ensure_eq("the events", sorted, (0..250).step_by(10).collect::<Vec<i64>>())?;
    let backwards = event_times(&events.set_scan_index_forward(false).all(&db).await?);
    ensure_eq("backwards", backwards, found.into_iter().rev().collect::<Vec<_>>())?;
    ensure_eq("how many", events.count(&db).await?, 25)
}

/// The table would be read in place of the index.
async fn index(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    Event::new("b", 7).save(&db).await?;
    let windows = Event::kinds().set_hash_key("window");
    ensure_eq("by the manager", event_times(&windows.all(&db).await?), [10, 20, 40, 50])?;
    let doors = Event::objects().set_index(Event::BY_KIND).set_hash_key("door").set_scan_index_forward(false);
    ensure_eq("by the index, backwards", event_times(&doors.all(&db).await?), [30, 0])?;
    let high = windows.filter(Event::LEVEL.gt(1) & Event::URGENT.eq(true));
    ensure_eq("filtered", event_times(&high.all(&db).await?), [20, 40])
}

/// Models would have holes where the index lacks attributes.
async fn local_index(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for (at, note) in [(1, Some("c")), (2, None), (3, Some("a"))] {
        let mut event = Event::new("a", at);
        event.note = note.map(str::to_owned);
        event.owner = Some("me".to_owned());
        event.save(&db).await?;
    }
    let noted = Event::objects().set_hash_key("a").set_index(Event::BY_NOTE).all(&db).await?;
    ensure_eq("in the order of the notes", event_times(&noted), [3, 1])?;
    ensure_eq("whole events", noted[0].owner.as_deref(), Some("me"))
}

/// What comes after the first megabyte would be lost.
async fn megabytes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in 0..9 {
        let mut event = Event::new("a", at);
        event.tags = [format!("{at}{}", "x".repeat(300_000))].into();
        event.save(&db).await?;
    }
    let events = Event::objects().set_hash_key("a");
    ensure_eq("the events", event_times(&events.all(&db).await?), (0..9).collect::<Vec<i64>>())?;
    ensure_eq("how many", events.count(&db).await?, 9)?;
    let late = events.filter(Event::TAGS.contains(format!("8{}", "x".repeat(300_000))));
    ensure_eq("one on a later page", event_times(&late.set_limit(1).all(&db).await?), [8])
}

/// Something would be asked, although nothing was wanted.
async fn none(cx: Context) -> CaseResult {
    // There is not even a table to ask.
    let none = Event::objects().set_hash_key("a").none();
    ensure_eq("all", none.all(cx.db()).await?, Vec::<Event>::new())?;
    ensure_eq("first", none.first(cx.db()).await?, None)?;
    ensure_eq("count", none.count(cx.db()).await?, 0)?;
    ensure_eq("exists", none.exists(cx.db()).await?, false)?;
    ensure_eq("delete", none.delete(cx.db()).await?, 0)
}

/// A table that was never created would look like one without items.
async fn missing_table(cx: Context) -> CaseResult {
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
            other => return Err(Failure::new(format_args!("the table is not missed: {other:?}"))),
        }
    }
    Ok(())
}
