//! `QuerySet::order_by`, `reverse`, `consistent` and `cursor`.

use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/order_by_orders_by_the_range_key", Theme::Direction, order_by_orders_by_the_range_key);
case!("queryset/order_by_rejects_other_attributes", Theme::Direction, order_by_rejects_other_attributes);
case!("queryset/consistent_reads_see_the_last_write", Theme::Consistency, consistent_reads_see_the_last_write);
case!("queryset/a_cursor_moves_in_both_directions", Theme::PageToken, a_cursor_moves_in_both_directions);

/// Fails if the order is ignored.
async fn order_by_orders_by_the_range_key(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 5).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("ascending order", event_times(&events.order_by(Event::AT).all(&db).await?), vec![0, 10, 20, 30, 40])?;
    let latest = events.order_by(Event::AT.desc());
    ensure_eq("descending order", event_times(&latest.set_limit(2).all(&db).await?), vec![40, 30])?;
    ensure_eq("reversed", event_times(&latest.reverse().set_limit(2).all(&db).await?), vec![0, 10])
}

/// Fails if items are returned in another order than requested.
async fn order_by_rejects_other_attributes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    match Event::objects().set_hash_key("a").order_by(Event::LEVEL).all(&db).await {
        Err(Error::Plan(PlanError::OrderBy { .. })) => Ok(()),
        other => Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
}

/// Fails if a consistent read misses the last write, or is accepted on a global index.
async fn consistent_reads_see_the_last_write(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 3).await?;
    let events = Event::objects().set_hash_key("a").consistent();
    ensure_eq("count of a query", events.count(&db).await?, 3)?;
    ensure_eq("single item", events.filter(Event::AT.eq(10)).get(&db).await?.at, 10)?;
    ensure_eq("several items", event_times(&events.filter(Event::AT.is_in([20, 0])).all(&db).await?), vec![0, 20])?;
    ensure_eq("count of a scan", Event::objects().scan().consistent().count(&db).await?, 3)?;
    match Event::kinds().set_hash_key("door").consistent().all(&db).await {
        Err(Error::Plan(PlanError::ConsistentIndex { .. })) => Ok(()),
        other => Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
}

/// Fails if moving back returns another page than before.
async fn a_cursor_moves_in_both_directions(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 7).await?;
    let pages = Event::objects().set_hash_key("a").filter(Event::AT.ne(30)).set_limit(2).cursor();
    let first = pages.page(&db).await?;
    ensure_eq("first page", event_times(&first.items), vec![0, 10])?;
    let second = pages.after(first.next.unwrap_or_default()).page(&db).await?;
    ensure_eq("second page", event_times(&second.items), vec![20, 40])?;
    let third = pages.after(second.next.clone().unwrap_or_default()).page(&db).await?;
    ensure_eq("third page", (event_times(&third.items), third.next), (vec![50, 60], None))?;
    let back = pages.before(third.previous.unwrap_or_default()).page(&db).await?;
    ensure_eq("page before the third", back, second)
}
