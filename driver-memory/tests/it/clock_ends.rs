//! The driver works at every time of the calendar.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::driver::{Clock, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeContinuousBackups, DescribeTable, GetItem, ListStreams, PutItem, StreamUpdate,
    TableStatus, TransactPut, TransactWriteItem, TransactWriteItems, UpdateContinuousBackups, UpdateTable,
    UpdateTimeToLive,
};
use djamodb_core::schema::{StreamView, TableSchema};
use djamodb_core::value::AttributeValue;
use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};

use crate::support::streams::all;
use crate::support::{key, put, schema};

/// Times near both ends of the calendar, and between.
fn times() -> Vec<DateTime<Utc>> {
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let mut times = vec![first, last, DateTime::UNIX_EPOCH];
    for distance in [TimeDelta::milliseconds(1), TimeDelta::minutes(10), TimeDelta::hours(24), TimeDelta::days(2000)] {
        times.extend([first + distance, last - distance, DateTime::UNIX_EPOCH - distance]);
    }
    times
}

fn streamed(table: &str) -> TableSchema {
    TableSchema { name: table.into(), stream: Some(StreamView::NewAndOldImages), ..schema() }
}

#[tokio::test]
async fn streams_have_labels_of_their_own_at_every_time() {
    for now in times() {
        let driver = MemoryDriver::with_clock(Arc::new(VirtualClock::starting_at(now, 1)));
        for _ in 0..3 {
            driver.run(CreateTable::new(streamed("weather"))).await.unwrap();
            put(&driver, key("a", 1)).await;
            for _ in 0..3 {
                driver.run(UpdateTable::new("weather").stream(StreamUpdate::Disable)).await.unwrap();
                let enable = StreamUpdate::Enable(StreamView::KeysOnly);
                driver.run(UpdateTable::new("weather").stream(enable)).await.unwrap();
            }
            put(&driver, key("a", 2)).await;
            driver.run(DeleteTable::new("weather")).await.unwrap();
        }
        driver.run(CreateTable::new(streamed("another"))).await.unwrap();
        let of_table = driver.run(ListStreams::of_table("weather")).await.unwrap().streams;
        assert_eq!(of_table.len(), 12, "{now}");
        assert_eq!(driver.run(ListStreams::default()).await.unwrap().streams.len(), 13, "{now}");
        let mut records = 0;
        for stream in of_table {
            records += all(&driver, &stream.arn).await.len();
        }
        assert_eq!(records, 6, "{now}");
    }
}

#[tokio::test]
async fn states_expiry_tokens_and_backups_work_at_every_time() {
    for now in times() {
        for delay in [Duration::ZERO, Duration::from_secs(60), Duration::MAX] {
            let clock = VirtualClock::starting_at(now, 1);
            let options = MemoryOptions {
                clock: Arc::new(clock.clone()),
                create_table_delay: delay.min(Duration::from_secs(60)),
                update_table_delay: delay,
                delete_table_delay: delay,
                expiry_delay: delay,
                ..MemoryOptions::default()
            };
            let driver = MemoryDriver::with_options(options);
            driver.run(CreateTable::new(streamed("weather"))).await.unwrap();
            clock.advance(Duration::from_secs(60));
            let table = driver.run(DescribeTable::new("weather")).await.unwrap().table;
            assert_eq!(table.status, TableStatus::Active, "{now}");
            driver.run(UpdateTimeToLive::enable("weather", "expires")).await.unwrap();
            driver.run(UpdateContinuousBackups::enable("weather")).await.unwrap();
            let seconds = [i64::MIN, now.timestamp(), clock.now().timestamp(), clock.now().timestamp() + 1, i64::MAX];
            for (at, expires) in (0..).zip(seconds) {
                let item = key("a", at).with("expires", AttributeValue::n(expires));
                driver.run(PutItem::new("weather", item)).await.unwrap();
            }
            let put = TransactWriteItem::Put(TransactPut::new("weather", key("b", 1)));
            let transaction = TransactWriteItems::new([put]).with_token("token");
            driver.run(transaction.clone()).await.unwrap();
            driver.run(transaction.clone()).await.unwrap();
            for _ in 0..3 {
                clock.advance(Duration::from_secs(24 * 3600));
                driver.run(transaction.clone()).await.unwrap();
                driver.run(GetItem::new("weather", key("a", 1))).await.unwrap();
                driver.run(DescribeContinuousBackups::new("weather")).await.unwrap();
                let stream = driver.run(ListStreams::default()).await.unwrap().streams.remove(0);
                all(&driver, &stream.arn).await;
            }
            driver.check().unwrap();
            driver.run(DeleteTable::new("weather")).await.unwrap();
        }
    }
}
