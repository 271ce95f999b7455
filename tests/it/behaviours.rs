//! Behaviours that pydjamodb promises for its querysets, one test each.

use djamodb::{Error, planner::PlanError};

use crate::models::{Event, database_with, times};

#[tokio::test]
async fn first_returns_the_least_range_key() {
    let db = database_with("a", 5).await;
    let first = Event::objects().set_hash_key("a").first(&db).await.unwrap().unwrap();
    assert_eq!(first.at, 0);
    assert_eq!(Event::objects().set_hash_key("b").first(&db).await.unwrap(), None);
}

#[tokio::test]
async fn last_returns_the_greatest_range_key() {
    let db = database_with("a", 5).await;
    let last = Event::objects().set_hash_key("a").last(&db).await.unwrap().unwrap();
    assert_eq!(last.at, 40);
    assert_eq!(Event::objects().set_hash_key("b").last(&db).await.unwrap(), None);
}

#[tokio::test]
async fn first_of_an_index_returns_the_least_range_key_of_the_index() {
    let db = database_with("a", 6).await;
    assert_eq!(Event::kinds().set_hash_key("window").first(&db).await.unwrap().unwrap().at, 10);
    let given = Event::objects().set_index(Event::BY_KIND).set_hash_key("door");
    assert_eq!(given.first(&db).await.unwrap().unwrap().at, 0);
}

#[tokio::test]
async fn last_of_an_index_returns_the_greatest_range_key_of_the_index() {
    let db = database_with("a", 6).await;
    assert_eq!(Event::kinds().set_hash_key("window").last(&db).await.unwrap().unwrap().at, 50);
    let given = Event::objects().set_index(Event::BY_KIND).set_hash_key("door");
    assert_eq!(given.last(&db).await.unwrap().unwrap().at, 30);
}

#[tokio::test]
async fn scan_index_forward_reverses_the_order_and_last_reverses_it_again() {
    let db = database_with("a", 4).await;
    let backwards = Event::objects().set_hash_key("a").set_scan_index_forward(false);
    assert_eq!(times(&backwards.all(&db).await.unwrap()), [30, 20, 10, 0]);
    assert_eq!(backwards.first(&db).await.unwrap().unwrap().at, 30);
    assert_eq!(backwards.last(&db).await.unwrap().unwrap().at, 0);
    let forwards = backwards.set_scan_index_forward(true);
    assert_eq!(times(&forwards.all(&db).await.unwrap()), [0, 10, 20, 30]);
}

#[tokio::test]
async fn count_counts_matching_items_up_to_the_limit() {
    let db = database_with("a", 9).await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.count(&db).await.unwrap(), 9);
    assert_eq!(events.set_limit(4).count(&db).await.unwrap(), 4);
    let doors = events.filter(Event::KIND.eq("door"));
    assert_eq!(doors.count(&db).await.unwrap(), 3);
    assert_eq!(doors.set_limit(2).count(&db).await.unwrap(), 2);
    assert_eq!(doors.set_limit(7).count(&db).await.unwrap(), 3);
    assert_eq!(Event::objects().set_hash_key("b").count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn none_is_empty_without_a_request() {
    // The table does not exist, so that a request would fail.
    let db = djamodb::connect("memory://").await.unwrap();
    let none = Event::objects().set_hash_key("a").none();
    assert_eq!(none.all(&db).await.unwrap(), []);
    assert_eq!(none.first(&db).await.unwrap(), None);
    assert_eq!(none.last(&db).await.unwrap(), None);
    assert_eq!(none.count(&db).await.unwrap(), 0);
    assert!(!none.exists(&db).await.unwrap());
    assert_eq!(none.delete(&db).await.unwrap(), 0);
    assert!(none.get(&db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!(none.page(&db).await.unwrap().last_evaluated_key, None);
}

#[tokio::test]
async fn limited_pages_continue_each_other() {
    let db = database_with("a", 7).await;
    let three = Event::objects().set_hash_key("a").set_limit(3);
    let first = three.page(&db).await.unwrap();
    assert_eq!(times(&first.items), [0, 10, 20]);
    let second = three.set_last_evaluated_key(first.last_evaluated_key).page(&db).await.unwrap();
    assert_eq!(times(&second.items), [30, 40, 50]);
    let third = three.set_last_evaluated_key(second.last_evaluated_key).page(&db).await.unwrap();
    assert_eq!(times(&third.items), [60]);
    assert_eq!(third.last_evaluated_key, None);
}

#[tokio::test]
async fn a_missing_hash_key_is_an_error_before_any_request() {
    // The table does not exist, so that a request would fail.
    let db = djamodb::connect("memory://").await.unwrap();
    let error = Event::objects().all(&db).await.unwrap_err();
    assert!(matches!(&error, Error::Plan(PlanError::WouldScan { model: "Event", .. })), "{error:?}");
    assert!(error.to_string().contains("`device`"), "{error}");
    let error = Event::kinds().filter(Event::LEVEL.gt(1)).count(&db).await.unwrap_err();
    assert!(error.to_string().contains("by_kind") && error.to_string().contains("`kind`"), "{error}");
}

#[tokio::test]
async fn filters_compare_values() {
    let db = database_with("a", 5).await;
    let events = Event::objects().set_hash_key("a");
    for (lookups, expected) in [
        (Event::AT.eq(20), vec![20]),
        (Event::AT.between(10, 30), vec![10, 20, 30]),
        (Event::AT.between(30, 10), vec![]),
        (Event::AT.gt(20), vec![30, 40]),
        (Event::AT.lte(10), vec![0, 10]),
        (Event::LEVEL.eq(2), vec![20]),
        (Event::LEVEL.between(1, 3.5), vec![10, 20, 30]),
        (Event::LEVEL.between(3, 1), vec![]),
        (Event::LEVEL.gt(2), vec![30, 40]),
        (Event::LEVEL.lte(1), vec![0, 10]),
    ] {
        let found = events.filter(lookups.clone()).all(&db).await.unwrap();
        assert_eq!(times(&found), expected, "{lookups:?}");
    }
}

#[tokio::test]
async fn exists_is_true_if_an_item_matches() {
    let db = database_with("a", 5).await;
    let events = Event::objects().set_hash_key("a");
    assert!(events.exists(&db).await.unwrap());
    assert!(events.filter(Event::LEVEL.eq(4)).exists(&db).await.unwrap());
    assert!(!events.filter(Event::LEVEL.eq(5)).exists(&db).await.unwrap());
    assert!(!Event::objects().set_hash_key("b").exists(&db).await.unwrap());
}

#[tokio::test]
async fn get_returns_the_only_item_or_an_error() {
    let db = database_with("a", 5).await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.filter(Event::AT.eq(30)).get(&db).await.unwrap().at, 30);
    assert_eq!(events.filter(Event::LEVEL.eq(2)).get(&db).await.unwrap().at, 20);
    let missing = events.filter(Event::AT.eq(31)).get(&db).await.unwrap_err();
    assert!(matches!(missing, Error::ObjectDoesNotExist { model: "Event", .. }), "{missing}");
    let several = events.filter(Event::KIND.eq("window")).get(&db).await.unwrap_err();
    assert!(matches!(several, Error::MultipleObjectsReturned { model: "Event", .. }), "{several}");
    // The filter drops items between the two matches.
    let apart = events.filter(Event::LEVEL.is_in([0, 4])).get(&db).await.unwrap_err();
    assert!(apart.is_multiple_objects_returned(), "{apart}");
}

#[tokio::test]
async fn delete_deletes_and_counts_the_matching_items() {
    let db = database_with("a", 60).await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.filter(Event::KIND.eq("window")).delete(&db).await.unwrap(), 40);
    let left = events.all(&db).await.unwrap();
    assert_eq!(left.len(), 20);
    assert!(left.iter().all(|event| event.kind.as_deref() == Some("door")));
    assert_eq!(Event::kinds().set_hash_key("door").filter(Event::LEVEL.lt(30)).delete(&db).await.unwrap(), 10);
    assert_eq!(events.delete(&db).await.unwrap(), 10);
    assert_eq!(events.count(&db).await.unwrap(), 0);
}
