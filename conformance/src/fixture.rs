//! Tables and items that many cases use.

use std::collections::BTreeMap;
use std::panic::Location;

use djamodb_core::driver::{BoxFuture, DriverExt};
use djamodb_core::expression::{KeyCondition, Path};
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, GetItem, PutItem, Query, QueryOutput, Scan, ScanOutput, TableKeys, TableWrites,
};
use djamodb_core::schema::{
    GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, ScalarType, TableSchema,
};
use djamodb_core::value::{Item, Name};

use crate::{CaseResult, Context, Failure};

/// How many pages are followed before it is said that they do not end.
const PAGES_MAX: usize = 1000;

/// A table whose key is `id` (S).
pub(crate) async fn users(cx: &Context) -> Result<Name, Failure> {
    cx.create(TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")))).await
}

/// Another table whose key is `id` (S).
pub(crate) async fn also_users(cx: &Context) -> Result<Name, Failure> {
    cx.create(TableSchema::new("also_users", KeySchema::hash(KeyAttribute::s("id")))).await
}

/// A table whose key is `id` (S) and `at` (N).
pub(crate) async fn events(cx: &Context) -> Result<Name, Failure> {
    ranged(cx, ScalarType::N).await
}

/// A table whose key is `id` (S) and `at`, of a type.
pub(crate) async fn ranged(cx: &Context, scalar: ScalarType) -> Result<Name, Failure> {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::new("at", scalar));
    cx.create(TableSchema::new("events", key)).await
}

/// The schema of [`indexed`].
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

/// A table whose key is `id` (S) and `at` (N), with global indexes over `kind` (S) and `heat` (N) and local ones over `heat`:
/// of each kind one that holds all, one that holds the keys and one that holds `note` besides.
pub(crate) async fn indexed(cx: &Context) -> Result<Name, Failure> {
    cx.create(indexed_schema()).await
}

/// A key of [`events`] and [`indexed`].
pub(crate) fn key(id: &str, at: i32) -> Item {
    Item::new().with("id", id).with("at", at)
}

/// An item of [`indexed`] that is in every index.
pub(crate) fn entry(id: &str, at: i32, kind: &str, heat: i32) -> Item {
    key(id, at).with("kind", kind).with("heat", heat)
}

/// The key of [`users`].
pub(crate) fn user(id: &str) -> Item {
    Item::new().with("id", id)
}

/// A path that is written in a case.
pub(crate) fn path(text: &str) -> Path {
    Path::parse(text).expect("the paths in cases are paths")
}

/// Writes items, one by one.
///
/// The future is boxed so that it does not hold the iterator, whose closures few futures can hold.
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

/// Reads a batch, and again whatever is told as unprocessed. Gives the items table by table, in no order.
pub(crate) async fn read_batch(
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
    Err(Failure::new("keys are left unprocessed again and again"))
}

/// Writes a batch, and again whatever is told as unprocessed.
pub(crate) async fn write_batch(cx: &Context, requests: impl IntoIterator<Item = TableWrites>) -> CaseResult {
    let mut requests: Vec<TableWrites> = requests.into_iter().collect();
    for _ in 0..PAGES_MAX {
        let output = cx.run(BatchWriteItem::new(requests)).await?;
        if output.unprocessed.is_empty() {
            return Ok(());
        }
        requests = output.unprocessed;
    }
    Err(Failure::new("writes are left unprocessed again and again"))
}

/// Reads an item, strongly consistent.
pub(crate) async fn get(cx: &Context, table: &Name, key: Item) -> Result<Option<Item>, Failure> {
    Ok(cx.run(GetItem { consistent: true, ..GetItem::new(table, key) }).await?.item)
}

/// A query of a partition of [`events`] or [`indexed`], strongly consistent.
pub(crate) fn partition(table: &Name, id: &str) -> Query {
    Query { consistent: true, ..Query::new(table, KeyCondition::hash("id", id)) }
}

/// A query of an index of [`indexed`] by its hash attribute.
pub(crate) fn by_index(table: &Name, index: &'static str, hash: &str) -> Query {
    let attribute = if index.starts_with("local") { "id" } else { "kind" };
    Query { index: Some(Name::from_static(index)), ..Query::new(table, KeyCondition::hash(attribute, hash)) }
}

/// Every page of a query.
pub(crate) async fn pages(cx: &Context, mut query: Query) -> Result<Vec<QueryOutput>, Failure> {
    let mut pages = Vec::new();
    while pages.len() < PAGES_MAX {
        let page = cx.run(query.clone()).await?;
        query.exclusive_start_key.clone_from(&page.last_evaluated_key);
        pages.push(page);
        if query.exclusive_start_key.is_none() {
            return Ok(pages);
        }
    }
    Err(Failure::new("the pages do not end"))
}

/// Every item of a query.
pub(crate) async fn all(cx: &Context, query: Query) -> Result<Vec<Item>, Failure> {
    Ok(pages(cx, query).await?.into_iter().flat_map(|page| page.items).collect())
}

/// Every page of a scan.
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
    Err(Failure::new("the pages do not end"))
}

/// Every item of a scan, in no order that means anything.
pub(crate) async fn scan_all(cx: &Context, scan: Scan) -> Result<Vec<Item>, Failure> {
    Ok(scan_pages(cx, scan).await?.into_iter().flat_map(|page| page.items).collect())
}

/// The values of a number attribute, in the order of the items; `i64::MIN` where an item has none.
pub(crate) fn numbers(items: &[Item], name: &str) -> Vec<i64> {
    let number = |item: &Item| item.get(name)?.as_n()?.to_i128().and_then(|number| number.try_into().ok());
    items.iter().map(|item| number(item).unwrap_or(i64::MIN)).collect()
}

/// The range keys of items of [`events`] or [`indexed`].
pub(crate) fn ats(items: &[Item]) -> Vec<i64> {
    numbers(items, "at")
}

/// The same in ascending order, for what is read in no order.
pub(crate) fn sorted_ats(items: &[Item]) -> Vec<i64> {
    let mut ats = ats(items);
    ats.sort_unstable();
    ats
}

/// The texts of the attribute `id`, in order.
pub(crate) fn sorted_ids(items: &[Item]) -> Vec<&str> {
    let mut ids: Vec<&str> = items.iter().filter_map(|item| item.get("id")?.as_s()).collect();
    ids.sort_unstable();
    ids
}
