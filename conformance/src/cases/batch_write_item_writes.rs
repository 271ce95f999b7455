//! Puts and deletes of `BatchWriteItem`.

use super::prelude::*;

case!("batch_write_item/puts_and_deletes_items", Theme::Batch, puts_and_deletes_items);
case!("batch_write_item/replaces_whole_items", Theme::Batch, replaces_whole_items);
case!("batch_write_item/writes_to_several_tables", Theme::Batch, writes_to_several_tables);
case!("batch_write_item/accepts_at_most_25_writes", Theme::Batch, accepts_at_most_25_writes);
case!("batch_write_item/rejects_two_writes_of_one_key", Theme::Batch, rejects_two_writes_of_one_key);
case!("batch_write_item/writes_nothing_if_a_write_is_invalid", Theme::Batch, writes_nothing_if_a_write_is_invalid);
case!("batch_write_item/rejects_an_empty_request", Theme::Batch, rejects_an_empty_request);
case!("batch_write_item/updates_indexes", Theme::Index, updates_indexes);
case!(
    "batch_write_item/writes_nothing_if_a_table_is_missing",
    Theme::MissingTable,
    writes_nothing_if_a_table_is_missing
);

fn put(item: Item) -> WriteRequest {
    WriteRequest::Put(item)
}

fn delete(key: Item) -> WriteRequest {
    WriteRequest::Delete(key)
}

fn writes(table: &Name, writes: impl IntoIterator<Item = WriteRequest>) -> TableWrites {
    TableWrites { table: table.clone(), writes: writes.into_iter().collect() }
}

fn batch(requests: impl IntoIterator<Item = TableWrites>) -> BatchWriteItem {
    BatchWriteItem::new(requests)
}

/// Fails if some of the writes are not made.
async fn puts_and_deletes_items(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..6).map(|at| key("a", at))).await?;
    let deletes = [1, 3, 5, 9].map(|at| delete(key("a", at)));
    let puts = (10..20).map(|at| put(key("a", at).with("n", at)));
    batch_write_all(&cx, [writes(&table, deletes.into_iter().chain(puts))]).await?;
    let items = query_all(&cx, partition_query(&table, "a")).await?;
    ensure_eq("range keys", range_keys(&items), [0, 2, 4].into_iter().chain(10..20).collect::<Vec<i64>>())?;
    ensure_eq("whole item", items[3].clone(), key("a", 10).with("n", 10))
}

/// Fails if attributes of the previous item remain.
async fn replaces_whole_items(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1).with("y", 1)]).await?;
    batch_write_all(&cx, [writes(&table, [put(user_key("a").with("y", 2))])]).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("y", 2)))
}

/// Fails if writes to one table reach another.
async fn writes_to_several_tables(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &second, [key("a", 1)]).await?;
    let requests = [writes(&first, [put(user_key("a"))]), writes(&second, [delete(key("a", 1)), put(key("a", 2))])];
    batch_write_all(&cx, requests).await?;
    ensure_eq("items of the first table", scan_all(&cx, Scan::new(&first)).await?, [user_key("a")])?;
    ensure_eq("items of the second table", scan_all(&cx, Scan::new(&second)).await?, [key("a", 2)])
}

/// Fails if 25 writes are rejected, or if further writes are silently ignored.
async fn accepts_at_most_25_writes(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let puts = |count: i32| batch([writes(&table, (0..count).map(|at| put(key("a", at))))]);
    batch_write_all(&cx, puts(25).requests).await?;
    ensure_eq("number of items", query_all(&cx, partition_query(&table, "a")).await?.len(), 25)?;
    cx.expect_validation_error(puts(26)).await?;
    ensure_eq("number of items", query_all(&cx, partition_query(&table, "a")).await?.len(), 25)
}

/// Fails if two writes of one key are accepted, so that their order decides.
async fn rejects_two_writes_of_one_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for requests in [
        [put(user_key("a").with("x", 1)), put(user_key("a").with("x", 2))],
        [put(user_key("a")), delete(user_key("a"))],
        [delete(user_key("a")), delete(user_key("a"))],
    ] {
        let error = cx.expect_validation_error(batch([writes(&table, requests)])).await?;
        cx.expect_message(&error, "Provided list of item keys contains duplicates")?;
    }
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Fails if the valid writes of a rejected batch are made.
async fn writes_nothing_if_a_write_is_invalid(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [key("a", 9)]).await?;
    for wrong in [
        put(user_key("a")),
        put(key("", 1)),
        put(key("a", 1).with("kind", 1)),
        put(key("a", 1).with("set", AttributeValue::ss::<&str>([]))),
        put(key("a", 1).with("text", "x".repeat(410_000))),
        delete(user_key("a")),
        delete(key("a", 1).with("more", 1)),
    ] {
        let requests = [put(key("a", 0)), delete(key("a", 9)), wrong, put(key("a", 2))];
        cx.expect_validation_error(batch([writes(&table, requests)])).await?;
        ensure_eq("stored items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [9])?;
    }
    Ok(())
}

/// Fails if a request without tables or without writes succeeds.
async fn rejects_an_empty_request(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_validation_error(batch([])).await?;
    cx.expect_validation_error(batch([writes(&table, [])])).await?;
    Ok(())
}

/// Fails if indexes reflect single writes only.
async fn updates_indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", at))).await?;
    let requests =
        [delete(key("a", 0)), put(indexed_item("a", 1, "k", 9)), put(key("a", 2)), put(indexed_item("a", 5, "k", 5))];
    batch_write_all(&cx, [writes(&table, requests)]).await?;
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

/// Fails if writes to the existing tables are made although another table is missing.
async fn writes_nothing_if_a_table_is_missing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let requests = [writes(&table, [put(user_key("a"))]), writes(&cx.table_name("missing"), [put(user_key("a"))])];
    let error = cx.expect_resource_not_found(batch(requests)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
