//! Consumed capacity of `DeleteItem`.

use super::prelude::*;

case!(
    "delete_item/consumes_a_unit_for_each_kb_of_the_deleted_item",
    Theme::Capacity,
    consumes_a_unit_for_each_kb_of_the_deleted_item
);
case!("delete_item/consumes_capacity_of_indexes", Theme::Capacity, consumes_capacity_of_indexes);
case!("delete_item/returns_no_capacity_unless_requested", Theme::Capacity, returns_no_capacity_unless_requested);

/// Fails if a delete consumes capacity by another size than that of the deleted item.
async fn consumes_a_unit_for_each_kb_of_the_deleted_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let delete = || DeleteItem::new(&table, user_key("a"));
    for (bytes, expected) in [(20, 1.0), (1024, 1.0), (1025, 2.0), (3000, 3.0)] {
        put_all(&cx, &table, [item_of_size(user_key("a"), bytes)]).await?;
        ensure_eq(format!("capacity with an item of {bytes} bytes"), consumed_units(&cx, delete()).await?, expected)?;
    }
    ensure_eq("missing item", consumed_units(&cx, delete()).await?, 1.0)
}

/// Fails if the capacity of index entries is missing, or is consumed for an item without entries.
async fn consumes_capacity_of_indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5), key("a", 2)]).await?;
    for (at, expected) in
        [(1, expected_capacity_with_all_indexes(&table, 1.0, 1.0)), (2, expected_capacity(&table, 1.0, &[], &[]))]
    {
        let delete = DeleteItem::new(&table, key("a", at));
        let delete_with_index_capacity =
            DeleteItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..delete };
        ensure_eq("consumed capacity", cx.consumed_capacity(delete_with_index_capacity).await?, [expected])?;
    }
    Ok(())
}

/// Fails if consumed capacity is returned although `NONE` was requested.
async fn returns_no_capacity_unless_requested(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let delete = || DeleteItem {
        return_consumed_capacity: ReturnConsumedCapacity::None,
        ..DeleteItem::new(&table, user_key("a"))
    };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(delete()).await?, [])?;
    let consumed = cx.consumed_capacity(delete()).await?;
    let is_returned = cx.deviates("deleting-a-missing-item-returns-capacity");
    ensure_eq("missing item", consumed.len(), usize::from(is_returned))
}
