//! Tables, items and reads that many cases share.

use std::collections::BTreeMap;
use std::panic::Location;

use djamodb_core::driver::{BoxFuture, DriverExt};
use djamodb_core::expression::{Comparator, Condition, KeyCondition, Path};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, GetItem, PutItem, Query, QueryOutput, Scan, ScanOutput, TableKeys, TableWrites,
};
use djamodb_core::schema::{
    GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, ScalarType, TableSchema,
};
use djamodb_core::value::{Item, Name};

use crate::{CaseResult, Context, Failure};

/// Maximum number of pages that a helper reads before it fails, so that a driver without an end of pages cannot hang a case.
const PAGES_MAX: usize = 1000;

/// Creates the table `users` with the key `id` (S).
pub(crate) async fn create_users(cx: &Context) -> Result<Name, Failure> {
    cx.create_table(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await
}

/// Creates the table `also_users` with the key `id` (S).
pub(crate) async fn create_other_users(cx: &Context) -> Result<Name, Failure> {
    cx.create_table(TableSchema::new("also_users", KeySchema::hash(KeyAttribute::s("id")))).await
}

/// Creates the table `events` with the key `id` (S) and `at` (N).
pub(crate) async fn create_events(cx: &Context) -> Result<Name, Failure> {
    create_events_with_range_key(cx, ScalarType::N).await
}

/// Creates the table `events` with the key `id` (S) and `at` of the given type.
pub(crate) async fn create_events_with_range_key(cx: &Context, scalar: ScalarType) -> Result<Name, Failure> {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::new("at", scalar));
    cx.create_table(TableSchema::new("events", key)).await
}

/// The schema of the table that [`create_indexed`] creates.
pub(crate) fn indexed_schema() -> TableSchema {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("at"));
    let by_kind = || KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("heat"));
    let by_heat = || KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n("heat"));
    let note = || IndexProjection::Include(vec!["note".into()]);
    let mut schema = TableSchema::new("indexed", key);
    schema.global_indexes = vec![
        GlobalIndex::new("global_all", by_kind(), IndexProjection::All),
        GlobalIndex::new("global_keys", by_kind(), IndexProjection::KeysOnly),
        GlobalIndex::new("global_note", by_kind(), note()),
    ];
    schema.local_indexes = vec![
        LocalIndex::new("local_all", by_heat(), IndexProjection::All),
        LocalIndex::new("local_keys", by_heat(), IndexProjection::KeysOnly),
        LocalIndex::new("local_note", by_heat(), note()),
    ];
    schema
}

/// Creates the table `indexed` with the key `id` (S) and `at` (N), and six indexes.
///
/// The global indexes have the key `kind` (S) and `heat` (N), the local indexes the range key `heat`. Of each three, one projects
/// all attributes (`…_all`), one the keys (`…_keys`), and one the keys and `note` (`…_note`).
pub(crate) async fn create_indexed(cx: &Context) -> Result<Name, Failure> {
    cx.create_table(indexed_schema()).await
}

/// A key of the tables `events` and `indexed`.
pub(crate) fn key(id: &str, at: i32) -> Item {
    Item::new().with("id", id).with("at", at)
}

/// An item of the table `indexed` that is in all six indexes.
pub(crate) fn indexed_item(id: &str, at: i32, kind: &str, heat: i32) -> Item {
    key(id, at).with("kind", kind).with("heat", heat)
}

/// A key of the table `users`.
pub(crate) fn user_key(id: &str) -> Item {
    Item::new().with("id", id)
}

/// Returns a condition that is invalid for every item: it orders Boolean values, which have no order.
pub(crate) fn unordered() -> Condition {
    Condition::compare(path("x"), Comparator::Lt, true)
}

/// Parses a path that is a literal in a case.
pub(crate) fn path(text: &str) -> Path {
    Path::parse(text).expect("paths in cases are valid")
}

/// Writes items one after the other with `PutItem`.
///
/// The future is boxed so that it does not hold the iterator, whose closures may not be `Send`.
#[track_caller]
pub(crate) fn put_all<'a>(
    cx: &'a Context,
    table: &'a Name,
    items: impl IntoIterator<Item = Item>,
) -> BoxFuture<'a, CaseResult> {
    let (at, items) = (Location::caller(), items.into_iter().collect::<Vec<Item>>());
    Box::pin(async move {
        for item in items {
            let put = cx.driver().run(PutItem::new(table, item)).await;
            put.map_err(|error| Failure::at(at, format_args!("unexpected error: {error}")))?;
        }
        Ok(())
    })
}

/// Runs `BatchGetItem` until no key is unprocessed. Returns the items of each table in no particular order.
pub(crate) async fn batch_get_all(
    cx: &Context,
    requests: impl IntoIterator<Item = TableKeys>,
) -> Result<BTreeMap<Name, Vec<Item>>, Failure> {
    let mut requests: Vec<TableKeys> = requests.into_iter().collect();
    let mut found: BTreeMap<Name, Vec<Item>> = BTreeMap::new();
    for _ in 0..PAGES_MAX {
        let output = cx.run(BatchGetItem::new(requests)).await?;
        for (table, items) in output.items {
            found.entry(table).or_default().extend(items);
        }
        if output.unprocessed.is_empty() {
            return Ok(found);
        }
        requests = output.unprocessed;
    }
    Err(Failure::new(format_args!("keys are still unprocessed after {PAGES_MAX} requests")))
}

/// Runs `BatchWriteItem` until no write is unprocessed.
pub(crate) async fn batch_write_all(cx: &Context, requests: impl IntoIterator<Item = TableWrites>) -> CaseResult {
    let mut requests: Vec<TableWrites> = requests.into_iter().collect();
    for _ in 0..PAGES_MAX {
        let output = cx.run(BatchWriteItem::new(requests)).await?;
        if output.unprocessed.is_empty() {
            return Ok(());
        }
        requests = output.unprocessed;
    }
    Err(Failure::new(format_args!("writes are still unprocessed after {PAGES_MAX} requests")))
}

/// Returns the item stored at `key`, or `None` if there is none. The read is strongly consistent.
pub(crate) async fn get_item(cx: &Context, table: &Name, key: Item) -> Result<Option<Item>, Failure> {
    Ok(cx.run(GetItem { consistent: true, ..GetItem::new(table, key) }).await?.item)
}

/// A strongly consistent query of the partition `id` of the table `events` or `indexed`.
pub(crate) fn partition_query(table: &Name, id: &str) -> Query {
    Query { consistent: true, ..Query::new(table, KeyCondition::hash("id", id)) }
}

/// A query of an index of the table `indexed` by its hash key.
pub(crate) fn index_query(table: &Name, index: &'static str, hash: &str) -> Query {
    let attribute = if index.starts_with("local") { "id" } else { "kind" };
    Query { index: Some(Name::from_static(index)), ..Query::new(table, KeyCondition::hash(attribute, hash)) }
}

/// Returns all pages of a query.
pub(crate) async fn query_pages(cx: &Context, mut query: Query) -> Result<Vec<QueryOutput>, Failure> {
    let mut pages = Vec::new();
    while pages.len() < PAGES_MAX {
        let page = cx.run(query.clone()).await?;
        query.exclusive_start_key.clone_from(&page.last_evaluated_key);
        pages.push(page);
        if query.exclusive_start_key.is_none() {
            return Ok(pages);
        }
    }
    Err(Failure::new(format_args!("the pages do not end after {PAGES_MAX} requests")))
}

/// Returns the items of all pages of a query.
pub(crate) async fn query_all(cx: &Context, query: Query) -> Result<Vec<Item>, Failure> {
    Ok(query_pages(cx, query).await?.into_iter().flat_map(|page| page.items).collect())
}

/// Returns all pages of a scan.
pub(crate) async fn scan_pages(cx: &Context, mut scan: Scan) -> Result<Vec<ScanOutput>, Failure> {
    let mut pages = Vec::new();
    while pages.len() < PAGES_MAX {
        let page = cx.run(scan.clone()).await?;
        scan.exclusive_start_key.clone_from(&page.last_evaluated_key);
        pages.push(page);
        if scan.exclusive_start_key.is_none() {
            return Ok(pages);
        }
    }
    Err(Failure::new(format_args!("the pages do not end after {PAGES_MAX} requests")))
}

/// Returns the items of all pages of a scan, in no particular order.
pub(crate) async fn scan_all(cx: &Context, scan: Scan) -> Result<Vec<Item>, Failure> {
    Ok(scan_pages(cx, scan).await?.into_iter().flat_map(|page| page.items).collect())
}

/// Returns the values of the number attribute `name` in the order of the items, `i64::MIN` for an item without it.
pub(crate) fn number_values(items: &[Item], name: &str) -> Vec<i64> {
    let number = |item: &Item| item.get(name)?.as_n()?.to_i128().and_then(|number| number.try_into().ok());
    items.iter().map(|item| number(item).unwrap_or(i64::MIN)).collect()
}

/// Returns the range keys of items of the table `events` or `indexed`, in the order of the items.
pub(crate) fn range_keys(items: &[Item]) -> Vec<i64> {
    number_values(items, "at")
}

/// Returns the range keys in ascending order, for items that were read in no particular order.
pub(crate) fn sorted_range_keys(items: &[Item]) -> Vec<i64> {
    let mut ats = range_keys(items);
    ats.sort_unstable();
    ats
}

/// Returns the values of the attribute `id` in ascending order.
pub(crate) fn sorted_ids(items: &[Item]) -> Vec<&str> {
    let mut ids: Vec<&str> = items.iter().filter_map(|item| item.get("id")?.as_s()).collect();
    ids.sort_unstable();
    ids
}
