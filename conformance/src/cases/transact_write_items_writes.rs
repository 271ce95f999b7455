//! Writes of `TransactWriteItems`.

use super::prelude::*;

case!("transact_write_items/applies_every_kind_of_action", Theme::Transaction, applies_every_kind_of_action);
case!("transact_write_items/writes_to_several_tables", Theme::Transaction, writes_to_several_tables);
case!("transact_write_items/replaces_whole_items", Theme::Transaction, replaces_whole_items);
case!(
    "transact_write_items/applies_writes_whose_conditions_hold",
    Theme::Transaction,
    applies_writes_whose_conditions_hold
);
case!("transact_write_items/updates_indexes", Theme::Index, updates_indexes);
case!("transact_write_items/accepts_at_most_100_actions", Theme::Transaction, accepts_at_most_100_actions);

fn add(name: &str, number: i32) -> Update {
    Update::new().add(path(name), number)
}

/// Fails if a kind of action is ignored.
async fn applies_every_kind_of_action(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, ["checked", "changed", "deleted"].map(|id| user_key(id).with("n", 1))).await?;
    let checked = ConditionCheck::new(&table, user_key("checked"), Condition::AttributeExists(path("id")));
    cx.run(TransactWriteItems::new([
        TransactPut::new(&table, user_key("put").with("n", 5)).into(),
        TransactUpdate::new(&table, user_key("changed"), add("n", 1)).into(),
        TransactUpdate::new(&table, user_key("made"), add("n", 7)).into(),
        TransactDelete::new(&table, user_key("deleted")).into(),
        TransactDelete::new(&table, user_key("never there")).into(),
        checked.into(),
    ]))
    .await?;
    for (id, expected) in
        [("put", Some(5)), ("changed", Some(2)), ("made", Some(7)), ("deleted", None), ("checked", Some(1))]
    {
        ensure_eq(id, get_item(&cx, &table, user_key(id)).await?, expected.map(|n| user_key(id).with("n", n)))?;
    }
    ensure_eq("number of items", scan_all(&cx, Scan::new(&table)).await?.len(), 4)
}

/// Fails if a write reaches another table, or equal keys of two tables count as one item.
async fn writes_to_several_tables(cx: Context) -> CaseResult {
    let (first, second, third) = (create_users(&cx).await?, create_events(&cx).await?, create_other_users(&cx).await?);
    cx.run(TransactWriteItems::new([
        TransactPut::new(&first, user_key("a").with("n", 1)).into(),
        TransactPut::new(&third, user_key("a").with("n", 2)).into(),
        TransactPut::new(&second, key("a", 3)).into(),
    ]))
    .await?;
    ensure_eq("items of the first table", scan_all(&cx, Scan::new(first)).await?, [user_key("a").with("n", 1)])?;
    ensure_eq("items of the second table", scan_all(&cx, Scan::new(second)).await?, [key("a", 3)])?;
    ensure_eq("items of the third table", scan_all(&cx, Scan::new(third)).await?, [user_key("a").with("n", 2)])
}

/// Fails if attributes of the previous item remain.
async fn replaces_whole_items(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1).with("y", 1)]).await?;
    cx.run(TransactWriteItems::new([TransactPut::new(&table, user_key("a").with("y", 2)).into()])).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("y", 2)))
}

/// Fails if a condition is evaluated on another item, or on the result of the transaction.
async fn applies_writes_whose_conditions_hold(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, ["b", "c", "d"].map(|id| user_key(id).with("n", 1))).await?;
    let is_one = || Condition::compare(path("n"), Comparator::Eq, 1);
    cx.run(TransactWriteItems::new([
        TransactPut::new(&table, user_key("a").with("n", 9)).when(Condition::AttributeNotExists(path("id"))).into(),
        TransactUpdate::new(&table, user_key("b"), add("n", 8)).when(is_one()).into(),
        TransactDelete::new(&table, user_key("c")).when(is_one()).into(),
        ConditionCheck::new(&table, user_key("d"), is_one()).into(),
        ConditionCheck::new(&table, user_key("e"), Condition::AttributeNotExists(path("id"))).into(),
    ]))
    .await?;
    let items = [get_item(&cx, &table, user_key("a")).await?, get_item(&cx, &table, user_key("b")).await?];
    ensure_eq("`n` of the written items", number_values(&items.map(Option::unwrap_or_default), "n"), [9, 9])?;
    ensure_eq("deleted item", get_item(&cx, &table, user_key("c")).await?, None)
}

/// Fails if indexes reflect single writes only.
async fn updates_indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", at))).await?;
    cx.run(TransactWriteItems::new([
        TransactDelete::new(&table, key("a", 0)).into(),
        TransactPut::new(&table, indexed_item("a", 1, "k", 9)).into(),
        TransactUpdate::new(&table, key("a", 2), Update::new().remove(path("heat"))).into(),
        TransactPut::new(&table, indexed_item("a", 5, "k", 5)).into(),
    ]))
    .await?;
    ensure_eq(
        "items of the global index",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [3, 5, 1],
    )?;
    ensure_eq(
        "items of the local index",
        range_keys(&query_all(&cx, index_query(&table, "local_keys", "a")).await?),
        [3, 5, 1],
    )
}

/// Fails if 100 actions are rejected, or if further actions are silently ignored.
async fn accepts_at_most_100_actions(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let puts = |count: i32| {
        TransactWriteItems::new((0..count).map(|at| TransactPut::new(&table, key("a", at).with("n", count)).into()))
    };
    cx.run(puts(100)).await?;
    cx.expect_validation_error(puts(101)).await?;
    let items = query_all(&cx, partition_query(&table, "a")).await?;
    ensure_eq("stored items", number_values(&items, "n"), vec![100; 100])
}
