//! `TransactGetItems` and `TransactWriteItems`: what they cost.

use djamodb_core::plan::ConsumedCapacity;

use super::prelude::*;

case!("transact_get_items/costs_twice_as_much_as_a_consistent_read", Theme::Capacity, reads);
case!("transact_write_items/costs_twice_as_much_as_the_writes", Theme::Capacity, writes);
case!("transact_write_items/entries_of_indexes_cost_twice_too", Theme::Capacity, indexes);
case!("transact_write_items/what_was_done_before_costs_a_read", Theme::Capacity, done_before);

/// How much more a backend charges for writes than the service.
fn event_times(cx: &Context) -> f64 {
    if cx.deviates("transactions-write-for-four-units") { 2.0 } else { 1.0 }
}

fn reading(charged: ConsumedCapacity) -> ConsumedCapacity {
    ConsumedCapacity { read_units: Some(charged.units), ..charged }
}

fn writing(charged: ConsumedCapacity) -> ConsumedCapacity {
    ConsumedCapacity { write_units: Some(charged.units), ..charged }
}

fn put(table: &Name, item: Item) -> TransactWriteItem {
    TransactPut::new(table, item).into()
}

fn in_full(write: TransactWriteItems) -> TransactWriteItems {
    TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..write }
}

/// A bill would not be foreseen: a transaction would look as cheap as reading one by one.
async fn reads(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_other_users(&cx).await?);
    put_all(&cx, &first, [("a", 20), ("b", 4096), ("c", 4097)].map(|(id, bytes)| item_of_size(user_key(id), bytes)))
        .await?;
    let gets = ["a", "b", "c", "none"].map(|id| TransactGet::new(&first, user_key(id)));
    let gets = gets.into_iter().chain([TransactGet::new(&second, user_key("none"))]);
    let asking = |told| TransactGetItems { return_consumed_capacity: told, ..TransactGetItems::new(gets.clone()) };
    let mut expected =
        [reading(expected_capacity(&first, 10.0, &[], &[])), reading(expected_capacity(&second, 2.0, &[], &[]))];
    expected.sort_by(|left, right| left.table.cmp(&right.table));
    ensure_eq("both", cx.consumed_capacity(asking(ReturnConsumedCapacity::Indexes)).await?, expected)?;
    ensure_eq("nothing", cx.consumed_capacity(asking(ReturnConsumedCapacity::None)).await?, [])
}

/// A bill would not be foreseen: a transaction would look as cheap as writing one by one.
async fn writes(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [item_of_size(user_key("b"), 3000), user_key("c"), user_key("d")]).await?;
    let write = TransactWriteItems::new([
        put(&table, item_of_size(user_key("a"), 1025)),
        TransactUpdate::new(&table, user_key("b"), Update::new().remove(path("payload"))).into(),
        TransactDelete::new(&table, user_key("c")).into(),
        ConditionCheck::new(&table, user_key("d"), Condition::AttributeExists(path("id"))).into(),
    ]);
    let check = if cx.deviates("checks-beside-writes-are-free") { 0.0 } else { 2.0 };
    let expected = writing(ConsumedCapacity::total(&table, event_times(&cx) * (4.0 + 6.0 + 2.0 + check)));
    ensure_eq("all of them", cx.consumed_capacity(write.clone()).await?, [expected])?;
    let put = TransactWriteItems::new([put(&table, user_key("a"))]);
    let none = TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::None, ..put };
    ensure_eq("nothing", cx.consumed_capacity(none).await?, [])
}

/// What indexes cost would be found on the bill alone.
async fn indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let unit = 2.0 * event_times(&cx);
    let write = || in_full(TransactWriteItems::new([put(&table, indexed_item("a", 1, "k", 1))]));
    ensure_eq(
        "a new item",
        cx.consumed_capacity(write()).await?,
        [writing(expected_capacity_with_all_indexes(&table, unit, unit))],
    )?;
    ensure_eq(
        "the same again",
        cx.consumed_capacity(write()).await?,
        [writing(expected_capacity(&table, unit, &[], &[]))],
    )
}

/// Sending again would look as dear as the writes, or as if it were free.
async fn done_before(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let token: String = format!("{:x<30}", cx.table_name("")).chars().take(30).collect();
    let write = TransactWriteItems::new([put(&table, item_of_size(user_key("a"), 1500))]).with_token(token);
    let expected = writing(ConsumedCapacity::total(&table, 4.0 * event_times(&cx)));
    ensure_eq("the first time", cx.consumed_capacity(write.clone()).await?, [expected])?;
    ensure_eq("the second time", cx.consumed_capacity(write).await?, [reading(ConsumedCapacity::total(&table, 2.0))])
}
