//! Querysets that use no more than so many units a second.

use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/a_rate_is_kept_over_pages_and_writes", Theme::QuerySet, kept);
case!("queryset/a_rate_is_above_nothing", Theme::QuerySet, refused);

/// What is owed after one request would be forgotten before the next.
async fn kept(cx: Context) -> CaseResult {
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

/// It would never end.
async fn refused(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 1).await?;
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let result = Event::objects().set_hash_key("a").rate_limit(rate).all(&db).await;
        ensure("no rate", matches!(result, Err(Error::Plan(PlanError::RateLimit { .. }))))?;
    }
    Ok(())
}
