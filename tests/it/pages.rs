//! Pages: a page token continues exactly where its page ended.

use djamodb::prelude::*;
use djamodb::{Error, planner::PlanError};

use crate::models::{Event, database, database_with, times};

/// Reads a queryset page by page, with a round trip of each page token through text.
async fn walk<I: Index<Model = Event>>(queryset: &QuerySet<Event, Event, I>, db: &Database) -> Vec<Vec<i64>> {
    let mut pages = Vec::new();
    let mut token: Option<LastEvaluatedKey> = None;
    loop {
        let page = queryset.set_last_evaluated_key(token).page(db).await.unwrap();
        pages.push(times(&page.items));
        assert!(pages.len() < 1000, "the pages do not end");
        match page.last_evaluated_key {
            None => return pages,
            Some(key) => token = Some(key.to_string().parse().unwrap()),
        }
    }
}

#[tokio::test]
async fn pages_add_up_to_all_items_on_tables_and_indexes_in_both_directions() {
    let db = database_with("a", 23).await;
    for forward in [true, false] {
        for limit in [1, 2, 5, 22, 23, 24] {
            let table = Event::objects().set_hash_key("a").set_scan_index_forward(forward);
            let index = Event::kinds().set_hash_key("window").set_scan_index_forward(forward);
            let filtered = table.filter(Event::URGENT.eq(true));
            let residual = table.filter(Event::AT.gt(20) & Event::AT.lt(200));
            assert_eq!(walk(&table.set_limit(limit), &db).await.concat(), times(&table.all(&db).await.unwrap()));
            assert_eq!(walk(&index.set_limit(limit), &db).await.concat(), times(&index.all(&db).await.unwrap()));
            for queryset in [filtered, residual] {
                let pages = walk(&queryset.set_limit(limit), &db).await;
                assert_eq!(pages.concat(), times(&queryset.all(&db).await.unwrap()));
                assert!(
                    pages[..pages.len() - 1].iter().all(|page| page.len() == limit),
                    "a page is full but for the last"
                );
            }
        }
    }
}

#[tokio::test]
async fn pages_continue_across_partitions_and_range_spans() {
    let db = database_with("a", 7).await;
    for number in 0..5 {
        Event::new("b", number).save(&db).await.unwrap();
    }
    for forward in [true, false] {
        let both = Event::objects().filter(Event::DEVICE.is_in(["b", "a", "c", "b"])).set_scan_index_forward(forward);
        let all = times(&both.all(&db).await.unwrap());
        let mut expected = [0, 1, 2, 3, 4, 0, 10, 20, 30, 40, 50, 60];
        if !forward {
            expected.reverse();
        }
        assert_eq!(all, expected);
        let split = Event::objects().set_hash_key("a").filter(Event::AT.ne(30)).set_scan_index_forward(forward);
        let keys = both.filter(Event::AT.is_in([4, 0, 60, 5]));
        for limit in 1..9 {
            assert_eq!(walk(&both.set_limit(limit), &db).await.concat(), all);
            assert_eq!(walk(&split.set_limit(limit), &db).await.concat(), times(&split.all(&db).await.unwrap()));
            assert_eq!(walk(&keys.set_limit(limit), &db).await.concat(), times(&keys.all(&db).await.unwrap()));
        }
        assert_eq!(split.count(&db).await.unwrap(), 6);
        assert_eq!(keys.count(&db).await.unwrap(), 4);
    }
}

#[tokio::test]
async fn a_page_token_is_dynamodb_json_and_last_evaluated_key_returns_the_same_one() {
    let db = database_with("a", 9).await;
    let windows = Event::kinds().set_hash_key("window").set_limit(2);
    let page = windows.page(&db).await.unwrap();
    let token = page.last_evaluated_key.clone().unwrap();
    assert_eq!(token.to_string(), r#"{"at":{"N":"20"},"device":{"S":"a"},"kind":{"S":"window"},"level":{"N":"2"}}"#);
    assert_eq!(windows.last_evaluated_key(&db).await.unwrap(), Some(token));
    let filtered = windows.filter(Event::URGENT.eq(true)).set_limit(1);
    assert_eq!(filtered.last_evaluated_key(&db).await.unwrap(), filtered.page(&db).await.unwrap().last_evaluated_key);
}

#[tokio::test]
async fn a_page_token_works_after_its_item_was_deleted() {
    let db = database_with("a", 6).await;
    let two = Event::objects().set_hash_key("a").set_limit(2);
    let page = two.page(&db).await.unwrap();
    Event::new("a", 10).delete(&db).await.unwrap();
    Event::new("a", 20).delete(&db).await.unwrap();
    assert_eq!(times(&two.set_last_evaluated_key(page.last_evaluated_key).page(&db).await.unwrap().items), [30, 40]);
}

#[tokio::test]
async fn a_page_token_of_another_queryset_is_refused_before_any_request() {
    let db = database_with("a", 9).await;
    let token = Event::objects().set_hash_key("a").set_limit(2).page(&db).await.unwrap().last_evaluated_key;
    let refused = |result: Result<Vec<Event>, Error>| match result {
        Err(Error::Plan(PlanError::Token { reason, .. })) => reason.to_string(),
        other => panic!("not refused: {other:?}"),
    };
    let elsewhere = Event::objects().set_hash_key("b").set_last_evaluated_key(token.clone());
    assert!(refused(elsewhere.all(&db).await).contains("outside"));
    let later = Event::objects().set_hash_key("a").filter(Event::AT.gt(50)).set_last_evaluated_key(token.clone());
    assert!(refused(later.all(&db).await).contains("outside"));
    let index = Event::kinds().set_hash_key("door").set_last_evaluated_key(token);
    assert!(refused(index.all(&db).await).contains("lacks the key attribute `kind`"));
    let wrong: LastEvaluatedKey = r#"{"device":{"S":"a"},"at":{"S":"10"}}"#.parse().unwrap();
    assert!(
        refused(Event::objects().set_hash_key("a").set_last_evaluated_key(wrong).all(&db).await).contains("type S")
    );
    let more: LastEvaluatedKey = r#"{"device":{"S":"a"},"at":{"N":"1"},"x":{"S":"a"}}"#.parse().unwrap();
    assert!(
        refused(Event::objects().set_hash_key("a").set_last_evaluated_key(more).all(&db).await)
            .contains("other attributes")
    );
}

#[tokio::test]
async fn pages_of_a_megabyte_are_combined() {
    let db = database().await;
    for at in 0..12 {
        let mut event = Event::new("a", at);
        event.note = Some("x".repeat(1000));
        event.owner = Some("y".repeat(1000));
        event.tags = [format!("{}{at}", "z".repeat(300_000))].into();
        event.save(&db).await.unwrap();
    }
    let events = Event::objects().set_hash_key("a");
    let one = events.page(&db).await.unwrap();
    assert!(one.items.len() < 12, "one request does not read it all");
    assert_eq!(walk(&events, &db).await.concat(), (0..12).collect::<Vec<_>>());
    assert_eq!(events.count(&db).await.unwrap(), 12);
    assert_eq!(events.set_limit(11).page(&db).await.unwrap().items.len(), 11);
    let mut stream = events.set_scan_index_forward(false).stream(&db);
    let mut seen = Vec::new();
    while let Some(event) = stream.try_next().await.unwrap() {
        seen.push(event.at);
    }
    assert_eq!(seen, (0..12).rev().collect::<Vec<_>>());
    // The page token exists although the filter drops every item of the first request.
    let late = events.filter(Event::TAGS.contains(format!("{}11", "z".repeat(300_000))));
    assert_eq!(times(&late.set_limit(1).page(&db).await.unwrap().items), [11]);
    assert_eq!(events.delete(&db).await.unwrap(), 12);
}
