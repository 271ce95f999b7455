//! Rate limits of querysets, by the clock of the driver.

use std::sync::Arc;

use djamodb::driver::Clock as _;
use djamodb::prelude::*;
use djamodb::{MemoryDriver, VirtualClock};

use crate::models::Event;

/// Returns a database with twenty events of 4 KB, half a read unit each, and its clock.
async fn events() -> (Database, VirtualClock) {
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(Arc::new(clock.clone())));
    db.create_table::<Event>().await.unwrap();
    for at in 0..20 {
        let event = Event { tags: ["x".repeat(4000)].into(), ..Event::new("a", at) };
        event.clone().save(&db).await.unwrap();
    }
    (db, clock)
}

fn milliseconds(clock: &VirtualClock, since: DateTime<Utc>) -> i64 {
    (clock.now() - since).num_milliseconds()
}

#[tokio::test]
async fn separate_pages_share_one_rate_limiter() {
    let (db, clock) = events().await;
    let begun = clock.now();
    let limited = Event::objects().set_hash_key("a").rate_limit(2.0).set_limit(2);
    let mut token = None;
    for _ in 0..10 {
        token = limited.set_last_evaluated_key(token).page(&db).await.unwrap().last_evaluated_key;
    }
    // Ten pages of one unit each: the first two use the burst, and nothing waits after the last.
    assert_eq!(milliseconds(&clock, begun), 3500);

    let begun = clock.now();
    Event::objects().set_hash_key("a").all(&db).await.unwrap();
    assert_eq!(milliseconds(&clock, begun), 0, "other querysets do not wait");
}

#[tokio::test]
async fn writes_count_towards_the_rate() {
    let (db, clock) = events().await;
    let (db, ledger) = db.with_ledger();
    let begun = clock.now();
    let limited = Event::objects().set_hash_key("a").rate_limit(10.0);
    assert_eq!(limited.filter(Event::AT.lt(4)).update(Event::SIZE.set(1), &db).await.unwrap(), 4);
    assert_eq!(limited.delete(&db).await.unwrap(), 20);
    let units = ledger.read_units() + ledger.write_units();
    let seconds = (units - 10.0) / 10.0;
    let took = milliseconds(&clock, begun);
    assert!(took > 0, "{ledger}");
    // Nothing waits after the last request.
    assert!(std::time::Duration::from_secs_f64(seconds).as_millis() >= took.unsigned_abs().into(), "{took}: {ledger}");
}

#[tokio::test]
async fn a_failed_request_does_not_delay_the_next() {
    let (db, clock) = events().await;
    db.delete_table::<Event>().await.unwrap();
    let limited = Event::objects().set_hash_key("a").rate_limit(0.5);
    let begun = clock.now();
    for _ in 0..5 {
        limited.all(&db).await.unwrap_err();
    }
    assert_eq!(milliseconds(&clock, begun), 0, "the request consumed nothing");
}
