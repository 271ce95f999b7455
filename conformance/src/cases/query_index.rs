//! Keys, order and maintenance of indexes in `Query`.

use super::prelude::*;

case!("query/reads_a_global_index_by_its_key", Theme::Index, reads_a_global_index_by_its_key);
case!("query/reads_a_local_index_in_its_order", Theme::Index, reads_a_local_index_in_its_order);
case!("query/an_index_reflects_puts_and_deletes", Theme::Index, an_index_reflects_puts_and_deletes);
case!("query/an_index_reflects_updates", Theme::Index, an_index_reflects_updates);
case!("query/rejects_an_unknown_index", Theme::Index, rejects_an_unknown_index);
case!("query/an_index_omits_items_without_its_key", Theme::Sparse, an_index_omits_items_without_its_key);
case!("query/an_index_drops_an_item_that_loses_its_key", Theme::Sparse, an_index_drops_an_item_that_loses_its_key);
case!(
    "query/rejects_consistent_reads_of_a_global_index",
    Theme::Consistency,
    rejects_consistent_reads_of_a_global_index
);
case!("query/reads_a_local_index_consistently", Theme::Consistency, reads_a_local_index_consistently);

/// Fails if a global index is read by the key of the table.
async fn reads_a_global_index_by_its_key(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for (id, at, kind, heat) in [("a", 1, "k", 30), ("b", 2, "k", 10), ("a", 3, "k", 20), ("c", 4, "l", 15)] {
        put_all(&cx, &table, [indexed_item(id, at, kind, heat)]).await?;
    }
    let items = query_all(&cx, index_query(&table, "global_all", "k")).await?;
    ensure_eq("`heat` across all partitions of the table", number_values(&items, "heat"), [10, 20, 30])?;
    ensure_eq("whole item", items[0].clone(), indexed_item("b", 2, "k", 10))?;
    let hot = KeyCondition::hash("kind", "k").range("heat", RangeCondition::Gt(10.into()));
    let hot = Query { index: Some("global_all".into()), forward: false, ..Query::new(&table, hot) };
    ensure_eq("range keys of a backward range", range_keys(&query_all(&cx, hot).await?), [1, 3])
}

/// Fails if a local index is read in the order of the table.
async fn reads_a_local_index_in_its_order(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [(1, 30), (2, 10), (3, 20)].map(|(at, heat)| indexed_item("a", at, "k", heat))).await?;
    put_all(&cx, &table, [indexed_item("b", 9, "k", 15)]).await?;
    let items = query_all(&cx, index_query(&table, "local_all", "a")).await?;
    ensure_eq("range keys in the order of `heat`", range_keys(&items), [2, 3, 1])?;
    let range = KeyCondition::hash("id", "a").range("heat", RangeCondition::Le(20.into()));
    let cool = Query { index: Some("local_all".into()), ..Query::new(&table, range) };
    ensure_eq("range keys of a range", range_keys(&query_all(&cx, cool).await?), [2, 3])
}

/// Fails if an index contains replaced or deleted items.
async fn an_index_reflects_puts_and_deletes(cx: Context) -> CaseResult {
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

/// Fails if an index contains an item as it was before an update.
async fn an_index_reflects_updates(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| indexed_item("a", at, "k", at))).await?;
    let update = Update::new().set(path("heat"), UpdateOperand::value(7)).set(path("note"), UpdateOperand::value("n"));
    cx.run(UpdateItem::new(&table, key("a", 0), update)).await?;
    let items = query_all(&cx, index_query(&table, "global_note", "k")).await?;
    ensure_eq("range keys after the update", range_keys(&items), [1, 2, 0])?;
    ensure_eq("updated item", items[2].clone(), indexed_item("a", 0, "k", 7).with("note", "n"))
}

/// Fails if a misspelled index name reads the table.
async fn rejects_an_unknown_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error =
        cx.expect_validation_error(Query { index: Some("none".into()), ..partition_query(&table, "a") }).await?;
    cx.expect_message(&error, "The table does not have the specified index: none")
}

/// Fails if items without an index key are in the index, or cannot be written.
async fn an_index_omits_items_without_its_key(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let with = |at: i32, name: &str, value: AttributeValue| key("a", at).with(name, value);
    put_all(
        &cx,
        &table,
        [indexed_item("a", 1, "k", 1), with(2, "kind", "k".into()), with(3, "heat", 3.into()), key("a", 4)],
    )
    .await?;
    ensure_eq(
        "range keys in the global index",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [1],
    )?;
    ensure_eq(
        "range keys in the local index",
        range_keys(&query_all(&cx, index_query(&table, "local_all", "a")).await?),
        [1, 3],
    )?;
    ensure_eq("range keys in the table", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [1, 2, 3, 4])
}

/// Fails if an item remains in the index after its index key was removed.
async fn an_index_drops_an_item_that_loses_its_key(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..3).map(|at| indexed_item("a", at, "k", at))).await?;
    let update = |at, update| UpdateItem::new(&table, key("a", at), update);
    cx.run(update(1, Update::new().remove(path("heat")))).await?;
    ensure_eq(
        "range keys in the global index",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [0, 2],
    )?;
    ensure_eq(
        "range keys in the local index",
        range_keys(&query_all(&cx, index_query(&table, "local_all", "a")).await?),
        [0, 2],
    )?;
    cx.run(update(1, Update::new().set(path("heat"), UpdateOperand::value(5)))).await?;
    ensure_eq(
        "range keys after the index key is set again",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [0, 2, 1],
    )
}

/// Fails if a strongly consistent read of a global index is accepted.
async fn rejects_consistent_reads_of_a_global_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error =
        cx.expect_validation_error(Query { consistent: true, ..index_query(&table, "global_all", "k") }).await?;
    cx.expect_message(&error, "Consistent reads are not supported on global secondary indexes")
}

/// Fails if a strongly consistent read of a local index returns an older item.
async fn reads_a_local_index_consistently(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for heat in 0..10 {
        put_all(&cx, &table, [indexed_item("a", 1, "k", heat)]).await?;
        let items = query_all(&cx, Query { consistent: true, ..index_query(&table, "local_all", "a") }).await?;
        ensure_eq("`heat` of the only item", number_values(&items, "heat"), [i64::from(heat)])?;
    }
    Ok(())
}
