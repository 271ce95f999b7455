//! Querysets that use no more than so many units a second.

use djamodb_core::error::Error;
use djamodb_core::planner::PlanError;

use super::prelude::*;

case!("queryset/a_rate_is_kept_over_pages_and_writes", Theme::QuerySet, kept);
case!("queryset/a_rate_is_above_nothing", Theme::QuerySet, refused);

/// What is owed after one request would be forgotten before the next.
async fn kept(cx: Context) -> CaseResult {
    let db = database(&cx, 10).await?;
    let clock = db.driver().clock();
    let begun = clock.now();
    // A second's units may be used at once: 10. What comes after that has to wait.
    let paced = Event::objects().set_hash_key("a").rate_limit(10.0);
    let changed = paced.update(Event::URGENT.set(true), &db).await?;
    same("all are changed", changed, 10)?;
    same("and read again", paced.all(&db).await?.len(), 10)?;
    let (mut pages, mut token) = (0, None);
    loop {
        let page = paced.set_limit(4).set_last_evaluated_key(token).page(&db).await?;
        pages += 1;
        token = page.last_evaluated_key;
        if token.is_none() {
            break;
        }
    }
    same("page by page", pages, 3)?;
    // Each change of an event that is in the index by kind costs one unit at least.
    let waited = clock.now() - begun;
    holds("what is above the first ten units takes its time", waited >= chrono::TimeDelta::milliseconds(40))
}

/// It would never end.
async fn refused(cx: Context) -> CaseResult {
    let db = database(&cx, 1).await?;
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let result = Event::objects().set_hash_key("a").rate_limit(rate).all(&db).await;
        holds("no rate", matches!(result, Err(Error::Plan(PlanError::RateLimit { .. }))))?;
    }
    Ok(())
}
