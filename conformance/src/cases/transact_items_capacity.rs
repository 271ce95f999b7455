//! Consumed capacity of `TransactGetItems` and `TransactWriteItems`.

use djamodb_core::plan::ConsumedCapacity;

use super::prelude::*;

case!(
    "transact_get_items/consumes_twice_the_capacity_of_consistent_reads",
    Theme::Capacity,
    consumes_twice_the_capacity_of_consistent_reads
);
case!(
    "transact_write_items/consumes_twice_the_capacity_of_single_writes",
    Theme::Capacity,
    consumes_twice_the_capacity_of_single_writes
);
case!(
    "transact_write_items/consumes_the_capacity_of_indexes_once",
    Theme::Capacity,
    consumes_the_capacity_of_indexes_once
);
case!(
    "transact_write_items/consumes_write_capacity_for_checked_items",
    Theme::Capacity,
    consumes_write_capacity_for_checked_items
);
case!(
    "transact_write_items/consumes_read_capacity_for_a_replayed_request",
    Theme::Capacity,
    consumes_read_capacity_for_a_replayed_request
);
case!(
    "transact_write_items/a_replayed_request_consumes_capacity_by_the_larger_item_of_each_action",
    Theme::Capacity,
    a_replayed_request_consumes_capacity_by_the_larger_item_of_each_action
);

fn as_read_units(cx: &Context, consumed: ConsumedCapacity) -> ConsumedCapacity {
    let has_kind = !cx.deviates("transactions-report-no-kinds-of-units");
    ConsumedCapacity { read_units: has_kind.then_some(consumed.units), ..consumed }
}

fn as_write_units(cx: &Context, consumed: ConsumedCapacity) -> ConsumedCapacity {
    let has_kind = !cx.deviates("transactions-report-no-kinds-of-units");
    ConsumedCapacity { write_units: has_kind.then_some(consumed.units), ..consumed }
}

fn put(table: &Name, item: Item) -> TransactWriteItem {
    TransactPut::new(table, item).into()
}

fn with_index_capacity(write: TransactWriteItems) -> TransactWriteItems {
    TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..write }
}

/// Returns a token that no other case uses. Servers keep tokens across tables.
fn token(cx: &Context) -> String {
    format!("{:x<30}", cx.table_name("")).chars().take(30).collect()
}

/// Fails if a transaction consumes the capacity of single reads.
async fn consumes_twice_the_capacity_of_consistent_reads(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_other_users(&cx).await?);
    put_all(&cx, &first, [("a", 20), ("b", 4096), ("c", 4097)].map(|(id, bytes)| item_of_size(user_key(id), bytes)))
        .await?;
    let gets = ["a", "b", "c", "none"].map(|id| TransactGet::new(&first, user_key(id)));
    let gets = gets.into_iter().chain([TransactGet::new(&second, user_key("none"))]);
    let requesting =
        |detail| TransactGetItems { return_consumed_capacity: detail, ..TransactGetItems::new(gets.clone()) };
    let mut expected = [
        as_read_units(&cx, expected_capacity(&first, 10.0, &[], &[])),
        as_read_units(&cx, expected_capacity(&second, 2.0, &[], &[])),
    ];
    expected.sort_by(|left, right| left.table.cmp(&right.table));
    ensure_eq(
        "capacity of both tables",
        cx.consumed_capacity(requesting(ReturnConsumedCapacity::Indexes)).await?,
        expected,
    )?;
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(requesting(ReturnConsumedCapacity::None)).await?, [])
}

/// Fails if a transaction consumes the capacity of single writes.
async fn consumes_twice_the_capacity_of_single_writes(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [item_of_size(user_key("b"), 3000), user_key("c"), user_key("d")]).await?;
    let write = TransactWriteItems::new([
        put(&table, item_of_size(user_key("a"), 1025)),
        TransactUpdate::new(&table, user_key("b"), Update::new().remove(path("payload"))).into(),
        TransactDelete::new(&table, user_key("c")).into(),
        ConditionCheck::new(&table, user_key("d"), Condition::AttributeExists(path("id"))).into(),
    ]);
    let check = if cx.deviates("condition-checks-beside-writes-consume-nothing") { 0.0 } else { 2.0 };
    let expected = as_write_units(&cx, ConsumedCapacity::total(&table, 4.0 + 6.0 + 2.0 + check));
    ensure_eq("capacity of all actions", cx.consumed_capacity(write.clone()).await?, [expected])?;
    let put = TransactWriteItems::new([put(&table, user_key("a"))]);
    let none = TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::None, ..put };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(none).await?, [])
}

/// Fails if index entries consume twice the capacity that they consume outside a transaction.
async fn consumes_the_capacity_of_indexes_once(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let of_table = 2.0;
    let of_index = if cx.deviates("transactional-index-writes-consume-two-units") { 2.0 } else { 1.0 };
    let write = |kind: &str, heat: i32| {
        with_index_capacity(TransactWriteItems::new([put(&table, indexed_item("a", 1, kind, heat))]))
    };
    ensure_eq(
        "capacity of a new item",
        cx.consumed_capacity(write("k", 1)).await?,
        [as_write_units(&cx, expected_capacity_with_all_indexes(&table, of_table, of_index))],
    )?;
    ensure_eq(
        "capacity of the same item again",
        cx.consumed_capacity(write("k", 1)).await?,
        [as_write_units(&cx, expected_capacity(&table, of_table, &[], &[]))],
    )?;
    ensure_eq(
        "capacity of a change of all index keys, each a removal and a write",
        cx.consumed_capacity(write("l", 2)).await?,
        [as_write_units(&cx, expected_capacity_with_all_indexes(&table, of_table, 2.0 * of_index))],
    )
}

/// Fails if checking a condition on a large item consumes the capacity of a small item, or of reading it.
async fn consumes_write_capacity_for_checked_items(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deviates = cx.deviates("condition-checks-consume-two-units-per-4-kb");
    for (bytes, units, deviating) in [(1024, 2.0, 2.0), (1025, 4.0, 2.0), (9000, 18.0, 6.0)] {
        put_all(&cx, &table, [item_of_size(user_key("a"), bytes)]).await?;
        let check = ConditionCheck::new(&table, user_key("a"), Condition::AttributeExists(path("id")));
        let write = TransactWriteItems::new([check.into()]);
        let expected = ConsumedCapacity::total(&table, if deviates { deviating } else { units });
        ensure_eq(
            format!("capacity of checking {bytes} bytes"),
            cx.consumed_capacity(write).await?,
            [as_write_units(&cx, expected)],
        )?;
    }
    Ok(())
}

/// Fails if a replayed request consumes write capacity, or none.
async fn consumes_read_capacity_for_a_replayed_request(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let write = TransactWriteItems::new([put(&table, item_of_size(user_key("a"), 1500))]).with_token(token(&cx));
    let expected = as_write_units(&cx, ConsumedCapacity::total(&table, 4.0));
    ensure_eq("capacity of the first request", cx.consumed_capacity(write.clone()).await?, [expected])?;
    ensure_eq(
        "capacity of the replayed request",
        cx.consumed_capacity(write).await?,
        [as_read_units(&cx, ConsumedCapacity::total(&table, 2.0))],
    )
}

/// Fails if a replay consumes capacity by the keys of the request, or by the items that the transaction left.
async fn a_replayed_request_consumes_capacity_by_the_larger_item_of_each_action(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let check = ConditionCheck::new(&table, user_key("a"), Condition::AttributeExists(path("id")));
    let shrink = TransactUpdate::new(&table, user_key("a"), Update::new().remove(path("payload")));
    let deviates = cx.deviates("replays-read-the-current-items");
    let actions: [(&str, TransactWriteItem, f64, f64); 5] = [
        ("a delete", TransactDelete::new(&table, user_key("a")).into(), 6.0, 2.0),
        ("a delete of a missing item", TransactDelete::new(&table, user_key("none")).into(), 2.0, 2.0),
        ("a put of a smaller item", put(&table, user_key("a")), 6.0, 2.0),
        ("an update that shrinks the item", shrink.into(), 6.0, 2.0),
        ("a condition check", check.into(), 6.0, 6.0),
    ];
    for (at, (what, action, expected, deviating)) in actions.into_iter().enumerate() {
        put_all(&cx, &table, [item_of_size(user_key("a"), 9000)]).await?;
        let write = TransactWriteItems::new([action]).with_token(format!("{}{at}", token(&cx)));
        cx.run(write.clone()).await?;
        let expected = ConsumedCapacity::total(&table, if deviates { deviating } else { expected });
        ensure_eq(
            format!("capacity of {what}, replayed"),
            cx.consumed_capacity(write).await?,
            [as_read_units(&cx, expected)],
        )?;
    }
    Ok(())
}
