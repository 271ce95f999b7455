//! `DeleteItem`: what it costs.

use super::prelude::*;

case!("delete_item/costs_a_unit_for_each_kb_of_what_was_there", Theme::Capacity, steps);
case!("delete_item/entries_of_indexes_cost_units_of_their_own", Theme::Capacity, indexes);
case!("delete_item/tells_no_cost_that_was_not_asked_for", Theme::Capacity, told);

/// A bill would not be foreseen: deleting would look as if it were free.
async fn steps(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let delete = || DeleteItem::new(&table, user_key("a"));
    for (bytes, expected) in [(20, 1.0), (1024, 1.0), (1025, 2.0), (3000, 3.0)] {
        put_all(&cx, &table, [item_of_size(user_key("a"), bytes)]).await?;
        ensure_eq(format!("of {bytes} bytes"), consumed_units(&cx, delete()).await?, expected)?;
    }
    ensure_eq("of what is not there", consumed_units(&cx, delete()).await?, 1.0)
}

/// What indexes cost would be found on the bill alone.
async fn indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5), key("a", 2)]).await?;
    for (at, expected) in
        [(1, expected_capacity_with_all_indexes(&table, 1.0, 1.0)), (2, expected_capacity(&table, 1.0, &[], &[]))]
    {
        let delete = DeleteItem::new(&table, key("a", at));
        let asking = DeleteItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..delete };
        ensure_eq("the charge", cx.consumed_capacity(asking).await?, [expected])?;
    }
    Ok(())
}

/// Whoever asked for nothing would be told something.
async fn told(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let delete = || DeleteItem {
        return_consumed_capacity: ReturnConsumedCapacity::None,
        ..DeleteItem::new(&table, user_key("a"))
    };
    ensure_eq("nothing", cx.consumed_capacity(delete()).await?, [])?;
    let told = cx.consumed_capacity(delete()).await?;
    let is_told = cx.deviates("deleting-nothing-tells-its-cost");
    ensure_eq("of what is not there", told.len(), usize::from(is_told))
}
