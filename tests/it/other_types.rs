//! Fields of the types of `jiff`, `time` and `bigdecimal`.

use chrono::{NaiveDate, NaiveTime};
use djamodb::model::datetime::truncated;
use djamodb::prelude::*;
use djamodb::value::Number;
use djamodb::{jiff, time};

/// A trip with the types of `chrono`, the form that the others share.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "trips", managed = false)]
struct Trip {
    #[model(hash_key)]
    distance: Number,
    #[model(range_key)]
    start: DateTime<Utc>,
    day: NaiveDate,
    at: NaiveTime,
    length: std::time::Duration,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "trips", managed = false)]
struct JiffTrip {
    #[model(hash_key)]
    distance: BigDecimal,
    #[model(range_key)]
    start: jiff::Timestamp,
    day: jiff::civil::Date,
    at: jiff::civil::Time,
    length: jiff::SignedDuration,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "trips", managed = false)]
struct TimeTrip {
    #[model(hash_key)]
    distance: BigDecimal,
    #[model(range_key)]
    start: time::OffsetDateTime,
    day: time::Date,
    at: time::Time,
    length: time::Duration,
}

fn trip() -> Trip {
    let start = DateTime::from_timestamp(1_420_167_845, 6_000).unwrap();
    Trip {
        distance: Number::from(12),
        start,
        day: start.date_naive(),
        at: start.time(),
        length: std::time::Duration::from_millis(1500),
    }
}

#[test]
fn a_table_is_shared_by_models_with_the_types_of_each_crate() {
    let item = trip().to_item().unwrap();
    let jiff = JiffTrip::from_item(&item).unwrap();
    assert_eq!(jiff.start.as_microsecond(), trip().start.timestamp_micros());
    assert_eq!(jiff.to_item().unwrap(), item);
    let time = TimeTrip::from_item(&item).unwrap();
    assert_eq!(time.start.unix_timestamp_nanos(), trip().start.timestamp_nanos_opt().unwrap().into());
    assert_eq!(time.to_item().unwrap(), item);
}

#[djamodb::test(models = [Trip])]
async fn keys_of_these_types_are_found_in_order(db: Database) {
    let first = JiffTrip::from_item(&trip().to_item().unwrap()).unwrap();
    for hours in [2, 0, 1] {
        let start = first.start + jiff::SignedDuration::from_hours(hours);
        JiffTrip { start, ..first.clone() }.save(&db).await.unwrap();
    }
    // 12.0 equals 12, and is the same key.
    let key = "12.0".parse::<BigDecimal>().unwrap();
    let trips = TimeTrip::objects().set_hash_key(key.clone());
    let starts = trips.values((TimeTrip::START,)).all(&db).await.unwrap();
    assert!(starts.is_sorted() && starts.len() == 3, "{starts:?}");
    let second = trip().start.timestamp() + 3600;
    let later = trips.filter(TimeTrip::START.gte(time::OffsetDateTime::from_unix_timestamp(second).unwrap()));
    assert_eq!(later.count(&db).await.unwrap(), 2);
    assert_eq!(JiffTrip::get_by_key((key, first.start), &db).await.unwrap(), first);
}

#[test]
fn a_key_finer_than_microseconds_is_refused_unless_it_is_truncated() {
    let first = JiffTrip::from_item(&trip().to_item().unwrap()).unwrap();
    let fine = JiffTrip { start: first.start + jiff::SignedDuration::from_nanos(1), ..first.clone() };
    let error = fine.to_item().unwrap_err().to_string();
    assert!(error.contains("`start`") && error.contains("djamodb::model::datetime::truncated"), "{error}");
    assert_eq!(JiffTrip { start: truncated(fine.start), ..fine }, first);
}
