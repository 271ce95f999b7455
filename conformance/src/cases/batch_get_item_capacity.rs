//! Consumed capacity of `BatchGetItem`.

use super::prelude::*;

case!("batch_get_item/consumes_the_capacity_of_single_reads", Theme::Capacity, consumes_the_capacity_of_single_reads);
case!(
    "batch_get_item/consumes_minimum_capacity_for_missing_items",
    Theme::Capacity,
    consumes_minimum_capacity_for_missing_items
);

/// Returns the consumed capacity of each table, from one request for each.
async fn totals(cx: &Context, keys: &[TableKeys]) -> Result<Vec<(Name, f64)>, Failure> {
    let mut totals = Vec::new();
    for keys in keys {
        // Each table has its own request, so that its capacity is reported separately.
        let consumed = cx.consumed_capacity(BatchGetItem::new([keys.clone()])).await?;
        totals.extend(consumed.into_iter().map(|consumed| (consumed.table, consumed.units)));
    }
    Ok(totals)
}

/// Fails if a batch consumes less or more capacity than `GetItem` for the same keys.
async fn consumes_the_capacity_of_single_reads(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_other_users(&cx).await?);
    let items = || [("a", 100), ("b", 4097), ("c", 100)].map(|(id, bytes)| item_of_size(user_key(id), bytes));
    put_all(&cx, &first, items()).await?;
    put_all(&cx, &second, items()).await?;
    let eventual = TableKeys::new(&first, ["a", "b", "c"].map(user_key));
    let consistent = TableKeys { consistent: true, ..TableKeys::new(&second, ["a", "b"].map(user_key)) };
    let each = totals(&cx, &[eventual.clone(), consistent.clone()]).await?;
    ensure_eq("capacity of each table", each, [(first.clone(), 2.0), (second.clone(), 3.0)])?;
    let requesting = |detail| {
        let requests = [eventual.clone(), consistent.clone()];
        BatchGetItem { return_consumed_capacity: detail, ..BatchGetItem::new(requests) }
    };
    let mut expected = [expected_capacity(&first, 2.0, &[], &[]), expected_capacity(&second, 3.0, &[], &[])];
    expected.sort_by(|left, right| left.table.cmp(&right.table));
    ensure_eq(
        "capacity of both tables",
        cx.consumed_capacity(requesting(ReturnConsumedCapacity::Indexes)).await?,
        expected,
    )?;
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(requesting(ReturnConsumedCapacity::None)).await?, [])
}

/// Fails if a key without an item consumes no capacity.
async fn consumes_minimum_capacity_for_missing_items(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let keys = |consistent| TableKeys { consistent, ..TableKeys::new(&table, ["a", "b"].map(user_key)) };
    let unit = if cx.deviates("missing-batch-keys-consume-nothing") { 0.0 } else { 1.0 };
    ensure_eq("eventually consistent read", consumed_units(&cx, BatchGetItem::new([keys(false)])).await?, unit)?;
    ensure_eq("strongly consistent read", consumed_units(&cx, BatchGetItem::new([keys(true)])).await?, 2.0 * unit)
}
