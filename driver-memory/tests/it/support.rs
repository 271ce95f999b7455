//! Helpers that the tests share.

pub(crate) mod streams;
pub(crate) mod tables;

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::{DriverError, DriverErrorKind, DriverExt};
use djamodb_core::expression::{KeyCondition, Path};
use djamodb_core::plan::{CreateTable, GetItem, Operation, PutItem, Query, QueryOutput, Scan};
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::{MemoryDriver, MemoryOptions, VirtualClock};

/// The table that most tests use: key `id` (S) and `at` (N); global indexes on `kind` (S) and `heat` (N) that project all,
/// keys only, and `note`; a local index on `heat` that projects keys only.
pub(crate) fn schema() -> TableSchema {
    let mut schema =
        TableSchema::new("weather", KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at")));
    let by_kind = || KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("heat"));
    schema.global_indexes = vec![
        GlobalIndex::new("global_all", by_kind(), IndexProjection::All),
        GlobalIndex::new("global_keys", by_kind(), IndexProjection::KeysOnly),
        GlobalIndex::new("global_note", by_kind(), IndexProjection::Include(vec!["note".into()])),
    ];
    let by_heat = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("heat"));
    schema.local_indexes = vec![LocalIndex::new("local_keys", by_heat, IndexProjection::KeysOnly)];
    schema
}

pub(crate) const INDEXES: [&str; 4] = ["global_all", "global_keys", "global_note", "local_keys"];

/// Returns a driver with the table `weather`.
pub(crate) async fn weather() -> MemoryDriver {
    with(schema()).await
}

/// Returns a driver with one table.
pub(crate) async fn with(schema: TableSchema) -> MemoryDriver {
    let driver = MemoryDriver::new();
    driver.run(CreateTable::new(schema)).await.unwrap();
    driver
}

/// Returns a driver without tables, without delays, with its virtual clock.
pub(crate) fn with_virtual_clock() -> (MemoryDriver, VirtualClock) {
    let clock = VirtualClock::new(1);
    (MemoryDriver::with_clock(Arc::new(clock.clone())), clock)
}

/// Returns a driver in which creating, updating and deleting a table takes `DELAY` each, with its virtual clock.
pub(crate) fn slow() -> (MemoryDriver, VirtualClock) {
    let clock = VirtualClock::new(1);
    let options = MemoryOptions {
        clock: Arc::new(clock.clone()),
        create_table_delay: DELAY,
        update_table_delay: DELAY,
        delete_table_delay: DELAY,
        ..MemoryOptions::default()
    };
    (MemoryDriver::with_options(options), clock)
}

pub(crate) const DELAY: Duration = Duration::from_secs(10);

/// Pads an item to `bytes` bytes with the attribute `note`.
pub(crate) fn sized(item: Item, bytes: usize) -> Item {
    let rest = bytes - item_bytes(&item) - "note".len();
    item.with("note", "x".repeat(rest))
}

pub(crate) fn key(id: &str, at: i32) -> Item {
    Item::new().with("id", id).with("at", at)
}

pub(crate) fn item(id: &str, at: i32, kind: &str, heat: i32) -> Item {
    key(id, at).with("kind", kind).with("heat", heat)
}

pub(crate) async fn put(driver: &MemoryDriver, item: Item) {
    driver.run(PutItem::new("weather", item)).await.unwrap();
}

pub(crate) async fn get(driver: &MemoryDriver, key: Item) -> Option<Item> {
    driver.run(GetItem::new("weather", key)).await.unwrap().item
}

/// Returns a query of the partition `id` of the table.
pub(crate) fn partition(id: &str) -> Query {
    Query::new("weather", KeyCondition::hash("id", id))
}

/// Returns a query of an index by its hash attribute.
pub(crate) fn indexed(index: &'static str, hash: &str) -> Query {
    let attribute = if index.starts_with("local") { "id" } else { "kind" };
    Query { index: Some(Name::from_static(index)), ..Query::new("weather", KeyCondition::hash(attribute, hash)) }
}

/// Reads all pages of a query and returns the items and the number of items of each page.
pub(crate) async fn all_pages(driver: &MemoryDriver, mut query: Query) -> (Vec<Item>, Vec<usize>) {
    let (mut items, mut pages) = (Vec::new(), Vec::new());
    loop {
        let QueryOutput { items: page, last_evaluated_key, .. } = driver.run(query.clone()).await.unwrap();
        pages.push(page.len());
        items.extend(page);
        match last_evaluated_key {
            Some(_) => query.exclusive_start_key = last_evaluated_key,
            None => return (items, pages),
        }
    }
}

/// Returns all items of the table or of an index.
pub(crate) async fn scan(driver: &MemoryDriver, index: Option<&'static str>) -> Vec<Item> {
    let mut scan = Scan { index: index.map(Name::from_static), ..Scan::new("weather") };
    let mut items = Vec::new();
    loop {
        let page = driver.run(scan.clone()).await.unwrap();
        items.extend(page.items);
        match page.last_evaluated_key {
            Some(_) => scan.exclusive_start_key = page.last_evaluated_key,
            None => return items,
        }
    }
}

/// Runs an operation that fails and returns its error.
pub(crate) async fn error<O: Operation>(driver: &MemoryDriver, operation: O) -> DriverError
where
    O::Output: std::fmt::Debug,
{
    driver.run(operation).await.unwrap_err()
}

/// Runs an operation that fails validation and returns the message.
pub(crate) async fn validation_message<O: Operation>(driver: &MemoryDriver, operation: O) -> String
where
    O::Output: std::fmt::Debug,
{
    let error = error(driver, operation).await;
    assert_eq!(*error.kind(), DriverErrorKind::Validation, "{error}");
    error.message().to_owned()
}

pub(crate) fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

/// Returns the values of a number attribute, in the order of the items.
pub(crate) fn numbers(items: &[Item], name: &str) -> Vec<i64> {
    items.iter().map(|item| item.get(name).unwrap().as_n().unwrap().to_i128().unwrap().try_into().unwrap()).collect()
}
