//! How large item collections are told to be.

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

/// The metrics of a small collection, where the backend tells them.
fn small(cx: &Context, id: &str) -> Metrics {
    let metrics = ItemCollectionMetrics { key: user_key(id), size_estimate_range_gb: (0.0, 1.0) };
    (!cx.deviates("no-item-collection-metrics")).then_some(metrics)
}

fn put_into(table: &Name, item: Item, asked: bool) -> PutItem {
    PutItem { return_item_collection_metrics: asked, ..PutItem::new(table, item) }
}

/// Fails if the size of the item collection, which is limited to 10 GB, is missing or unrequested.
async fn put_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let told = |asked| cx.run(put_into(&table, key("a", 1), asked));
    ensure_eq("asked for", told(true).await?.item_collection_metrics, small(&cx, "a"))?;
    ensure_eq("not asked for", told(false).await?.item_collection_metrics, None)?;
    let without = create_users(&cx).await?;
    let output = cx.run(put_into(&without, user_key("a"), true)).await?;
    ensure_eq("of a table without local indexes", output.item_collection_metrics, None)
}

/// Fails if the size of the item collection is missing or unrequested.
async fn update_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let update = |asked| UpdateItem {
        return_item_collection_metrics: asked,
        ..UpdateItem::new(&table, key("a", 1), Update::new().add(path("n"), 1))
    };
    ensure_eq("asked for", cx.run(update(true)).await?.item_collection_metrics, small(&cx, "a"))?;
    ensure_eq("not asked for", cx.run(update(false)).await?.item_collection_metrics, None)
}

/// Fails if the size of the item collection is missing or unrequested.
async fn delete_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..2).map(|at| key("a", at))).await?;
    let delete =
        |at, asked| DeleteItem { return_item_collection_metrics: asked, ..DeleteItem::new(&table, key("a", at)) };
    ensure_eq("asked for", cx.run(delete(0, true)).await?.item_collection_metrics, small(&cx, "a"))?;
    ensure_eq("not asked for", cx.run(delete(1, false)).await?.item_collection_metrics, None)
}

/// Each collection once, whichever table it is in; nothing of tables that have none.
fn expected(cx: &Context, table: &Name) -> Vec<(Name, Metrics)> {
    match small(cx, "a") {
        None => Vec::new(),
        told => vec![(table.clone(), told), (table.clone(), small(cx, "b"))],
    }
}

fn each(told: Vec<(Name, Vec<ItemCollectionMetrics>)>) -> Vec<(Name, Metrics)> {
    let mut each: Vec<(Name, Metrics)> =
        told.into_iter().flat_map(|(table, all)| all.into_iter().map(move |one| (table.clone(), Some(one)))).collect();
    each.sort_by_key(|(_, one)| one.as_ref().map(|one| format!("{:?}", one.key)));
    each
}

/// Fails if an item collection is missing, duplicated or unrequested.
async fn batch_write_item_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(WriteRequest::Put);
    let requests = [TableWrites::new(&table, puts), TableWrites::new(&without, [WriteRequest::Put(user_key("a"))])];
    let write =
        |asked| BatchWriteItem { return_item_collection_metrics: asked, ..BatchWriteItem::new(requests.clone()) };
    ensure_eq("asked for", each(cx.run(write(true)).await?.item_collection_metrics), expected(&cx, &table))?;
    ensure_eq("not asked for", cx.run(write(false)).await?.item_collection_metrics, [])
}

/// Fails if an item collection is missing, duplicated or unrequested.
async fn transact_write_items_returns_item_collection_metrics_if_requested(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(|item| TransactPut::new(&table, item).into());
    let actions = || puts.clone().into_iter().chain([TransactPut::new(&without, user_key("a")).into()]);
    let write =
        |asked| TransactWriteItems { return_item_collection_metrics: asked, ..TransactWriteItems::new(actions()) };
    ensure_eq("asked for", each(cx.run(write(true)).await?.item_collection_metrics), expected(&cx, &table))?;
    ensure_eq("not asked for", cx.run(write(false)).await?.item_collection_metrics, [])
}
