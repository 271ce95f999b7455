//! Consumed capacity of `BatchWriteItem`.

use super::prelude::*;

case!(
    "batch_write_item/consumes_the_capacity_of_single_writes",
    Theme::Capacity,
    consumes_the_capacity_of_single_writes
);
case!(
    "batch_write_item/consumes_a_unit_for_deleting_a_missing_item",
    Theme::Capacity,
    consumes_a_unit_for_deleting_a_missing_item
);

fn with_index_capacity(requests: impl IntoIterator<Item = TableWrites>) -> BatchWriteItem {
    BatchWriteItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..BatchWriteItem::new(requests) }
}

/// Fails if a batch consumes less or more capacity than single writes.
async fn consumes_the_capacity_of_single_writes(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_indexed(&cx).await?);
    put_all(&cx, &first, [item_of_size(user_key("a"), 3000), item_of_size(user_key("b"), 1500)]).await?;
    put_all(&cx, &second, [indexed_item("a", 1, "k", 1)]).await?;
    let of_first = [
        WriteRequest::Put(user_key("a")),
        WriteRequest::Delete(user_key("b")),
        WriteRequest::Put(item_of_size(user_key("c"), 1025)),
    ];
    let of_second = [WriteRequest::Put(indexed_item("a", 1, "k", 2)), WriteRequest::Put(key("a", 2))];
    let write = with_index_capacity([TableWrites::new(&first, of_first), TableWrites::new(&second, of_second)]);
    let mut expected =
        [expected_capacity(&first, 7.0, &[], &[]), expected_capacity_with_all_indexes(&second, 2.0, 2.0)];
    expected.sort_by(|left, right| left.table.cmp(&right.table));
    let again = BatchWriteItem { return_consumed_capacity: ReturnConsumedCapacity::None, ..write.clone() };
    ensure_eq("capacity of both tables", cx.consumed_capacity(write).await?, expected)?;
    let puts = TableWrites::new(&first, [WriteRequest::Put(user_key("a"))]);
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(BatchWriteItem { requests: vec![puts], ..again }).await?, [])
}

/// Fails if deleting a missing item consumes no capacity.
async fn consumes_a_unit_for_deleting_a_missing_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deletes = ["a", "b"].map(|id| WriteRequest::Delete(user_key(id)));
    let each = if cx.deviates("batch-deletes-of-missing-items-consume-two-units") { 2.0 } else { 1.0 };
    ensure_eq(
        "capacity of two deletes",
        consumed_units(&cx, BatchWriteItem::new([TableWrites::new(&table, deletes)])).await?,
        2.0 * each,
    )
}
