//! Querysets that use no more than so many units a second.

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
    let begun = clock.now();
    // A second's units may be used at once: 10. What comes after that has to wait.
    let paced = Event::objects().set_hash_key("a").rate_limit(10.0);
    let changed = paced.update((Event::URGENT.set(true), Event::LEVEL.set(7)), &db).await?;
    ensure_eq("all are changed", changed, 10)?;
    let mut token = None;
    for _ in 0..3 {
        // What was used before has to be paid for by now, whichever request is asked for.
        let owed = ledger.read_units() + ledger.write_units() - 10.0;
        let page = paced.set_limit(4).set_last_evaluated_key(token).page(&db).await?;
        let waited = (clock.now() - begun).as_seconds_f64();
        ensure("there is something to wait for", owed > 1.0)?;
        ensure(format!("{owed} units at 10 a second take longer than {waited} s"), waited >= owed / 10.0 - 0.01)?;
        token = page.last_evaluated_key;
    }
    ensure("these were all", token.is_none())
}

/// Fails if a rate that allows no progress is accepted.
async fn rejects_a_rate_limit_that_is_not_positive(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let result = Event::objects().set_hash_key("a").rate_limit(rate).all(&db).await;
        ensure("no rate", matches!(result, Err(Error::Plan(PlanError::RateLimit { .. }))))?;
    }
    Ok(())
}
