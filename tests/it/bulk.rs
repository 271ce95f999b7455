//! Bulk writes account for every value; get-or-create and update-or-create are correct under concurrency.

use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::{AttributeValue, Item, Number};
use djamodb::{Error, MemoryDriver};

use crate::models::{Event, database, database_with, times};

fn events(range: std::ops::Range<i64>) -> Vec<Event> {
    range.map(|at| Event { note: Some("new".to_owned()), ..Event::new("a", at) }).collect()
}

fn at(keys: &[Item]) -> Vec<i64> {
    let number = |key: &Item| key.get("at").and_then(AttributeValue::as_n).and_then(Number::to_i128);
    keys.iter().map(|key| i64::try_from(number(key).unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn bulk_create_treats_existing_items_by_its_policy() {
    for policy in [OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite] {
        let db = database().await;
        for at in [3, 40] {
            Event::new("a", at).save(&db).await.unwrap();
        }
        let (written, existing) = match Event::objects().bulk_create(&mut events(0..60), policy, &db).await {
            Ok(report) => (report.written, report.skipped),
            Err(Error::WritesIncomplete(incomplete)) => {
                assert_eq!((policy, incomplete.done, incomplete.unprocessed.len()), (OnConflict::Fail, 58, 0));
                assert!(incomplete.error.is_none());
                let text = incomplete.to_string();
                assert!(text.ends_with(r#"2 already exist (at = 3, device = "a"; at = 40, device = "a")"#), "{text}");
                (vec![], incomplete.existing)
            }
            Err(error) => panic!("{error}"),
        };
        let all = Event::objects().set_hash_key("a");
        let new = all.filter(Event::NOTE.exists()).count(&db).await.unwrap();
        assert_eq!(all.count(&db).await.unwrap(), 60);
        if policy == OnConflict::Overwrite {
            assert_eq!((at(&written), new), ((0..60).collect(), 60));
        } else {
            assert_eq!((at(&existing), new), (vec![3, 40], 58));
        }
        if policy == OnConflict::Ignore {
            assert_eq!(at(&written), (0..60).filter(|at| ![3, 40].contains(at)).collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn two_values_with_one_key_are_refused_before_any_request() {
    let db = database().await;
    let mut values = events(0..40);
    values.push(Event::new("a", 7));
    for policy in [OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite] {
        let error = Event::objects().bulk_create(&mut values, policy, &db).await.unwrap_err();
        assert!(matches!(&error, Error::Plan(PlanError::KeyTwice { .. })), "{error}");
    }
    let error = Event::objects().bulk_update(&mut values, Event::NOTE, &db).await.unwrap_err();
    assert!(matches!(&error, Error::Plan(PlanError::KeyTwice { .. })), "{error}");
    assert_eq!(Event::objects().scan().count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn bulk_update_writes_the_named_attributes_of_existing_items() {
    let db = database_with("a", 3).await;
    let mut values = Event::objects().set_hash_key("a").all(&db).await.unwrap();
    for event in &mut values {
        (event.kind, event.note, event.level) = (None, Some("seen".to_owned()), 99.0);
    }
    values.push(Event::new("b", 1));
    let report = Event::objects().bulk_update(&mut values, (Event::KIND, Event::NOTE, Event::TAGS), &db).await.unwrap();
    assert_eq!((at(&report.written), at(&report.skipped)), (vec![0, 10, 20], vec![1]));
    let found = Event::objects().scan().all(&db).await.unwrap();
    assert_eq!(found.len(), 3, "no item is made");
    assert!(found.iter().all(|event| event.kind.is_none() && event.note.is_some() && event.level < 3.0));
}

#[tokio::test]
async fn bulk_writes_of_no_values_send_no_request() {
    let db = database().await;
    let report = Event::objects().bulk_create(&mut [], OnConflict::Overwrite, &db).await.unwrap();
    assert_eq!(report, Event::objects().bulk_update(&mut [], [Event::NOTE], &db).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_get_or_create_creates_one_item() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Event>().await.unwrap();
    for round in 0..20 {
        let tasks: Vec<_> = (0..8)
            .map(|number| {
                let db = db.clone();
                let value = Event { size: Some(number), ..Event::new("a", round) };
                tokio::spawn(async move { Event::get_or_create(value, &db).await })
            })
            .collect();
        let (mut found, mut created) = (Vec::new(), 0);
        for task in tasks {
            let (event, is_new) = task.await.unwrap().unwrap();
            found.push(event);
            created += u32::from(is_new);
        }
        found.dedup();
        assert_eq!((found.len(), created), (1, 1));
    }
    assert_eq!(times(&Event::objects().set_hash_key("a").all(&db).await.unwrap()).len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_update_or_create_creates_one_item_and_applies_every_other_update() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Event>().await.unwrap();
    for round in 0..20 {
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                let value = Event { size: Some(1), ..Event::new("a", round) };
                tokio::spawn(async move { Event::update_or_create(value, Event::SIZE.add(1), &db).await })
            })
            .collect();
        let (mut sizes, mut created) = (Vec::new(), 0);
        for task in tasks {
            let (event, is_new) = task.await.unwrap().unwrap();
            sizes.push(event.size.unwrap());
            created += u32::from(is_new);
        }
        sizes.sort_unstable();
        assert_eq!((sizes, created), ((1..9).collect(), 1));
    }
}
