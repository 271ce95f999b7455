//! Item collection metrics of writes.

use djamodb_core::plan::ItemCollectionMetrics;

use super::prelude::*;

case!(
    "put_item/returns_item_collection_metrics_if_requested",
    Theme::Capacity,
    put_item_returns_item_collection_metrics_if_requested
);
case!(
    "update_item/returns_item_collection_metrics_if_requested",
    Theme::Capacity,
    update_item_returns_item_collection_metrics_if_requested
);
case!(
    "delete_item/returns_item_collection_metrics_if_requested",
    Theme::Capacity,
    delete_item_returns_item_collection_metrics_if_requested
);
case!(
    "batch_write_item/returns_item_collection_metrics_if_requested",
    Theme::Capacity,
    batch_write_item_returns_item_collection_metrics_if_requested
);
case!(
    "transact_write_items/returns_item_collection_metrics_if_requested",
    Theme::Capacity,
    transact_write_items_returns_item_collection_metrics_if_requested
);

type Metrics = Option<ItemCollectionMetrics>;

/// Returns the metrics of a small collection, or `None` if the backend does not return metrics.
fn metrics_of_small_collection(cx: &Context, id: &str) -> Metrics {
    let metrics = ItemCollectionMetrics { key: user_key(id), size_estimate_range_gb: (0.0, 1.0) };
    (!cx.deviates("no-item-collection-metrics")).then_some(metrics)
}

fn put_into(table: &Name, item: Item, requested: bool) -> PutItem {
    PutItem { return_item_collection_metrics: requested, ..PutItem::new(table, item) }
}

/// Fails if the size of the item collection, which is limited to 10 GB, is missing or unrequested.
async fn put_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let metrics = |requested| cx.run(put_into(&table, key("a", 1), requested));
    ensure_eq(
        "metrics with request",
        metrics(true).await?.item_collection_metrics,
        metrics_of_small_collection(&cx, "a"),
    )?;
    ensure_eq("metrics without request", metrics(false).await?.item_collection_metrics, None)?;
    let without = create_users(&cx).await?;
    let output = cx.run(put_into(&without, user_key("a"), true)).await?;
    ensure_eq("metrics of a table without local indexes", output.item_collection_metrics, None)
}

/// Fails if the size of the item collection is missing or unrequested.
async fn update_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let update = |requested| UpdateItem {
        return_item_collection_metrics: requested,
        ..UpdateItem::new(&table, key("a", 1), Update::new().add(path("n"), 1))
    };
    ensure_eq(
        "metrics with request",
        cx.run(update(true)).await?.item_collection_metrics,
        metrics_of_small_collection(&cx, "a"),
    )?;
    ensure_eq("metrics without request", cx.run(update(false)).await?.item_collection_metrics, None)
}

/// Fails if the size of the item collection is missing or unrequested.
async fn delete_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..2).map(|at| key("a", at))).await?;
    let delete = |at, requested| DeleteItem {
        return_item_collection_metrics: requested,
        ..DeleteItem::new(&table, key("a", at))
    };
    ensure_eq(
        "metrics with request",
        cx.run(delete(0, true)).await?.item_collection_metrics,
        metrics_of_small_collection(&cx, "a"),
    )?;
    ensure_eq("metrics without request", cx.run(delete(1, false)).await?.item_collection_metrics, None)
}

/// Returns the expected metrics: each item collection once, and none for a table without local indexes.
fn expected(cx: &Context, table: &Name) -> Vec<(Name, Metrics)> {
    match metrics_of_small_collection(cx, "a") {
        None => Vec::new(),
        metrics => vec![(table.clone(), metrics), (table.clone(), metrics_of_small_collection(cx, "b"))],
    }
}

fn sorted_metrics(metrics: Vec<(Name, Vec<ItemCollectionMetrics>)>) -> Vec<(Name, Metrics)> {
    let mut sorted: Vec<(Name, Metrics)> = metrics
        .into_iter()
        .flat_map(|(table, all)| all.into_iter().map(move |of_collection| (table.clone(), Some(of_collection))))
        .collect();
    sorted.sort_by_key(|(_, of_collection)| {
        of_collection.as_ref().map(|of_collection| format!("{:?}", of_collection.key))
    });
    sorted
}

/// Fails if an item collection is missing, duplicated or unrequested.
async fn batch_write_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(WriteRequest::Put);
    let requests = [TableWrites::new(&table, puts), TableWrites::new(&without, [WriteRequest::Put(user_key("a"))])];
    let write = |requested| BatchWriteItem {
        return_item_collection_metrics: requested,
        ..BatchWriteItem::new(requests.clone())
    };
    ensure_eq(
        "metrics with request",
        sorted_metrics(cx.run(write(true)).await?.item_collection_metrics),
        expected(&cx, &table),
    )?;
    ensure_eq("metrics without request", cx.run(write(false)).await?.item_collection_metrics, [])
}

/// Fails if an item collection is missing, duplicated or unrequested.
async fn transact_write_items_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(|item| TransactPut::new(&table, item).into());
    let actions = || puts.clone().into_iter().chain([TransactPut::new(&without, user_key("a")).into()]);
    let write = |requested| TransactWriteItems {
        return_item_collection_metrics: requested,
        ..TransactWriteItems::new(actions())
    };
    ensure_eq(
        "metrics with request",
        sorted_metrics(cx.run(write(true)).await?.item_collection_metrics),
        expected(&cx, &table),
    )?;
    ensure_eq("metrics without request", cx.run(write(false)).await?.item_collection_metrics, [])
}
