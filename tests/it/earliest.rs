//! `earliest` and `latest`, by the range key.

use djamodb::prelude::*;

use crate::models::{Event, database};

async fn events() -> Database {
    let db = database().await;
    for (device, at, size) in [("a", 3, 1), ("a", 7, 2), ("b", 1, 9), ("b", 5, 8), ("c", 2, 7)] {
        let mut event = Event::new(device, at);
        event.size = Some(size);
        event.urgent = at != 1;
        event.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn earliest_and_latest_return_the_ends_of_a_partition() {
    let db = events().await;
    let events = Event::objects().set_hash_key("a");
    assert_eq!(events.earliest(Event::AT, &db).await.unwrap().at, 3);
    assert_eq!(events.latest(Event::AT, &db).await.unwrap().at, 7);
    assert_eq!(events.set_limit(1).latest(Event::AT, &db).await.unwrap().at, 7, "a limit does not change it");
    assert_eq!(events.reverse().earliest(Event::AT, &db).await.unwrap().at, 3);
    let by_size = Event::objects().set_hash_key("b").set_index(Event::BY_SIZE);
    assert_eq!(by_size.earliest(Event::SIZE, &db).await.unwrap().at, 5);
}

#[tokio::test]
async fn earliest_compares_the_partitions() {
    let db = events().await;
    let events = Event::objects().filter(Event::DEVICE.is_in(["a", "b", "c", "absent"]));
    assert_eq!(events.earliest(Event::AT, &db).await.unwrap().at, 1);
    assert_eq!(events.latest(Event::AT, &db).await.unwrap().at, 7);
    let urgent = events.filter(Event::URGENT.eq(true));
    assert_eq!(urgent.earliest(Event::AT, &db).await.unwrap().at, 2);
    let two_parts = events.filter(Event::AT.ne(7));
    assert_eq!(two_parts.latest(Event::AT, &db).await.unwrap().at, 5);
    let by_key = events.filter(Event::AT.is_in([2, 3, 5]));
    assert_eq!(by_key.earliest(Event::AT, &db).await.unwrap().at, 2);
    assert_eq!(by_key.latest(Event::AT, &db).await.unwrap().at, 5);
}

#[tokio::test]
async fn earliest_of_no_items_or_without_an_order_is_an_error() {
    let db = events().await;
    let error = Event::objects().set_hash_key("absent").earliest(Event::AT, &db).await.unwrap_err();
    assert!(error.is_object_does_not_exist() && error.to_string().contains("absent"), "{error}");
    assert!(
        Event::objects().set_hash_key("a").none().latest(Event::AT, &db).await.unwrap_err().is_object_does_not_exist()
    );
    let error = Event::objects().set_hash_key("a").latest(Event::LEVEL, &db).await.unwrap_err();
    assert!(error.to_string().contains("it is ordered by `at`"), "{error}");
    let error = Event::objects().scan().earliest(Event::AT, &db).await.unwrap_err();
    assert!(error.to_string().contains("has no order"), "{error}");
}
