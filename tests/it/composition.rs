//! Options on options: sorted writes, nested unions, aggregates of sorted reads, and terminal methods that an option lacks.

use std::sync::Arc;

use djamodb::driver::Clock as _;
use djamodb::planner::{Explain, PlanError};
use djamodb::prelude::*;
use djamodb::{Error, MemoryDriver, VirtualClock, assert_requests};

use crate::models::{Event, database_with, times};

/// Six events at 0, 10, …, 50, with the levels 0 to 5; those at 0 and 30 are of the kind `door`, the others `window`.
async fn events() -> Database {
    database_with("a", 6).await
}

fn device() -> QuerySet<Event> {
    Event::objects().set_hash_key("a")
}

fn early() -> QuerySet<Event> {
    device().filter(Event::AT.lte(20))
}

fn late() -> QuerySet<Event> {
    device().filter(Event::AT.gte(20))
}

#[tokio::test]
async fn deletes_the_first_items_of_a_sorted_read() {
    let db = events().await;
    let highest = device().sort_in_memory(Event::LEVEL.desc()).set_limit(2);
    assert_eq!(highest.delete(&db).await.unwrap(), 2);
    assert_eq!(times(&device().all(&db).await.unwrap()), [0, 10, 20, 30]);
    assert_eq!(highest.delete_checked(&db).await.unwrap(), 2);
    assert_eq!(times(&device().all(&db).await.unwrap()), [0, 10]);
}

#[tokio::test]
async fn updates_the_first_items_of_a_sorted_read() {
    let db = events().await;
    let highest = device().sort_in_memory(Event::LEVEL).reverse().set_limit(2);
    assert_eq!(highest.update(Event::NOTE.set("high"), &db).await.unwrap(), 2);
    assert_eq!(device().filter(Event::NOTE.eq("high")).values(Event::AT).all(&db).await.unwrap(), [40, 50]);
    let plan = highest.explain_update(Event::NOTE.set("high")).unwrap().plan.to_string();
    assert_eq!(
        plan,
        "UpdateItem events; key: of each item; update: SET note = \"high\"; condition: attribute_exists(device)\n  \
         Sort in memory by level, descending; keeps: the first 2\n    \
         Query events; key condition: device = \"a\"; projection: device, at, level; ascending\n"
    );
}

#[tokio::test]
async fn writes_of_a_sorted_read_without_a_limit_do_not_sort() {
    let db = events().await;
    let all = device().sort_in_memory(Event::LEVEL.desc());
    let plan = all.explain_for(Terminal::Delete).unwrap().plan.to_string();
    assert!(!plan.contains("Sort"), "{plan}");
    assert_eq!(all.delete(&db).await.unwrap(), 6);
}

#[tokio::test]
async fn parallel_scans_write_and_aggregate() {
    let db = events().await;
    let all = Event::objects().parallel_scan(4);
    assert_eq!(all.aggregate((Event::LEVEL.max(), count()), &db).await.unwrap(), (Some(5.0), 6));
    assert_eq!(all.filter(Event::AT.lt(30)).update(Event::NOTE.set("x"), &db).await.unwrap(), 3);
    assert_eq!(all.filter(Event::NOTE.eq("x")).delete(&db).await.unwrap(), 3);
    assert_eq!(all.set_limit(2).count(&db).await.unwrap(), 2);
    assert_eq!(all.delete_checked(&db).await.unwrap(), 3);
    assert!(!all.exists(&db).await.unwrap());
    assert!(all.first(&db).await.unwrap().is_none());
}

#[tokio::test]
async fn the_limit_of_a_parallel_scan_is_that_of_the_whole() {
    let db = events().await;
    let two = Event::objects().parallel_scan(3).set_limit(2);
    assert_eq!(two.all(&db).await.unwrap().len(), 2);
    assert_eq!(two.stream(&db).try_collect::<Vec<_>>().await.unwrap().len(), 2);
    assert_eq!(two.aggregate(count(), &db).await.unwrap(), 2);
}

#[tokio::test]
async fn aggregates_of_a_sorted_read_take_its_first_items() {
    let db = events().await;
    let highest = device().sort_in_memory(Event::LEVEL.desc()).set_limit(2);
    assert_eq!(highest.aggregate((Event::AT.min(), count()), &db).await.unwrap(), (Some(40), 2));
}

#[tokio::test]
async fn get_of_a_sorted_read_reads_no_more_than_it_needs() {
    let db = events().await;
    let sorted = device().sort_in_memory(Event::LEVEL.desc());
    assert_eq!(sorted.set_limit(1).get(&db).await.unwrap().at, 50, "the first in the sorted order");
    assert!(sorted.get(&db).await.unwrap_err().is_multiple_objects_returned());
    let plan = sorted.explain_for(Terminal::Get).unwrap().plan.to_string();
    assert!(plan.starts_with("Limit 2, pushed down\n"), "{plan}");
}

#[tokio::test]
async fn sorts_by_an_attribute_that_is_not_among_the_values() {
    let db = events().await;
    let union = early().reverse().union(&late());
    assert_eq!(union.values(Event::AT).sort_in_memory(Event::LEVEL).all(&db).await.unwrap(), [0, 10, 20, 30, 40, 50]);
    let rows = early().reverse().values(Event::AT).union(&late().values(Event::AT));
    assert_eq!(rows.sort_in_memory(Event::LEVEL.desc()).all(&db).await.unwrap(), [50, 40, 30, 20, 10, 0]);
    assert_eq!(rows.sort_in_memory(Event::LEVEL).last(&db).await.unwrap(), Some(50));
}

#[tokio::test]
async fn reversing_a_sorted_read_reverses_equal_values_too() {
    let db = events().await;
    let sorted = device().sort_in_memory(Event::URGENT).values(Event::AT);
    let mut all = sorted.all(&db).await.unwrap();
    assert_eq!(all, [10, 30, 50, 0, 20, 40]);
    assert_eq!(sorted.reverse().first(&db).await.unwrap(), sorted.last(&db).await.unwrap());
    all.reverse();
    assert_eq!(sorted.reverse().all(&db).await.unwrap(), all);
    assert_eq!(sorted.reverse().set_limit(4).all(&db).await.unwrap(), all[..4]);
}

#[tokio::test]
async fn the_order_that_is_set_last_counts() {
    let db = events().await;
    let sorted = device().sort_in_memory(Event::LEVEL.desc());
    assert_eq!(times(&sorted.order_by(Event::AT).all(&db).await.unwrap()), [0, 10, 20, 30, 40, 50]);
    assert_eq!(sorted.earliest(Event::AT, &db).await.unwrap().at, 0);
    assert_eq!(
        times(&device().order_by(Event::AT).sort_in_memory(Event::LEVEL.desc()).all(&db).await.unwrap()).len(),
        6
    );
}

#[tokio::test]
async fn a_union_in_a_union_keeps_its_limit_and_order() {
    let db = events().await;
    let first = early().union(&late()).set_limit(2);
    assert_eq!(times(&first.union(&late()).all(&db).await.unwrap()), [0, 10, 20, 30, 40, 50]);
    assert_eq!(first.union(&late()).count(&db).await.unwrap(), 6);
    let highest = early().union(&late()).sort_in_memory(Event::LEVEL.desc()).set_limit(2);
    assert_eq!(times(&early().union(&highest).all(&db).await.unwrap()), [0, 10, 20, 50, 40]);
    assert!(first.union(&late()).exists(&db).await.unwrap());
    let plan = early().union(&late()).union(&early()).explain().unwrap().plan.to_string();
    assert_eq!(plan.matches("Union").count(), 1, "a union on which nothing is set is not nested: {plan}");
}

#[tokio::test]
async fn a_filter_of_a_union_applies_to_each_queryset() {
    let db = events().await;
    let both = early().union(&late());
    assert_eq!(times(&both.filter(Event::URGENT.eq(true)).all(&db).await.unwrap()), [0, 20, 40]);
    assert_eq!(times(&both.filter(Event::URGENT.eq(true)).set_limit(2).all(&db).await.unwrap()), [0, 20]);
    assert!(both.none().all(&db).await.unwrap().is_empty());
    let first = early().set_limit(1).union(&late());
    let error = first.filter(Event::URGENT.eq(true)).explain().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot combine filter with union of a queryset with a limit or page token on Event: the filter would apply before the \
         limit of that queryset; filter the querysets before union()"
    );
}

#[tokio::test]
async fn get_and_aggregate_of_a_union_see_each_item_once() {
    let db = events().await;
    let both = early().union(&late());
    assert_eq!(both.aggregate((Event::LEVEL.sum(), count()), &db).await.unwrap().1, 6);
    let twice = device().filter(Event::AT.eq(20)).union(&early().filter(Event::LEVEL.eq(2)));
    assert_eq!(twice.get(&db).await.unwrap().at, 20);
    assert!(both.get(&db).await.unwrap_err().is_multiple_objects_returned());
    assert!(both.none().get(&db).await.unwrap_err().is_object_does_not_exist());
}

#[tokio::test]
async fn rows_are_found_by_key_and_by_their_order() {
    let db = events().await;
    let found = device().values(Event::LEVEL).in_bulk([("a", 10), ("a", 40), ("a", 41)], &db).await.unwrap();
    assert_eq!((found.len(), found[&("a", 40)]), (2, 4.0));
    let latest = device().values(Event::LEVEL).latest(Event::AT, &db).await.unwrap();
    assert!(latest.total_cmp(&5.0).is_eq(), "{latest}");
}

/// The two options of a refusal.
fn refused<T: std::fmt::Debug>(result: Result<T, impl Into<Error>>) -> (&'static str, &'static str) {
    match result.map_err(Into::into) {
        Err(Error::Plan(PlanError::Combination { first, second, .. })) => (first, second),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_union_refuses_pages_writes_and_keys() {
    let (db, ledger) = events().await.with_ledger();
    let union = early().union(&late());
    let token = LastEvaluatedKey::from(Event::new("a", 1).key().unwrap());
    assert_eq!(refused(union.page(&db).await), ("union", "page"));
    assert_eq!(refused(union.last_evaluated_key(&db).await), ("union", "last_evaluated_key"));
    assert_eq!(refused(union.set_last_evaluated_key(token).all(&db).await), ("union", "set_last_evaluated_key"));
    assert_eq!(refused(union.last(&db).await), ("union", "last"));
    assert_eq!(refused(union.delete(&db).await), ("union", "delete"));
    assert_eq!(refused(union.delete_checked(&db).await), ("union", "delete_checked"));
    assert_eq!(refused(union.update(Event::NOTE.set("x"), &db).await), ("union", "update"));
    assert_eq!(refused(union.in_bulk([("a", 1)], &db).await), ("union", "in_bulk"));
    assert_eq!(refused(union.contains(&Event::new("a", 1), &db).await), ("union", "contains"));
    assert_eq!(refused(union.earliest(Event::AT, &db).await), ("union", "earliest"));
    assert_eq!(refused(union.latest(Event::AT, &db).await), ("union", "latest"));
    assert_eq!(refused(union.order_by(Event::AT).all(&db).await), ("union", "order_by"));
    assert_eq!(refused(union.set_hash_key("a").all(&db).await), ("union", "set_hash_key"));
    assert_eq!(refused(union.set_index(Event::BY_SIZE).all(&db).await), ("union", "set_index"));
    let segment = Event::objects().union(&late()).parallel_scan(2).segments().next().unwrap();
    assert_eq!(refused(segment.all(&db).await), ("union", "segments"));
    let rows = early().values(Event::KIND).union(&late().values(Event::OWNER));
    assert_eq!(refused(rows.all(&db).await), ("values", "union of querysets with other values"));
    assert_requests!(ledger == 0);
}

#[tokio::test]
async fn sorted_reads_and_parallel_scans_refuse_pages() {
    let (db, ledger) = events().await.with_ledger();
    let token = LastEvaluatedKey::from(Event::new("a", 1).key().unwrap());
    let sorted = device().sort_in_memory(Event::LEVEL);
    assert_eq!(refused(sorted.page(&db).await), ("sort_in_memory", "page"));
    assert_eq!(refused(sorted.last_evaluated_key(&db).await), ("sort_in_memory", "last_evaluated_key"));
    let scan = Event::objects().parallel_scan(2);
    assert_eq!(refused(scan.page(&db).await), ("parallel_scan", "page"));
    assert_eq!(refused(scan.last_evaluated_key(&db).await), ("parallel_scan", "last_evaluated_key"));
    assert_eq!(
        refused(scan.set_last_evaluated_key(token.clone()).all(&db).await),
        ("parallel_scan", "set_last_evaluated_key")
    );
    let segment = scan.segments().next().unwrap();
    assert_eq!(refused(segment.parallel_scan(2).all(&db).await), ("segments", "parallel_scan"));
    assert_eq!(refused(segment.in_bulk([("a", 1)], &db).await), ("segments", "in_bulk"));
    assert_eq!(
        refused(device().set_last_evaluated_key(token).cursor().page(&db).await),
        ("set_last_evaluated_key", "cursor")
    );
    assert_eq!(refused::<Explain>(device().values(Event::AT).explain_for(Terminal::Delete)), ("values", "delete"));
    for total_segments in [0, 1_000_001] {
        let error = Event::objects().parallel_scan(total_segments).count(&db).await.unwrap_err();
        assert!(matches!(error, Error::Plan(PlanError::TotalSegments { .. })), "{error}");
    }
    let error = Event::objects().scan().order_by(Event::AT).all(&db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::ScanHasNoOrder { .. })), "{error}");
    assert_requests!(ledger == 0);
}

#[tokio::test]
async fn unions_and_parallel_scans_keep_to_one_rate() {
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(Arc::new(clock.clone())));
    db.create_table::<Event>().await.unwrap();
    for at in 0..20 {
        Event { tags: ["x".repeat(4000)].into(), ..Event::new("a", at) }.save(&db).await.unwrap();
    }
    // Two reads of twenty items of 4 KB: 10 units each. The units of the first second are free, and the last read is not waited for.
    let begun = clock.now();
    let union = device().union(&device().reverse()).rate_limit(2.0);
    assert_eq!(union.all(&db).await.unwrap().len(), 20);
    assert_eq!((clock.now() - begun).num_milliseconds(), 4000);
    assert!(union.explain().unwrap().plan.to_string().starts_with("Rate limit: "));
    let begun = clock.now();
    let scan = Event::objects().parallel_scan(4).rate_limit(2.0);
    for _ in 0..2 {
        assert_eq!(scan.all(&db).await.unwrap().len(), 20);
    }
    assert!((clock.now() - begun).num_milliseconds() >= 4000, "both scans share the rate");
}
