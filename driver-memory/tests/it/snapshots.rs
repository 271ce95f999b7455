//! Snapshots of the state, and drivers that start from them.

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{Update, UpdateOperand};
use djamodb_core::plan::{
    CreateTable, DeleteItem, DeleteTable, ListTables, PutItem, TagResource, TransactPut, TransactUpdate,
    TransactWriteItem, TransactWriteItems, UpdateTimeToLive,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema, Tag};
use djamodb_core::value::{AttributeValue, Item, Number};
use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};
use proptest::prelude::*;

use crate::support::streams::{all, streamed};
use crate::support::tables::{described, slow_weather, status};
use crate::support::{
    DELAY, INDEXES, all_pages, get, indexed, item, key, path, put, scan, weather, with_virtual_clock,
};

/// Returns the items of the table and of each index.
async fn contents(driver: &MemoryDriver) -> Vec<Vec<Item>> {
    let mut contents = vec![scan(driver, None).await];
    for index in INDEXES {
        contents.push(scan(driver, Some(index)).await);
    }
    contents
}

/// A write of the item number `at` of the partition `id`, or its deletion.
#[derive(Clone, Copy, Debug)]
struct Change {
    id: u8,
    at: i32,
    heat: Option<i32>,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (0..20_u8, 0..4, prop::option::weighted(0.7, 0..3));
    prop::collection::vec(change.prop_map(|(id, at, heat)| Change { id, at, heat }), 0..60)
}

async fn apply(driver: &MemoryDriver, changes: &[Change]) {
    for &Change { id, at, heat } in changes {
        let id = format!("station {id}");
        match heat {
            Some(heat) => put(driver, item(&id, at, ["rain", "snow"][usize::from(heat == 0)], heat)).await,
            None => {
                driver.run(DeleteItem::new("weather", key(&id, at))).await.unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn writes_to_a_driver_do_not_change_its_snapshots_nor_other_drivers(
        [before, after, elsewhere] in [changes(), changes(), changes()],
    ) {
        futures::executor::block_on(async {
            let driver = weather().await;
            apply(&driver, &before).await;
            let expected = contents(&driver).await;
            let snapshot = driver.snapshot();
            let other = snapshot.driver();
            apply(&driver, &after).await;
            let changed = contents(&driver).await;
            apply(&other, &elsewhere).await;
            assert_eq!(contents(&snapshot.driver()).await, expected);
            assert_eq!(contents(&driver).await, changed);

            let apart = weather().await;
            apply(&apart, &before).await;
            apply(&apart, &elsewhere).await;
            assert_eq!(contents(&other).await, contents(&apart).await);
            for driver in [&driver, &other, &snapshot.driver()] {
                driver.check().unwrap();
            }
            driver.restore(&snapshot);
            assert_eq!(contents(&driver).await, expected);
            driver.check().unwrap();
        });
    }
}

#[tokio::test]
async fn a_restored_driver_has_the_tables_of_the_snapshot_and_no_others() {
    let driver = weather().await;
    let snapshot = driver.snapshot();
    driver.run(DeleteTable::new("weather")).await.unwrap();
    driver.run(CreateTable::new(TableSchema::new("later", KeySchema::hash(KeyAttribute::s("id"))))).await.unwrap();
    let clone = driver.clone();
    driver.restore(&snapshot);
    assert_eq!(clone.run(ListTables::default()).await.unwrap().table_names, ["weather"]);
    assert_eq!(format!("{snapshot:?}"), r#"Snapshot(["weather"])"#);
    put(&clone, item("a", 1, "rain", 1)).await;
    assert_eq!(all_pages(&driver, indexed("global_all", "rain")).await.0.len(), 1);
}

#[tokio::test]
async fn settings_of_a_table_are_part_of_a_snapshot() {
    let driver = weather().await;
    let arn = described(&driver).await.arn.unwrap();
    driver.run(TagResource::new(arn.clone(), vec![Tag::new("team", "sky")])).await.unwrap();
    let before = described(&driver).await;
    let other = driver.snapshot().driver();
    driver.run(DeleteTable::new("weather")).await.unwrap();
    assert_eq!(described(&other).await, before);
    let tags = other.run(djamodb_core::plan::ListTagsOfResource::new(arn)).await.unwrap().tags;
    assert_eq!(tags, [Tag::new("team", "sky")]);
}

#[tokio::test]
async fn states_of_tables_end_by_the_clock_of_the_driver_that_holds_them() {
    let (driver, clock) = slow_weather().await;
    driver.run(DeleteTable::new("weather")).await.unwrap();
    let snapshot = driver.snapshot();
    let later = VirtualClock::new(1);
    later.advance(2 * DELAY);
    let other = snapshot.driver_with_options(MemoryOptions { clock: Arc::new(later), ..MemoryOptions::default() });
    assert!(other.run(ListTables::default()).await.unwrap().table_names.is_empty());
    assert_eq!(status(&driver).await, djamodb_core::plan::TableStatus::Deleting);
    clock.advance(DELAY);
    assert!(snapshot.driver().run(ListTables::default()).await.unwrap().table_names.is_empty());
}

#[tokio::test]
async fn items_expire_in_each_driver_by_its_own_schedule() {
    let (driver, clock) = with_virtual_clock();
    driver.run(CreateTable::new(crate::support::schema())).await.unwrap();
    driver.run(UpdateTimeToLive::enable("weather", "until")).await.unwrap();
    let until = |seconds: i64| AttributeValue::n(djamodb_core::driver::Clock::now(&clock).timestamp() + seconds);
    put(&driver, key("a", 1).with("until", until(10))).await;
    let snapshot = driver.snapshot();
    put(&driver, key("a", 1).with("until", until(1_000))).await;
    put(&driver, key("a", 2).with("until", until(20))).await;
    let other = snapshot.driver();
    clock.advance(Duration::from_secs(30));
    assert!(get(&driver, key("a", 1)).await.is_some() && get(&driver, key("a", 2)).await.is_none());
    assert!(get(&other, key("a", 1)).await.is_none());
    driver.check().unwrap();
    other.check().unwrap();
}

#[tokio::test]
async fn streams_continue_apart_from_each_other() {
    let (driver, _clock, arn) = streamed(StreamView::NewImage).await;
    put(&driver, item("a", 1, "rain", 1)).await;
    let snapshot = driver.snapshot();
    put(&driver, item("a", 2, "rain", 2)).await;
    let other = snapshot.driver();
    put(&other, item("a", 3, "rain", 3)).await;
    let ats = |records: Vec<djamodb_core::plan::StreamRecord>| {
        records.iter().map(|record| record.keys.get("at").cloned().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ats(all(&driver, &arn).await), [1.into(), 2.into()]);
    assert_eq!(ats(all(&other, &arn).await), [1.into(), 3.into()]);
    assert_eq!(ats(all(&snapshot.driver(), &arn).await), [1.into()]);
}

#[tokio::test]
async fn a_transaction_is_not_repeated_in_a_driver_that_starts_after_it() {
    let driver = weather().await;
    let add = TransactUpdate::new("weather", key("a", 1), Update::new().add(path("heat"), 1));
    let mut transaction = TransactWriteItems::new([add.into()]);
    transaction.client_request_token = Some("token".into());
    let empty = driver.snapshot();
    driver.run(transaction.clone()).await.unwrap();
    let other = driver.snapshot().driver();
    other.run(transaction.clone()).await.unwrap();
    let heat = |item: Option<Item>| item.and_then(|item| item.get("heat").cloned());
    assert_eq!(heat(get(&other, key("a", 1)).await), Some(1.into()));
    transaction.transact_items = vec![TransactWriteItem::from(TransactPut::new("weather", key("a", 2)))];
    let mismatch = other.run(transaction.clone()).await.unwrap_err();
    assert_eq!(*mismatch.kind(), DriverErrorKind::IdempotentParameterMismatch);
    empty.driver().run(transaction).await.unwrap();
}

#[test]
fn a_snapshot_has_all_of_a_transaction_or_nothing() {
    const ACCOUNTS: usize = 40;
    let driver = futures::executor::block_on(async {
        let driver = MemoryDriver::new();
        for table in ["left", "right"] {
            let key = KeySchema::hash(KeyAttribute::n("id"));
            driver.run(CreateTable::new(TableSchema::new(table, key))).await.unwrap();
            for id in 0..ACCOUNTS {
                driver.run(PutItem::new(table, Item::new().with("id", id).with("sum", 100))).await.unwrap();
            }
        }
        driver
    });
    let transfer = |driver: &MemoryDriver, from: usize, to: usize| {
        let change = |table: &'static str, id: usize, by: i32| -> TransactWriteItem {
            let sum = djamodb_core::expression::SetValue::Plus(path("sum").into(), UpdateOperand::value(by));
            TransactUpdate::new(table, Item::new().with("id", id), Update::new().set(path("sum"), sum)).into()
        };
        let transaction = TransactWriteItems::new([change("left", from, -1), change("right", to, 1)]);
        futures::executor::block_on(driver.run(transaction)).unwrap();
    };
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..3_000).for_each(|n| transfer(&driver, n % ACCOUNTS, n * 7 % ACCOUNTS)));
        let mut snapshots = 0;
        while !writer.is_finished() || snapshots == 0 {
            let copy = driver.snapshot().driver();
            snapshots += 1;
            let mut sum = 0.0;
            for table in ["left", "right"] {
                let page = futures::executor::block_on(copy.run(djamodb_core::plan::Scan::new(table))).unwrap();
                assert_eq!(page.items.len(), ACCOUNTS);
                sum += page.items.iter().filter_map(|item| item.get("sum")?.as_n().map(Number::to_f64)).sum::<f64>();
            }
            assert!((sum - 200.0 * 40.0).abs() < 0.5, "{sum}");
        }
    });
}
