//! Ends of pages and continuation after them.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Comparator, Condition, KeyCondition, ProjectionExpression, RangeCondition};
use djamodb_core::plan::{Query, Scan, Segment, Select};
use djamodb_core::value::{AttributeValue, Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{
    INDEXES, all_pages, get, indexed, item, key, numbers, partition, path, put, scan, validation_message, weather,
};

/// Returns a driver with 25 items of a little over 100 KB, of which eleven reach 1 MB.
async fn large() -> MemoryDriver {
    let driver = weather().await;
    for at in 0..25 {
        put(&driver, item("a", at, "k", at % 5).with("note", "x".repeat(102_400))).await;
    }
    driver
}

/// Returns a driver with 25 small items.
async fn small() -> MemoryDriver {
    let driver = weather().await;
    for at in 0..25 {
        put(&driver, item("a", at, "k", at % 5)).await;
    }
    driver
}

#[tokio::test]
async fn a_page_ends_at_1_mb() {
    let driver = large().await;
    for forward in [true, false] {
        let (items, pages) = all_pages(&driver, Query { forward, ..partition("a") }).await;
        assert_eq!(pages, [11, 11, 3]);
        let expected: Vec<i64> = if forward { (0..25).collect() } else { (0..25).rev().collect() };
        assert_eq!(numbers(&items, "at"), expected);

        for index in ["global_all", "global_note"] {
            let (items, pages) = all_pages(&driver, Query { forward, ..indexed(index, "k") }).await;
            assert_eq!((pages.as_slice(), items.len()), ([11, 11, 3].as_slice(), 25), "{index}");
        }
        // The size of the index entries counts.
        for (index, hash) in [("global_keys", "k"), ("local_keys", "a")] {
            let (_, pages) = all_pages(&driver, Query { forward, ..indexed(index, hash) }).await;
            assert_eq!(pages, [25], "{index}");
        }
    }
    assert_eq!(scan(&driver, None).await.len(), 25);
}

#[tokio::test]
async fn a_page_ends_at_1_mb_before_the_filter() {
    let driver = large().await;
    let filter = Some(Condition::compare(path("note"), Comparator::Eq, "none has this"));
    let page = driver.run(Query { filter: filter.clone(), ..partition("a") }).await.unwrap();
    assert_eq!((page.count, page.scanned_count, page.items.len()), (0, 11, 0));
    assert_eq!(page.last_evaluated_key, Some(key("a", 10)));
    let page = driver.run(Scan { filter, ..Scan::new("weather") }).await.unwrap();
    assert_eq!((page.count, page.scanned_count), (0, 11));
}

#[tokio::test]
async fn a_full_page_at_the_end_has_no_last_evaluated_key() {
    let driver = weather().await;
    for at in 0..11 {
        put(&driver, key("a", at).with("note", "x".repeat(102_400))).await;
    }
    let page = driver.run(partition("a")).await.unwrap();
    assert_eq!((page.count, page.last_evaluated_key), (11, None));
    // A page that reaches its limit has one even at the end.
    let page = driver.run(Query { limit: Some(11), ..partition("a") }).await.unwrap();
    assert_eq!((page.count, page.last_evaluated_key.clone()), (11, Some(key("a", 10))));
    let page = driver.run(Query { exclusive_start_key: page.last_evaluated_key, ..partition("a") }).await.unwrap();
    assert_eq!((page.count, page.last_evaluated_key), (0, None));
    let page = driver.run(Query { limit: Some(12), ..partition("a") }).await.unwrap();
    assert_eq!(page.last_evaluated_key, None);
}

#[tokio::test]
async fn a_limit_counts_items_before_the_filter() {
    let driver = small().await;
    let even = Some(Condition::In(path("note").into(), vec!["none".into()]));
    let page = driver.run(Query { filter: even, limit: Some(4), ..partition("a") }).await.unwrap();
    assert_eq!((page.count, page.scanned_count), (0, 4));
    assert_eq!(page.last_evaluated_key, Some(key("a", 3)));
}

#[tokio::test]
async fn a_count_reads_the_same_page_without_items() {
    let driver = large().await;
    let page = driver.run(Query { select: Some(Select::Count), ..partition("a") }).await.unwrap();
    assert_eq!((page.count, page.scanned_count, page.items.len()), (11, 11, 0));
    let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("at")])));
    let page = driver.run(Query { select, ..partition("a") }).await.unwrap();
    assert_eq!((page.items[0].clone(), page.items.len()), (Item::new().with("at", 0), 11));
}

#[tokio::test]
async fn small_pages_neither_repeat_nor_skip_items() {
    let driver = small().await;
    let queries = INDEXES.map(|index| indexed(index, if index == "local_keys" { "a" } else { "k" }));
    for query in queries.into_iter().chain([partition("a")]) {
        let (forwards, _) = all_pages(&driver, query.clone()).await;
        assert_eq!(forwards.len(), 25);
        for limit in [1, 2, 7, 25, 26] {
            let (pages, _) = all_pages(&driver, Query { limit: Some(limit), ..query.clone() }).await;
            assert_eq!(pages, forwards, "{:?} by {limit}", query.index);
            let backwards = Query { limit: Some(limit), forward: false, ..query.clone() };
            let (mut pages, _) = all_pages(&driver, backwards).await;
            pages.reverse();
            assert_eq!(pages, forwards, "{:?} by {limit}, backwards", query.index);
        }
    }
}

#[tokio::test]
async fn reading_continues_after_a_start_key_that_was_deleted() {
    let driver = small().await;
    let after = |start: Item, forward| Query { exclusive_start_key: Some(start), forward, ..partition("a") };
    for (forward, expected) in [(true, 11), (false, 10)] {
        let start = Item::new().with("id", "a").with("at", AttributeValue::N("10.5".parse().unwrap()));
        let page = driver.run(after(start, forward)).await.unwrap();
        assert_eq!(numbers(&page.items, "at").first(), Some(&expected));
    }
    // An index start key has a position even if neither the entry nor the item exists.
    let start = item("none", 99, "k", 2);
    let page = driver.run(Query { exclusive_start_key: Some(start), ..indexed("global_all", "k") }).await.unwrap();
    assert!(numbers(&page.items, "heat").iter().all(|heat| *heat >= 2));
    assert!((10..=15).contains(&page.count), "{}", page.count);
}

#[tokio::test]
async fn a_start_key_at_the_edge_stays_within_the_range() {
    let driver = small().await;
    let condition = KeyCondition::hash("id", "a").range("at", RangeCondition::Between(5.into(), 10.into()));
    let query = Query::new("weather", condition);
    let starting = |start, forward| Query { exclusive_start_key: Some(key("a", start)), forward, ..query.clone() };
    for (forward, next_to_last, last) in [(true, 9, 10), (false, 6, 5)] {
        assert_eq!(numbers(&driver.run(starting(next_to_last, forward)).await.unwrap().items, "at"), [i64::from(last)]);
        assert_eq!(
            validation_message(&driver, starting(last, forward)).await,
            "The provided starting key does not match the range key predicate"
        );
    }
}

#[tokio::test]
async fn segments_cover_every_item_once() {
    let driver = weather().await;
    for id in 0..200 {
        put(&driver, item(&format!("id-{id}"), id, &format!("kind-{}", id % 7), 1)).await;
    }
    for index in [None, Some(Name::from_static("global_all"))] {
        for total_segments in [1, 3, 16, 50] {
            let mut seen = Vec::new();
            for segment in 0..total_segments {
                let segment = Some(Segment { segment, total_segments });
                let mut scan = Scan { index: index.clone(), segment, limit: Some(9), ..Scan::new("weather") };
                loop {
                    let page = driver.run(scan.clone()).await.unwrap();
                    seen.extend(numbers(&page.items, "at"));
                    match page.last_evaluated_key {
                        Some(_) => scan.exclusive_start_key = page.last_evaluated_key,
                        None => break,
                    }
                }
            }
            seen.sort_unstable();
            assert_eq!(seen, (0..200).collect::<Vec<_>>(), "{index:?} in {total_segments}");
        }
    }
    assert!(get(&driver, key("id-7", 7)).await.is_some());
}
