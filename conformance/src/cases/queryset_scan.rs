//! `QuerySet::scan` and `parallel_scan`, and the choice of an index.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/rejects_a_filter_that_requires_a_scan", Theme::QuerySet, rejects_a_filter_that_requires_a_scan);
case!("queryset/scan_reads_every_item", Theme::QuerySet, scan_reads_every_item);
case!("queryset/scan_reads_the_items_of_an_index", Theme::QuerySet, scan_reads_the_items_of_an_index);
case!("queryset/scan_pages_contain_every_item", Theme::PageToken, scan_pages_contain_every_item);
case!(
    "queryset/parallel_scan_reads_every_item_once",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    parallel_scan_reads_every_item_once
);
case!("queryset/chooses_an_index_by_its_hash_key", Theme::QuerySet, chooses_an_index_by_its_hash_key);

fn sorted_keys(mut events: Vec<Event>) -> Vec<(String, i64)> {
    let mut keys: Vec<_> = events.drain(..).map(|event| (event.device, event.at)).collect();
    keys.sort();
    keys
}

async fn two_devices(cx: &Context) -> Result<djamodb_core::database::Database, Failure> {
    let db = database_with_events(cx, 5).await?;
    for at in [5, 6] {
        Event::new("b", at).save(&db).await?;
    }
    Ok(db)
}

/// Fails if a filter without a key reads the whole table.
async fn rejects_a_filter_that_requires_a_scan(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    match Event::objects().filter(Event::LEVEL.eq(0)).all(&db).await {
        Err(Error::Plan(PlanError::WouldScan { .. })) => Ok(()),
        other => Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
}

/// Fails if items of some partitions are missing.
async fn scan_reads_every_item(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let all = Event::objects().scan();
    ensure_eq("all", sorted_keys(all.all(&db).await?).len(), 7)?;
    ensure_eq("number of events", all.count(&db).await?, 7)?;
    let late = all.filter(Event::AT.gt(6) & Event::DEVICE.ne("b"));
    ensure_eq(
        "events filtered by their keys",
        sorted_keys(late.all(&db).await?),
        sorted_keys(Event::objects().set_hash_key("a").filter(Event::AT.gt(6)).all(&db).await?),
    )?;
    ensure_eq("count with `exclude`", all.exclude(Event::KIND.eq("door")).count(&db).await?, 5)?;
    ensure_eq(
        "number of events with a limit",
        all.filter(Event::URGENT.eq(false)).set_limit(2).all(&db).await?.len(),
        2,
    )?;
    ensure_eq("exists without a match", all.filter(Event::LEVEL.gt(100)).exists(&db).await?, false)
}

/// Fails if items outside the index are returned.
async fn scan_reads_the_items_of_an_index(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    ensure_eq("count of the index by kind", Event::kinds().scan().count(&db).await?, 5)?;
    let notes = Event::objects().set_index(Event::BY_NOTE).scan();
    ensure_eq("count of the index by note", notes.count(&db).await?, 0)
}

/// Fails if an item is skipped or duplicated between pages.
async fn scan_pages_contain_every_item(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let pages = Event::objects().scan().exclude(Event::AT.eq(20)).set_limit(2);
    ensure_eq(
        "events of all pages",
        sorted_keys(read_page_by_page(&pages, &db).await?),
        sorted_keys(Event::objects().scan().exclude(Event::AT.eq(20)).all(&db).await?),
    )
}

/// Fails if segments overlap, or items are missing.
async fn parallel_scan_reads_every_item_once(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    if !cx.capability().scan_with_segment {
        // The driver rejects segments, which the plan itself shows.
        cx.run_requiring(
            Requirement::Segment,
            Scan { segment: Some(Segment { segment: 0, total_segments: 2 }), ..Scan::new(cx.table_name("events")) },
        )
        .await?;
        return Ok(());
    }
    let whole = sorted_keys(Event::objects().scan().all(&db).await?);
    let parallel = Event::objects().parallel_scan(4);
    ensure_eq("items", sorted_keys(parallel.all(&db).await?), whole.clone())?;
    ensure_eq("number of events", parallel.count(&db).await?, 7)?;
    let mut segments = Vec::new();
    for segment in parallel.segments() {
        segments.extend(segment.all(&db).await?);
    }
    ensure_eq("events of all segments", sorted_keys(segments), whole)?;
    cx.run_requiring(Requirement::Segment, Scan::new(cx.table_name("events"))).await?;
    Ok(())
}

/// Fails if the chosen index returns other items than a scan with the same filter.
async fn chooses_an_index_by_its_hash_key(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let doors = Event::objects().filter(Event::KIND.eq("door"));
    ensure_eq("chosen index", doors.explain().ok().and_then(|explain| explain.index), Some("by_kind".into()))?;
    let scanned = Event::objects().scan().filter(Event::KIND.is_in(["door"]) & Event::LEVEL.gte(0));
    ensure_eq("events of the doors", sorted_keys(doors.all(&db).await?), sorted_keys(scanned.all(&db).await?))?;
    ensure_eq("times of the doors", event_times(&doors.all(&db).await?), vec![0, 30])
}
