//! `DeleteItem`: what it costs.

use super::prelude::*;

case!("delete_item/costs_a_unit_for_each_kb_of_what_was_there", Theme::Capacity, steps);
case!("delete_item/entries_of_indexes_cost_units_of_their_own", Theme::Capacity, indexes);
case!("delete_item/tells_no_cost_that_was_not_asked_for", Theme::Capacity, told);

/// A bill would not be foreseen: deleting would look as if it were free.
async fn steps(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let delete = || DeleteItem::new(&table, user("a"));
    for (bytes, expected) in [(20, 1.0), (1024, 1.0), (1025, 2.0), (3000, 3.0)] {
        put_all(&cx, &table, [sized(user("a"), bytes)]).await?;
        same(format!("of {bytes} bytes"), units(&cx, delete()).await?, expected)?;
    }
    same("of what is not there", units(&cx, delete()).await?, 1.0)
}

/// What indexes cost would be found on the bill alone.
async fn indexes(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 5), key("a", 2)]).await?;
    for (at, expected) in [(1, charge_all(&table, 1.0, 1.0)), (2, charge(&table, 1.0, &[], &[]))] {
        let delete = DeleteItem::new(&table, key("a", at));
        let asking = DeleteItem { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..delete };
        same("the charge", cx.charged(asking).await?, [expected])?;
    }
    Ok(())
}

/// Whoever asked for nothing would be told something.
async fn told(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    put_all(&cx, &table, [user("a")]).await?;
    let delete =
        || DeleteItem { return_consumed_capacity: ReturnConsumedCapacity::None, ..DeleteItem::new(&table, user("a")) };
    same("nothing", cx.charged(delete()).await?, [])?;
    let told = cx.charged(delete()).await?;
    let is_told = cx.deviates("deleting-nothing-tells-its-cost");
    same("of what is not there", told.len(), usize::from(is_told))
}
