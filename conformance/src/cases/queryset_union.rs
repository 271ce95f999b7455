//! `QuerySet::union`.

use djamodb_core::database::ModelExt;
use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;
use futures_util::TryStreamExt;

use super::prelude::*;

case!("queryset/union_returns_each_item_once", Theme::QuerySet, union_returns_each_item_once);
case!(
    "queryset/union_keeps_the_order_and_limit_of_each_queryset",
    Theme::QuerySet,
    union_keeps_the_order_and_limit_of_each_queryset
);
case!("queryset/union_sends_only_needed_requests", Theme::QuerySet, union_sends_only_needed_requests);
case!("queryset/union_reads_pages_of_1_mb", Theme::QuerySet, union_reads_pages_of_1_mb);
case!("queryset/union_is_planned_before_the_first_request", Theme::QuerySet, union_is_planned_before_the_first_request);

/// Fails if an item that two querysets match is returned or counted twice.
async fn union_returns_each_item_once(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    Event::new("b", 5).save(&db).await?;
    let late = Event::objects().set_hash_key("a").filter(Event::AT.gte(20));
    let doors = Event::kinds().set_hash_key("door");
    let both = late.union(&doors);
    ensure_eq("union of the table and an index", event_times(&both.all(&db).await?), [20, 30, 40, 50, 0])?;
    ensure_eq("union in the opposite order", event_times(&doors.union(&late).all(&db).await?), [0, 30, 20, 40, 50])?;
    ensure_eq("number of events", both.count(&db).await?, 5)?;
    ensure_eq("first event", both.first(&db).await?.map(|event| event.at), Some(20))?;
    ensure_eq("streamed union", event_times(&both.stream(&db).try_collect::<Vec<_>>().await?), [20, 30, 40, 50, 0])?;
    let low = Event::objects().scan().filter(Event::LEVEL.lte(1));
    let mut all = event_times(&both.union(&low).all(&db).await?);
    all[5..].sort_unstable();
    ensure_eq("union with a scan", all, [20, 30, 40, 50, 0, 5, 10])?;
    ensure_eq(
        "union with an empty queryset",
        event_times(&late.none().union(&doors).union(&doors.none()).all(&db).await?),
        [0, 30],
    )?;
    ensure_eq("empty result", late.none().union(&doors.none()).exists(&db).await?, false)?;
    let keys = Event::objects().filter(Event::DEVICE.is_in(["a", "b"]) & Event::AT.is_in([5, 30]));
    let both_rows = doors.union(&keys).values((Event::DEVICE, Event::AT));
    ensure_eq("rows of the union", both_rows.all(&db).await?, [("a".into(), 0), ("a".into(), 30), ("b".into(), 5)])
}

/// Fails if a queryset is read in another order, or beyond its limit.
async fn union_keeps_the_order_and_limit_of_each_queryset(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 6).await?;
    let events = Event::objects().set_hash_key("a");
    let latest = events.reverse().set_limit(2);
    let both = latest.union(&events.set_limit(3));
    ensure_eq("all", event_times(&both.all(&db).await?), [50, 40, 0, 10, 20])?;
    for (limit, expected) in [(0, &[][..]), (1, &[50]), (3, &[50, 40, 0]), (9, &[50, 40, 0, 10, 20])] {
        let limited = both.set_limit(limit);
        ensure_eq(format!("events with the limit {limit}"), event_times(&limited.all(&db).await?), expected.to_vec())?;
        ensure_eq(format!("count with the limit {limit}"), limited.count(&db).await?, expected.len() as u64)?;
        ensure_eq(format!("exists with the limit {limit}"), limited.exists(&db).await?, limit > 0)?;
    }
    let token = events.set_limit(4).last_evaluated_key(&db).await?;
    let rest = events.set_last_evaluated_key(token);
    ensure_eq(
        "union with a queryset after a token",
        event_times(&events.set_limit(1).union(&rest).all(&db).await?),
        [0, 40, 50],
    )?;
    ensure_eq(
        "number of events of a union with itself",
        event_times(&events.union(&events).set_limit(6).all(&db).await?).len(),
        6,
    )
}

/// Fails if requests are sent for results that are not needed.
async fn union_sends_only_needed_requests(cx: Context) -> CaseResult {
    let (db, ledger) = database_with_events(&cx, 6).await?.with_ledger();
    let ensure_requests = |what: &str, expected: u64| {
        let requests = ledger.requests();
        ledger.reset();
        ensure_eq(format!("requests of {what}"), requests, expected)
    };
    let events = Event::objects().set_hash_key("a");
    let both = events.union(&Event::kinds().set_hash_key("door"));
    both.all(&db).await?;
    ensure_requests("`all`", 2)?;
    both.set_limit(4).all(&db).await?;
    ensure_requests("as many items as the first queryset returns", 1)?;
    both.set_limit(0).all(&db).await?;
    ensure_requests("a limit of 0", 0)?;
    both.first(&db).await?;
    ensure_requests("`first`", 1)?;
    both.exists(&db).await?;
    ensure_requests("`exists`", 1)?;
    let unmatched = Event::objects().set_hash_key("unmatched");
    ensure_eq("there is an endpoint", unmatched.union(&events).union(&events).exists(&db).await?, true)?;
    ensure_requests("`exists` where the second queryset matches", 2)?;
    unmatched.none().union(&events).count(&db).await?;
    ensure_requests("a union with an empty queryset", 1)
}

/// Fails if items beyond the first megabyte of a queryset are lost or duplicated.
async fn union_reads_pages_of_1_mb(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 0).await?;
    for at in 0..8 {
        let mut event = Event::new("a", at);
        event.kind = Some(if at % 2 == 0 { "door" } else { "window" }.to_owned());
        event.level = f64::from(i32::try_from(at).unwrap_or_default());
        event.tags = ["x".repeat(300_000)].into();
        event.save(&db).await?;
    }
    let doors = Event::kinds().set_hash_key("door");
    let both = doors.union(&Event::objects().set_hash_key("a"));
    ensure_eq("all", event_times(&both.all(&db).await?), [0, 2, 4, 6, 1, 3, 5, 7])?;
    ensure_eq("number of events", both.count(&db).await?, 8)?;
    ensure_eq("count with the limit 7", both.set_limit(7).count(&db).await?, 7)
}

/// Fails if requests are sent although a later queryset cannot be planned.
async fn union_is_planned_before_the_first_request(cx: Context) -> CaseResult {
    let (db, ledger) = database_with_events(&cx, 1).await?.with_ledger();
    let union = Event::objects().set_hash_key("a").union(&Event::objects().filter(Event::NOTE.exists()));
    match union.all(&db).await {
        Err(Error::Plan(PlanError::WouldScan { .. })) => ensure_eq("number of requests", ledger.requests(), 0),
        other => Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
}
