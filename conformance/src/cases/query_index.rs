//! `Query` of indexes: their key, their order, their upkeep.

use super::prelude::*;

case!("query/a_global_index_is_read_by_its_own_key", Theme::Index, global);
case!("query/a_local_index_is_read_in_its_own_order", Theme::Index, local);
case!("query/an_index_follows_its_table", Theme::Index, follows);
case!("query/an_index_follows_updates", Theme::Index, follows_updates);
case!("query/an_unknown_index_is_refused", Theme::Index, unknown);
case!("query/items_without_the_index_key_are_not_in_it", Theme::Sparse, sparse);
case!("query/an_update_can_take_an_item_out_of_an_index", Theme::Sparse, taken_out);
case!("query/a_global_index_is_not_read_consistently", Theme::Consistency, global_consistent);
case!("query/a_local_index_is_read_consistently", Theme::Consistency, local_consistent);

/// The table's key would be taken for the index's.
async fn global(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for (id, at, kind, heat) in [("a", 1, "k", 30), ("b", 2, "k", 10), ("a", 3, "k", 20), ("c", 4, "l", 15)] {
        put_all(&cx, &table, [indexed_item(id, at, kind, heat)]).await?;
    }
    let items = query_all(&cx, index_query(&table, "global_all", "k")).await?;
    ensure_eq("by heat, over all partitions of the table", number_values(&items, "heat"), [10, 20, 30])?;
    ensure_eq("whole items", items[0].clone(), indexed_item("b", 2, "k", 10))?;
    let hot = KeyCondition::hash("kind", "k").range("heat", RangeCondition::Gt(10.into()));
    let hot = Query { index: Some("global_all".into()), forward: false, ..Query::new(&table, hot) };
    ensure_eq("a range, backwards", range_keys(&query_all(&cx, hot).await?), [1, 3])
}

/// The table's order would be kept.
async fn local(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [(1, 30), (2, 10), (3, 20)].map(|(at, heat)| indexed_item("a", at, "k", heat))).await?;
    put_all(&cx, &table, [indexed_item("b", 9, "k", 15)]).await?;
    let items = query_all(&cx, index_query(&table, "local_all", "a")).await?;
    ensure_eq("by heat, of one partition", range_keys(&items), [2, 3, 1])?;
    let range = KeyCondition::hash("id", "a").range("heat", RangeCondition::Le(20.into()));
    let cool = Query { index: Some("local_all".into()), ..Query::new(&table, range) };
    ensure_eq("a range", range_keys(&query_all(&cx, cool).await?), [2, 3])
}

/// An index would still hold what was replaced or deleted.
async fn follows(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", at))).await?;
    put_all(&cx, &table, [indexed_item("a", 0, "k", 9), indexed_item("a", 1, "other", 1)]).await?;
    cx.run(DeleteItem::new(&table, key("a", 2))).await?;
    for index in ["global_all", "global_keys", "global_note"] {
        ensure_eq(index, range_keys(&query_all(&cx, index_query(&table, index, "k")).await?), [3, 0])?;
        ensure_eq(index, range_keys(&query_all(&cx, index_query(&table, index, "other")).await?), [1])?;
    }
    for index in ["local_all", "local_keys", "local_note"] {
        ensure_eq(index, range_keys(&query_all(&cx, index_query(&table, index, "a")).await?), [1, 3, 0])?;
    }
    Ok(())
}

/// An index would hold an item as it was before an update.
async fn follows_updates(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| indexed_item("a", at, "k", at))).await?;
    let update = Update::new().set(path("heat"), UpdateOperand::value(7)).set(path("note"), UpdateOperand::value("n"));
    cx.run(UpdateItem::new(&table, key("a", 0), update)).await?;
    let items = query_all(&cx, index_query(&table, "global_note", "k")).await?;
    ensure_eq("in its new place", range_keys(&items), [1, 2, 0])?;
    ensure_eq("as it is now", items[2].clone(), indexed_item("a", 0, "k", 7).with("note", "n"))
}

/// A typing error in an index's name would read the table.
async fn unknown(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error =
        cx.expect_validation_error(Query { index: Some("none".into()), ..partition_query(&table, "a") }).await?;
    cx.expect_message(&error, "The table does not have the specified index: none")
}

/// Items without the key would be in the index, or could not be written.
async fn sparse(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let with = |at: i32, name: &str, value: AttributeValue| key("a", at).with(name, value);
    put_all(
        &cx,
        &table,
        [indexed_item("a", 1, "k", 1), with(2, "kind", "k".into()), with(3, "heat", 3.into()), key("a", 4)],
    )
    .await?;
    ensure_eq("of the global index", range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?), [1])?;
    ensure_eq("of the local index", range_keys(&query_all(&cx, index_query(&table, "local_all", "a")).await?), [1, 3])?;
    ensure_eq("of the table", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [1, 2, 3, 4])
}

/// A flag that is removed would leave its item in the index.
async fn taken_out(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| indexed_item("a", at, "k", at))).await?;
    let update = |at, update| UpdateItem::new(&table, key("a", at), update);
    cx.run(update(1, Update::new().remove(path("heat")))).await?;
    ensure_eq(
        "of the global index",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [0, 2],
    )?;
    ensure_eq("of the local index", range_keys(&query_all(&cx, index_query(&table, "local_all", "a")).await?), [0, 2])?;
    cx.run(update(1, Update::new().set(path("heat"), UpdateOperand::value(5)))).await?;
    ensure_eq("and back again", range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?), [0, 2, 1])
}

/// A promise would be made that a global index cannot keep.
async fn global_consistent(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error =
        cx.expect_validation_error(Query { consistent: true, ..index_query(&table, "global_all", "k") }).await?;
    cx.expect_message_or_deviation(
        "consistent-global-index-message",
        &error,
        "Consistent reads are not supported on global secondary indexes",
    )
}

/// A local index would lag behind its table.
async fn local_consistent(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for heat in 0..10 {
        put_all(&cx, &table, [indexed_item("a", 1, "k", heat)]).await?;
        let items = query_all(&cx, Query { consistent: true, ..index_query(&table, "local_all", "a") }).await?;
        ensure_eq("the only item", number_values(&items, "heat"), [i64::from(heat)])?;
    }
    Ok(())
}
