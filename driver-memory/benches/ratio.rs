//! The memory driver against a bare `BTreeMap` of `Arc` items: `cargo xtask bench`.
//!
//! Rounds of the two alternate, so that other load on the machine affects both equally. The result is the ratio of the
//! medians, compared with a target. Each request creates its plan, as querysets do.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use djamodb_core::driver::Driver as _;
use djamodb_core::expression::{KeyCondition, RangeCondition};
use djamodb_core::plan::{CreateTable, GetItem, Outcome, Output, PutItem, Query, QueryPlan};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;
use futures::FutureExt as _;

const PARTITIONS: usize = 100;
const ITEMS_PER_PARTITION: usize = 100;
const ROUNDS: usize = 31;
const REQUESTS_PER_ROUND: usize = 10_000;
const TABLE: Name = Name::from_static("weather");

type Bare = BTreeMap<(String, String), Arc<Item>>;

fn main() {
    let (driver, mut bare) = filled();
    let keys: Vec<(String, String)> = (0..REQUESTS_PER_ROUND).map(|number| key(number * 7919)).collect();
    println!("{:<12} {:>12} {:>12} {:>8} {:>8}", "", "memory (ns)", "bare (ns)", "ratio", "target");

    let get = |(location, date): &(String, String)| {
        let outcome = run(&driver, GetItem::new(TABLE, key_item(location, date)).into());
        assert!(matches!(outcome.output, Output::GetItem(output) if output.item.is_some()));
    };
    let bare_map = &bare;
    report("get", 3.0, &keys, get, |key| {
        black_box(bare_map.get(key).cloned());
    });

    let range = |(location, date): &(String, String)| {
        let condition = KeyCondition::hash(LOCATION, location.as_str());
        let mut query = Query::new(TABLE, condition.range(DATE, RangeCondition::Ge(date.as_str().into())));
        query.limit = Some(20);
        let outcome = run(&driver, query.into());
        assert!(matches!(outcome.output, Output::Query(output) if !output.items.is_empty()));
    };
    report("range of 20", 3.0, &keys, range, |key| {
        let items: Vec<Arc<Item>> = bare_map
            .range(key.clone()..)
            .take_while(|((location, _), _)| *location == key.0)
            .take(20)
            .map(|(_, item)| item.clone())
            .collect();
        black_box(items);
    });

    let put = |(location, date): &(String, String)| {
        run(&driver, PutItem::new(TABLE, item(location, date)).into());
    };
    report("put", 4.0, &keys, put, |(location, date)| {
        bare.insert((location.clone(), date.clone()), Arc::new(item(location, date)));
    });
}

const LOCATION: Name = Name::from_static("location");
const DATE: Name = Name::from_static("date");

fn filled() -> (MemoryDriver, Bare) {
    let driver = MemoryDriver::new();
    let schema = KeySchema::hash_and_range(KeyAttribute::s(LOCATION), KeyAttribute::s(DATE));
    run(&driver, CreateTable::new(TableSchema::new(TABLE, schema)).into());
    let mut bare = Bare::new();
    for number in 0..PARTITIONS * ITEMS_PER_PARTITION {
        let (location, date) = key(number);
        run(&driver, PutItem::new(TABLE, item(&location, &date)).into());
        bare.insert((location.clone(), date.clone()), Arc::new(item(&location, &date)));
    }
    (driver, bare)
}

fn key(number: usize) -> (String, String) {
    let number = number % (PARTITIONS * ITEMS_PER_PARTITION);
    let (partition, position) = (number / ITEMS_PER_PARTITION, number % ITEMS_PER_PARTITION);
    (format!("location {partition:03}"), format!("2014-01-01T00:00:{position:02}.000000+0000"))
}

fn key_item(location: &str, date: &str) -> Item {
    [(LOCATION, location.into()), (DATE, date.into())].into_iter().collect()
}

fn item(location: &str, date: &str) -> Item {
    let attributes = [(LOCATION, location.into()), (DATE, date.into()), (Name::from_static("kind"), "rain".into())];
    let numbers = [(Name::from_static("temp_max"), 12.into()), (Name::from_static("windy"), true.into())];
    attributes.into_iter().chain(numbers).collect()
}

/// Executes a plan. The driver never waits, so that one poll completes the request and no runtime is measured.
fn run(driver: &MemoryDriver, plan: QueryPlan) -> Outcome {
    let ready = driver.execute(plan).now_or_never();
    ready.and_then(Result::ok).expect("the memory driver should complete a valid request in one poll")
}

fn report<K>(name: &str, target: f64, keys: &[K], mut memory: impl FnMut(&K), mut bare: impl FnMut(&K)) {
    let (mut memory_times, mut bare_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        memory_times.push(nanoseconds(keys, &mut memory));
        bare_times.push(nanoseconds(keys, &mut bare));
    }
    let (memory, bare) = (median(memory_times), median(bare_times));
    println!("{name:<12} {memory:>12.0} {bare:>12.0} {:>8.2} {target:>8.1}", memory / bare);
}

#[allow(clippy::cast_precision_loss, reason = "these counts are small")]
fn nanoseconds<K>(keys: &[K], request: &mut impl FnMut(&K)) -> f64 {
    let start = Instant::now();
    for key in keys {
        request(black_box(key));
    }
    start.elapsed().as_nanos() as f64 / keys.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
