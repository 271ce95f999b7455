//! Terminal methods that take keys.

use djamodb::Error;
use djamodb::planner::PlanError;
use djamodb::prelude::*;

use crate::models::{Event, database, database_with};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "names")]
struct Named {
    #[model(hash_key)]
    name: String,
    number: u32,
}

#[tokio::test]
async fn a_request_reads_at_most_a_hundred_keys() {
    let db = database_with("a", 230).await;
    let keys: Vec<(&str, i64)> = (0..250).map(|number| ("a", number * 10)).collect();
    let found = Event::objects().in_bulk(keys.clone(), &db).await.unwrap();
    assert_eq!(found.len(), 230, "a missing item is not in the map");
    assert!(found.iter().all(|(key, event)| (key.0, key.1) == (event.device.as_str(), event.at)));
    let explain = Event::objects().explain_in_bulk(keys).unwrap();
    assert_eq!(
        explain.to_string().lines().last(),
        Some("up to 3 requests, each about 50 read units, at most 5000; index: table (keys are read from the table)")
    );
}

#[tokio::test]
async fn keys_of_one_attribute_are_plain_values_and_may_repeat() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Named>().await.unwrap();
    for number in 0..3 {
        Named { name: format!("n{number}"), number }.save(&db).await.unwrap();
    }
    let found = Named::objects().in_bulk(["n2", "n0", "n2", "", "absent"], &db).await.unwrap();
    assert_eq!((found.len(), found["n2"].number, found["n0"].number), (2, 2, 0));
    let owned = Named::objects().in_bulk(vec!["n1".to_owned()], &db).await.unwrap();
    assert_eq!(owned["n1"].number, 1);
    assert!(Named::objects().in_bulk(Vec::<String>::new(), &db).await.unwrap().is_empty());
}

#[tokio::test]
async fn in_bulk_returns_only_items_that_match_the_queryset() {
    let db = database_with("a", 6).await;
    Event::new("b", 0).save(&db).await.unwrap();
    let keys = [("a", 0), ("a", 10), ("a", 20), ("b", 0)];
    let found = async |queryset: QuerySet<Event>| {
        let mut keys: Vec<_> = queryset.in_bulk(keys, &db).await.unwrap().into_keys().collect();
        keys.sort_unstable();
        keys
    };
    let all = Event::objects();
    assert_eq!(found(all.filter(Event::URGENT.eq(true))).await, [("a", 0), ("a", 20)]);
    assert_eq!(found(all.filter(Event::AT.gt(5))).await, [("a", 10), ("a", 20)]);
    assert_eq!(found(all.set_hash_key("b")).await, [("b", 0)]);
    assert_eq!(found(all.none()).await, []);
    let kinds = Event::kinds().in_bulk(keys, &db).await.unwrap();
    assert_eq!(kinds.len(), 3, "an event without a kind is not in the index");
    let doors = Event::kinds().set_hash_key("door").in_bulk(keys, &db).await.unwrap();
    assert_eq!(doors.into_keys().collect::<Vec<_>>(), [("a", 0)]);
}

#[tokio::test]
async fn in_bulk_refuses_a_limit_and_a_page_token() {
    let db = database().await;
    for queryset in [
        Event::objects().set_limit(1),
        Event::objects().set_last_evaluated_key(LastEvaluatedKey::from(Event::new("a", 1).key().unwrap())),
    ] {
        let error = queryset.in_bulk([("a", 1)], &db).await.unwrap_err();
        assert!(matches!(error, Error::Plan(PlanError::KeysWithLimit { method: "in_bulk", .. })), "{error}");
        let error = queryset.contains(&Event::new("a", 1), &db).await.unwrap_err();
        assert!(error.to_string().starts_with("cannot call contains on Event with a limit"), "{error}");
    }
}

#[tokio::test]
async fn contains_is_true_for_matching_items() {
    let db = database_with("a", 4).await;
    let (door, window, missing) = (Event::new("a", 0), Event::new("a", 10), Event::new("a", 5));
    let contains = async |queryset: QuerySet<Event>| {
        let mut held = Vec::new();
        for event in [&door, &window, &missing] {
            held.push(queryset.contains(event, &db).await.unwrap());
        }
        held
    };
    let all = Event::objects();
    assert_eq!(contains(all.queryset()).await, [true, true, false]);
    assert_eq!(contains(all.filter(Event::KIND.eq("door"))).await, [true, false, false]);
    assert_eq!(contains(all.filter(Event::AT.gte(5))).await, [false, true, false]);
    assert_eq!(contains(all.set_hash_key("b")).await, [false, false, false]);
    assert_eq!(contains(all.none()).await, [false, false, false]);
    let doors = Event::kinds().set_hash_key("door");
    assert!(doors.contains(&door, &db).await.unwrap() && !doors.contains(&window, &db).await.unwrap());
}
