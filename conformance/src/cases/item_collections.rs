//! How large item collections are told to be.

use djamodb_core::plan::ItemCollectionMetrics;

use super::prelude::*;

case!("put_item/the_size_of_the_item_collection_is_told", Theme::Capacity, put);
case!("update_item/the_size_of_the_item_collection_is_told", Theme::Capacity, update);
case!("delete_item/the_size_of_the_item_collection_is_told", Theme::Capacity, delete);
case!("batch_write_item/the_sizes_of_item_collections_are_told", Theme::Capacity, batch);
case!("transact_write_items/the_sizes_of_item_collections_are_told", Theme::Capacity, transaction);

type Metrics = Option<ItemCollectionMetrics>;

/// The metrics of a small collection, where the backend tells them.
fn small(cx: &Context, id: &str) -> Metrics {
    let metrics = ItemCollectionMetrics { key: user_key(id), size_estimate_range_gb: (0.0, 1.0) };
    (!cx.deviates("no-item-collection-metrics")).then_some(metrics)
}

fn put_into(table: &Name, item: Item, asked: bool) -> PutItem {
    PutItem { return_item_collection_metrics: asked, ..PutItem::new(table, item) }
}

/// A collection would reach 10 GB, from where on nothing can be written to it, without a warning.
async fn put(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let told = |asked| cx.run(put_into(&table, key("a", 1), asked));
    ensure_eq("asked for", told(true).await?.item_collection_metrics, small(&cx, "a"))?;
    ensure_eq("not asked for", told(false).await?.item_collection_metrics, None)?;
    let without = create_users(&cx).await?;
    let output = cx.run(put_into(&without, user_key("a"), true)).await?;
    ensure_eq("of a table without local indexes", output.item_collection_metrics, None)
}

/// The same, where items grow by updates.
async fn update(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let update = |asked| UpdateItem {
        return_item_collection_metrics: asked,
        ..UpdateItem::new(&table, key("a", 1), Update::new().add(path("n"), 1))
    };
    ensure_eq("asked for", cx.run(update(true)).await?.item_collection_metrics, small(&cx, "a"))?;
    ensure_eq("not asked for", cx.run(update(false)).await?.item_collection_metrics, None)
}

/// Whether deleting has helped could not be told.
async fn delete(cx: Context) -> CaseResult {
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

/// The same, where items come in batches.
async fn batch(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(WriteRequest::Put);
    let requests = [TableWrites::new(&table, puts), TableWrites::new(&without, [WriteRequest::Put(user_key("a"))])];
    let write =
        |asked| BatchWriteItem { return_item_collection_metrics: asked, ..BatchWriteItem::new(requests.clone()) };
    ensure_eq("asked for", each(cx.run(write(true)).await?.item_collection_metrics), expected(&cx, &table))?;
    ensure_eq("not asked for", cx.run(write(false)).await?.item_collection_metrics, [])
}

/// The same, where items come in transactions.
async fn transaction(cx: Context) -> CaseResult {
    let (table, without) = (create_indexed(&cx).await?, create_users(&cx).await?);
    let puts = [key("a", 1), key("b", 1), key("a", 2)].map(|item| TransactPut::new(&table, item).into());
    let actions = || puts.clone().into_iter().chain([TransactPut::new(&without, user_key("a")).into()]);
    let write =
        |asked| TransactWriteItems { return_item_collection_metrics: asked, ..TransactWriteItems::new(actions()) };
    ensure_eq("asked for", each(cx.run(write(true)).await?.item_collection_metrics), expected(&cx, &table))?;
    ensure_eq("not asked for", cx.run(write(false)).await?.item_collection_metrics, [])
}
