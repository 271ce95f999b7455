//! Scan policies of a database.

use djamodb_core::database::{Database, ModelExt, ScanPolicy};
use djamodb_core::driver::DriverErrorKind;
use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/a_scan_policy_denies_scans", Theme::QuerySet, a_scan_policy_denies_scans);
case!("queryset/a_scan_stops_when_its_budget_is_exceeded", Theme::QuerySet, a_scan_stops_when_its_budget_is_exceeded);
case!(
    "queryset/segments_share_the_budget",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    segments_share_the_budget
);

/// Fails if a scan is sent although the database denies scans.
async fn a_scan_policy_denies_scans(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?.with_scan_policy(ScanPolicy::Deny);
    let (db, ledger) = db.with_ledger();
    for result in [
        Event::objects().scan().all(&db).await.map(|events| events.len()),
        Event::kinds().scan().count(&db).await.map(|_| 0),
        Event::objects().parallel_scan(2).all(&db).await.map(|events| events.len()),
    ] {
        let is_denied = matches!(result, Err(Error::Plan(PlanError::ScanDenied { .. })));
        ensure("a scan is rejected", is_denied)?;
    }
    ensure_eq("number of requests", ledger.requests(), 0)?;
    let with_hash_key = Event::objects().filter(Event::DEVICE.eq("a")).scan();
    ensure_eq("count of a scan that is planned as a query", with_hash_key.count(&db).await?, 3)
}

/// Creates four events of 380 KB each, which need two pages.
async fn create_large_events(cx: &Context) -> Result<Database, Failure> {
    let db = database_with_events(cx, 0).await?;
    for at in 0..4 {
        Event { tags: ["x".repeat(380_000)].into(), ..Event::new("a", at) }.save(&db).await?;
    }
    Ok(db)
}

fn is_budget_exceeded<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Driver(error)) if *error.kind() == DriverErrorKind::BudgetExceeded)
}

/// Fails if a scan continues after its budget of units is consumed.
async fn a_scan_stops_when_its_budget_is_exceeded(cx: Context) -> CaseResult {
    let db = create_large_events(&cx).await?;
    let all = Event::objects().scan();
    ensure_eq("count within the budget", all.count(&db.with_scan_policy(ScanPolicy::Budget(1000.0))).await?, 4)?;
    let one_unit = db.with_scan_policy(ScanPolicy::Budget(1.0));
    ensure("counting several pages exceeds the budget", is_budget_exceeded(all.count(&one_unit).await))?;
    ensure(
        "reading without matches exceeds the budget",
        is_budget_exceeded(all.filter(Event::LEVEL.gt(100)).all(&one_unit).await),
    )?;
    for _ in 0..3 {
        ensure_eq("number of events with a budget for each call", all.set_limit(1).all(&one_unit).await?.len(), 1)?;
    }
    ensure(
        "a budget of zero is exceeded",
        is_budget_exceeded(all.first(&db.with_scan_policy(ScanPolicy::Budget(0.0))).await),
    )?;
    let query = Event::objects().set_hash_key("a");
    ensure_eq("count of a query under a scan budget", query.count(&one_unit).await?, 4)
}

/// Fails if each segment of a parallel scan has the whole budget.
async fn segments_share_the_budget(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    let segment = Some(Segment { segment: 0, total_segments: 2 });
    if cx.run_requiring(Requirement::Segment, Scan { segment, ..Scan::new(cx.table_name("events")) }).await?.is_none() {
        return Ok(());
    }
    for device in 0..40 {
        Event::new(&format!("device {device}"), 0).save(&db).await?;
    }
    // Sixteen segments are read concurrently, and a segment with an item consumes at least half a unit.
    let all = Event::objects().parallel_scan(40);
    ensure_eq("count within the budget", all.count(&db.with_scan_policy(ScanPolicy::Budget(100.0))).await?, 40)?;
    ensure(
        "the segments together exceed the budget",
        is_budget_exceeded(all.count(&db.with_scan_policy(ScanPolicy::Budget(1.0))).await),
    )
}
