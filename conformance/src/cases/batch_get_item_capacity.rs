//! `BatchGetItem`: what it costs.

use super::prelude::*;

case!("batch_get_item/costs_as_much_as_reading_one_by_one", Theme::Capacity, one_by_one);
case!("batch_get_item/a_missing_item_costs_as_much_as_a_small_one", Theme::Capacity, missing);

/// What each table costs, asked one by one.
async fn totals(cx: &Context, keys: &[TableKeys]) -> Result<Vec<(Name, f64)>, Failure> {
    let mut totals = Vec::new();
    for keys in keys {
        // Table by table, so that each is seen for itself.
        let charged = cx.charged(BatchGetItem::new([keys.clone()])).await?;
        totals.extend(charged.into_iter().map(|charged| (charged.table, charged.units)));
    }
    Ok(totals)
}

/// A batch would be taken for a way to save.
async fn one_by_one(cx: Context) -> CaseResult {
    let (first, second) = (users(&cx).await?, also_users(&cx).await?);
    let items = || [("a", 100), ("b", 4097), ("c", 100)].map(|(id, bytes)| sized(user(id), bytes));
    put_all(&cx, &first, items()).await?;
    put_all(&cx, &second, items()).await?;
    let eventual = TableKeys::new(&first, ["a", "b", "c"].map(user));
    let consistent = TableKeys { consistent: true, ..TableKeys::new(&second, ["a", "b"].map(user)) };
    let each = totals(&cx, &[eventual.clone(), consistent.clone()]).await?;
    same("each table", each, [(first.clone(), 2.0), (second.clone(), 3.0)])?;
    let asking = |returned| {
        let requests = [eventual.clone(), consistent.clone()];
        BatchGetItem { return_consumed_capacity: returned, ..BatchGetItem::new(requests) }
    };
    let mut expected = [charge(&first, 2.0, &[], &[]), charge(&second, 3.0, &[], &[])];
    expected.sort_by(|left, right| left.table.cmp(&right.table));
    same("both", cx.charged(asking(ReturnConsumedCapacity::Indexes)).await?, expected)?;
    same("nothing", cx.charged(asking(ReturnConsumedCapacity::None)).await?, [])
}

/// Asking for what is not there would look as if it were free.
async fn missing(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let keys = |consistent| TableKeys { consistent, ..TableKeys::new(&table, ["a", "b"].map(user)) };
    let unit = if cx.deviates("batches-miss-for-nothing") { 0.0 } else { 1.0 };
    same("eventually", units(&cx, BatchGetItem::new([keys(false)])).await?, unit)?;
    same("consistently", units(&cx, BatchGetItem::new([keys(true)])).await?, 2.0 * unit)
}
