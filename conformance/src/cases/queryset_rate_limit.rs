//! `QuerySet::rate_limit`.

use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/a_rate_limit_spans_pages_and_writes", Theme::QuerySet, a_rate_limit_spans_pages_and_writes);
case!("queryset/rejects_a_rate_limit_that_is_not_positive", Theme::QuerySet, rejects_a_rate_limit_that_is_not_positive);

/// Fails if capacity that one request consumed does not delay the next.
async fn a_rate_limit_spans_pages_and_writes(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 10).await?;
    let (db, ledger) = db.with_ledger();
    let clock = db.driver().clock();
    let start = clock.now();
    // The units of one second, here 10, are available without delay. Further units have to be waited for.
    let rate_limited = Event::objects().set_hash_key("a").rate_limit(10.0);
    let changed = rate_limited.update((Event::URGENT.set(true), Event::LEVEL.set(7)), &db).await?;
    ensure_eq("number of updated events", changed, 10)?;
    let mut token = None;
    for _ in 0..3 {
        // Before a request is sent, the units of all earlier requests must have been waited for.
        let exceeding_units = ledger.read_units() + ledger.write_units() - 10.0;
        let page = rate_limited.set_limit(4).set_last_evaluated_key(token).page(&db).await?;
        let waited = (clock.now() - start).as_seconds_f64();
        ensure("the first requests exceed the units of one second", exceeding_units > 1.0)?;
        ensure(
            format!("{exceeding_units} units at 10 units per second take longer than {waited} s"),
            waited >= exceeding_units / 10.0 - 0.01,
        )?;
        token = page.last_evaluated_key;
    }
    ensure("the third page is the last", token.is_none())
}

/// Fails if a rate that allows no progress is accepted.
async fn rejects_a_rate_limit_that_is_not_positive(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let result = Event::objects().set_hash_key("a").rate_limit(rate).all(&db).await;
        ensure("the rate is rejected", matches!(result, Err(Error::Plan(PlanError::RateLimit { .. }))))?;
    }
    Ok(())
}
