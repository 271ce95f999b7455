//! Types of fields beyond text, numbers and collections of these.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use djamodb::prelude::*;

#[derive(Document, Clone, Debug, PartialEq)]
struct Comment {
    text: String,
    answer: Option<Box<Comment>>,
}

#[derive(AttributeType, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meal {
    Lunch,
    Dinner,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "visits", managed = false)]
struct Visit {
    #[model(hash_key)]
    client: IpAddr,
    #[model(range_key)]
    date: NaiveDate,
    at: NaiveTime,
    length: Duration,
    place: [f64; 2],
    guide: Arc<str>,
    comment: Comment,
    meals: BTreeMap<Meal, u8>,
    days: HashMap<NaiveDate, Option<String>>,
}

fn visit(day: u32) -> Visit {
    let date = NaiveDate::from_ymd_opt(2024, 2, day).unwrap();
    Visit {
        client: "2001:db8::1".parse().unwrap(),
        date,
        at: NaiveTime::from_hms_opt(9, 30, 0).unwrap(),
        length: Duration::from_millis(1500),
        place: [47.6, -122.3],
        guide: "Ada".into(),
        comment: Comment {
            text: "nice".to_owned(),
            answer: Some(Box::new(Comment { text: "thanks".to_owned(), answer: None })),
        },
        meals: [(Meal::Lunch, 2), (Meal::Dinner, 1)].into(),
        days: [(date, None)].into(),
    }
}

#[tokio::test]
async fn dates_durations_addresses_pointers_arrays_and_keyed_maps_are_fields() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Visit>().await.unwrap();
    for day in 1..4 {
        visit(day).save(&db).await.unwrap();
    }
    assert_eq!(Visit::get_by_key((visit(2).client, visit(2).date), &db).await.unwrap(), visit(2));
    let visits = Visit::objects().set_hash_key(visit(1).client);
    assert_eq!(visits.filter(Visit::DATE.gte(visit(2).date)).count(&db).await.unwrap(), 2);
    assert_eq!(visits.filter(Visit::LENGTH.gt(Duration::from_secs(1))).count(&db).await.unwrap(), 3);
    assert_eq!(visits.filter(Visit::MEALS.key("Lunch").eq(2)).count(&db).await.unwrap(), 3);
    assert_eq!(visits.filter(Visit::GUIDE.startswith("A") & Visit::PLACE.contains(47.6)).count(&db).await.unwrap(), 3);
}

#[test]
fn a_document_that_contains_itself_too_often_is_refused() {
    let chain = |length: usize| {
        (1..length).fold(Comment { text: String::new(), answer: None }, |comment, _| Comment {
            text: String::new(),
            answer: Some(Box::new(comment)),
        })
    };
    let encode = |length: usize| Visit { comment: chain(length), ..visit(1) }.to_item();
    assert_eq!(Visit::from_item(&encode(32).unwrap()).unwrap().comment, chain(32));
    assert_eq!(encode(33).unwrap_err().kind(), &djamodb::model::CodecErrorKind::TooDeep);
}
