//! Querysets that read whole tables and indexes, or find an index by themselves.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/nothing_scans_by_itself", Theme::QuerySet, would_scan);
case!("queryset/scan_reads_everything", Theme::QuerySet, scan);
case!("queryset/scan_of_an_index_reads_what_it_holds", Theme::QuerySet, scan_index);
case!("queryset/scans_are_paged", Theme::Token, scan_pages);
case!("queryset/parallel_scan_reads_each_item_once", Theme::Segment, requires: [Requirement::Segment], parallel);
case!("queryset/an_index_is_chosen_by_its_hash_key", Theme::QuerySet, chosen);

fn sorted(mut events: Vec<Event>) -> Vec<(String, i64)> {
    let mut keys: Vec<_> = events.drain(..).map(|event| (event.device, event.at)).collect();
    keys.sort();
    keys
}

async fn two_devices(cx: &Context) -> Result<djamodb_core::database::Database, Failure> {
    let db = database(cx, 5).await?;
    for at in [5, 6] {
        Event::new("b", at).save(&db).await?;
    }
    Ok(db)
}

/// A typing error would read, and pay for, everything.
async fn would_scan(cx: Context) -> CaseResult {
    let db = database(&cx, 1).await?;
    match Event::objects().filter(Event::LEVEL.eq(0)).all(&db).await {
        Err(Error::Plan(PlanError::WouldScan { .. })) => Ok(()),
        other => Err(Failure::new(format_args!("not refused: {other:?}"))),
    }
}

/// Items of some partitions would be missing.
async fn scan(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let all = Event::objects().scan();
    same("all", sorted(all.all(&db).await?).len(), 7)?;
    same("how many", all.count(&db).await?, 7)?;
    let late = all.filter(Event::AT.gt(6) & Event::DEVICE.ne("b"));
    same(
        "by their keys",
        sorted(late.all(&db).await?),
        sorted(Event::objects().set_hash_key("a").filter(Event::AT.gt(6)).all(&db).await?),
    )?;
    same("those that exclude drops", all.exclude(Event::KIND.eq("door")).count(&db).await?, 5)?;
    same("at most so many", all.filter(Event::URGENT.eq(false)).set_limit(2).all(&db).await?.len(), 2)?;
    same("none", all.filter(Event::LEVEL.gt(100)).exists(&db).await?, false)
}

/// Items that are not in the index would be given.
async fn scan_index(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    same("the kinds", Event::kinds().scan().count(&db).await?, 5)?;
    let notes = Event::objects().set_index(Event::BY_NOTE).scan();
    same("nobody has a note", notes.count(&db).await?, 0)
}

/// A page would be read twice, or not at all.
async fn scan_pages(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let pages = Event::objects().scan().exclude(Event::AT.eq(20)).set_limit(2);
    same(
        "all pages",
        sorted(page_by_page(&pages, &db).await?),
        sorted(Event::objects().scan().exclude(Event::AT.eq(20)).all(&db).await?),
    )
}

/// Segments would overlap, or leave something out.
async fn parallel(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    if !cx.capability().scan_with_segment {
        // That the driver refuses is seen on the plan itself.
        cx.attempt(
            Requirement::Segment,
            Scan { segment: Some(Segment { segment: 0, total_segments: 2 }), ..Scan::new(cx.name("events")) },
        )
        .await?;
        return Ok(());
    }
    let whole = sorted(Event::objects().scan().all(&db).await?);
    let parallel = Event::objects().parallel_scan(4);
    same("the items", sorted(parallel.all(&db).await?), whole.clone())?;
    same("how many", parallel.count(&db).await?, 7)?;
    let mut segments = Vec::new();
    for segment in parallel.segments() {
        segments.extend(segment.all(&db).await?);
    }
    same("segment by segment", sorted(segments), whole)?;
    cx.attempt(Requirement::Segment, Scan::new(cx.name("events"))).await?;
    Ok(())
}

/// The answer would be another one than that of the whole table.
async fn chosen(cx: Context) -> CaseResult {
    let db = two_devices(&cx).await?;
    let doors = Event::objects().filter(Event::KIND.eq("door"));
    same("the index", doors.explain().ok().and_then(|explain| explain.index), Some("by_kind".into()))?;
    let scanned = Event::objects().scan().filter(Event::KIND.is_in(["door"]) & Event::LEVEL.gte(0));
    same("the doors", sorted(doors.all(&db).await?), sorted(scanned.all(&db).await?))?;
    same("the doors' times", times(&doors.all(&db).await?), vec![0, 30])
}
