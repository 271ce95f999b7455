//! Concurrent puts, and puts whose future is dropped.

use std::time::Duration;

use futures_util::future::join_all;

use super::prelude::*;

case!("put_item/creates_an_item_once_under_concurrency", Theme::Condition, creates_an_item_once_under_concurrency);
case!(
    "put_item/an_abandoned_write_is_applied_completely_or_not_at_all",
    Theme::Index,
    an_abandoned_write_is_applied_completely_or_not_at_all
);

/// Fails if two concurrent conditional puts of one item both succeed.
async fn creates_an_item_once_under_concurrency(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for round in 0..5 {
        let id = format!("user {round}");
        let puts = (0..10).map(|by| {
            let condition = Some(Condition::AttributeNotExists(path("id")));
            cx.driver().run(PutItem { condition, ..PutItem::new(&table, user_key(&id).with("by", by)) })
        });
        let successful: Vec<usize> =
            join_all(puts).await.iter().enumerate().filter(|(_, put)| put.is_ok()).map(|(by, _)| by).collect();
        ensure_eq("number of successful puts", successful.len(), 1)?;
        let items = get_item(&cx, &table, user_key(&id)).await?;
        ensure_eq("writer of the item", number_values(&Vec::from_iter(items), "by"), [i64::try_from(successful[0])?])?;
    }
    Ok(())
}

/// Fails if a write whose future was dropped reaches the table but not its index.
async fn an_abandoned_write_is_applied_completely_or_not_at_all(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for at in 0..10 {
        let put = cx.driver().run(PutItem::new(&table, indexed_item("a", at, "k", at)));
        // The timeouts range from aborting before the request is sent to receiving the response.
        let time = Duration::from_micros(u64::try_from(at)? * 200);
        drop(tokio::time::timeout(time, put).await);
    }
    // A write that is still in flight is applied eventually. A write that was applied in part stays so.
    let mut seen = (Vec::new(), Vec::new());
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let in_index = query_all(&cx, Query { consistent: true, ..index_query(&table, "local_all", "a") }).await?;
        let in_table = query_all(&cx, partition_query(&table, "a")).await?;
        if in_index == in_table {
            return Ok(());
        }
        seen = (range_keys(&in_index), range_keys(&in_table));
    }
    ensure_eq("range keys in the index", seen.0, seen.1)
}
