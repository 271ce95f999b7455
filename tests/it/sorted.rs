//! Orders that are computed on the client.

use djamodb::prelude::*;

use crate::models::{Event, database, times};

async fn events() -> Database {
    let db = database().await;
    for (at, level, size) in [(1, 2.0, Some(5)), (2, 1.0, None), (3, 2.0, Some(3)), (4, 0.5, None), (5, 3.0, Some(4))] {
        let mut event = Event::new("a", at);
        (event.level, event.size, event.urgent) = (level, size, at > 3);
        event.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn items_are_sorted_by_any_attribute() {
    let db = events().await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(times(&events.sort_in_memory(Event::LEVEL).all(&db).await.unwrap()), [4, 2, 1, 3, 5]);
    assert_eq!(times(&events.sort_in_memory(Event::LEVEL.desc()).all(&db).await.unwrap()), [5, 1, 3, 2, 4]);
    assert_eq!(
        times(&events.sort_in_memory(Event::SIZE).all(&db).await.unwrap()),
        [2, 4, 3, 5, 1],
        "a missing value sorts first"
    );
    assert_eq!(times(&events.sort_in_memory(Event::URGENT.desc()).all(&db).await.unwrap()), [4, 5, 1, 2, 3]);
    let scanned = Event::objects().scan().reverse().sort_in_memory(Event::AT.desc());
    assert_eq!(times(&scanned.all(&db).await.unwrap()), [5, 4, 3, 2, 1], "also where the service has no order");
}

#[tokio::test]
async fn a_limit_keeps_the_first_items_of_the_new_order() {
    let db = events().await;
    let events = Event::objects().set_hash_key("a");
    for limit in 0..7 {
        for order in [Event::LEVEL.asc(), Event::LEVEL.desc(), Event::SIZE.asc(), Event::SIZE.desc()] {
            let all = times(&events.sort_in_memory(order.clone()).all(&db).await.unwrap());
            let sorted = events.set_limit(limit).sort_in_memory(order);
            assert_eq!(times(&sorted.all(&db).await.unwrap()), all[..limit.min(5)]);
            let first = sorted.first(&db).await.unwrap().map(|event| event.at);
            let last = sorted.last(&db).await.unwrap().map(|event| event.at);
            let expected = |at: Option<&i64>| at.copied().filter(|_| limit > 0);
            assert_eq!((first, last), (expected(all.first()), expected(all.last())));
        }
    }
}

#[test]
fn pages_are_refused_and_the_sort_is_explained() {
    let events = Event::objects().set_hash_key("a").filter(Event::URGENT.eq(true)).set_limit(3);
    let sorted = events.sort_in_memory(Event::LEVEL.desc());
    assert_eq!(
        sorted.explain().unwrap().to_string(),
        "Sort in memory by level, descending; keeps: the first 3\n  \
         Query events; key condition: device = \"a\"; filter: urgent = true; ascending\n\
         one request per page, each 0.5 read units per 4 KB read, at most 178; index: table (no index was given)\n\
         warning: items that do not match are read and consume read units, too; an index whose key the lookups name reads less\n\
         warning: everything that matches is read before the first result is known"
    );
    let last = sorted.explain_for(Terminal::Last).unwrap().plan.to_string();
    assert!(last.starts_with("Sort in memory by level, descending; keeps: the last 1\n"), "{last}");
    let token = LastEvaluatedKey::from(Event::new("a", 1).key().unwrap());
    let error = events.set_last_evaluated_key(token).sort_in_memory(Event::LEVEL).explain().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot combine sort_in_memory with set_last_evaluated_key on Event: everything is read before the first item is known, \
         so that there are no pages; use set_limit to keep the first items, or order_by with an index that has this range key"
    );
    let error = Event::objects().sort_in_memory(Event::LEVEL).explain().unwrap_err();
    assert!(error.to_string().contains("no hash key"), "sorting does not scan by itself: {error}");
}
