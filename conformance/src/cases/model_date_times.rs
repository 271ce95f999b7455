//! Points in time in the forms that a field can choose.

use chrono::{DateTime, Utc};
use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::Index;
use djamodb_core::queryset::QuerySet;

use super::prelude::*;

case!("model/each_form_of_times_is_ordered_in_time", Theme::KeyCondition, each_form_of_times_is_ordered_in_time);
case!("model/times_have_the_forms_of_other_programs", Theme::Value, times_have_the_forms_of_other_programs);

/// Milliseconds since 1970, in the order of time, around the places where a form gets longer.
const TIMES: [i64; 6] = [999, 9_999_500, 9_999_999_999, 10_000_000_000_001, 1_420_167_845_006, 253_402_300_799_999];

fn time(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

fn reading(milliseconds: i64) -> Reading {
    let time = time(milliseconds);
    Reading {
        sensor: "a".to_owned(),
        millisecond: time.into(),
        second: time.into(),
        nanosecond: time.into(),
        epoch_second: time.into(),
        epoch_millisecond: time.into(),
    }
}

async fn database_with_readings(cx: &Context) -> Result<Database, Failure> {
    cx.db().create_table::<Reading>().await?;
    for milliseconds in TIMES {
        reading(milliseconds).save(cx.db()).await?;
    }
    Ok(cx.db().clone())
}

/// Reads all readings, and those from the fourth in the order of time on, and compares them.
async fn in_order<I: Index<Model = Reading>>(
    of: &str,
    all: QuerySet<Reading, Reading, I>,
    later: QuerySet<Reading, Reading, I>,
    db: &Database,
) -> CaseResult {
    let milliseconds = |readings: Vec<Reading>| -> Vec<i64> {
        readings.iter().map(|reading| reading.millisecond.time().timestamp_millis()).collect()
    };
    let mut expected = TIMES.to_vec();
    expected.sort_unstable();
    ensure_eq(format!("readings by {of}"), milliseconds(all.all(db).await?), expected.clone())?;
    ensure_eq(format!("later readings by {of}"), milliseconds(later.all(db).await?), expected.split_off(3))
}

/// Fails if range keys of one form are returned in another order than that of time.
async fn each_form_of_times_is_ordered_in_time(cx: Context) -> CaseResult {
    let db = database_with_readings(&cx).await?;
    let from = time(1_420_167_845_006);
    let all = Reading::objects().set_hash_key("a");
    in_order("milliseconds", all.clone(), all.filter(Reading::MILLISECOND.gte(from)), &db).await?;
    let all = Reading::objects().set_index(Reading::BY_SECOND).set_hash_key("a");
    in_order("seconds", all.clone(), all.filter(Reading::SECOND.gte(from)), &db).await?;
    let all = Reading::objects().set_index(Reading::BY_NANOSECOND).set_hash_key("a");
    in_order("nanoseconds", all.clone(), all.filter(Reading::NANOSECOND.gte(from)), &db).await?;
    let all = Reading::objects().set_index(Reading::BY_EPOCH_SECOND).set_hash_key("a");
    in_order("epoch seconds", all.clone(), all.filter(Reading::EPOCH_SECOND.gte(from)), &db).await?;
    let all = Reading::objects().set_index(Reading::BY_EPOCH_MILLISECOND).set_hash_key("a");
    in_order("epoch milliseconds", all.clone(), all.filter(Reading::EPOCH_MILLISECOND.gte(from)), &db).await
}

/// Fails if a form differs from what other programs read and write.
async fn times_have_the_forms_of_other_programs(cx: Context) -> CaseResult {
    let db = database_with_readings(&cx).await?;
    let item = Item::new()
        .with("sensor", "b")
        .with("millisecond", "2015-01-02T03:04:05.006Z")
        .with("second", "2015-01-02T03:04:05Z")
        .with("nanosecond", "2015-01-02T03:04:05.006000000Z")
        .with("epoch_second", 1_420_167_845)
        .with("epoch_millisecond", 1_420_167_845_006_i64);
    cx.run(PutItem::new(db.table_name::<Reading>(), item)).await?;
    let key = ("b", time(1_420_167_845_006));
    let read = Reading::get_by_key(key, &db).await?;
    ensure_eq("reading", read, Reading { sensor: "b".to_owned(), ..reading(1_420_167_845_006) })
}
