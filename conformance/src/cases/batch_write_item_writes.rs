//! `BatchWriteItem`: many puts and deletes.

use super::prelude::*;

case!("batch_write_item/puts_and_deletes", Theme::Batch, puts_and_deletes);
case!("batch_write_item/replaces_whole_items", Theme::Batch, replaces);
case!("batch_write_item/writes_to_several_tables", Theme::Batch, several_tables);
case!("batch_write_item/takes_25_writes_and_no_more", Theme::Batch, twenty_five);
case!("batch_write_item/two_writes_of_one_key_are_refused", Theme::Batch, twice);
case!("batch_write_item/one_wrong_write_stops_all", Theme::Batch, one_wrong);
case!("batch_write_item/nothing_to_write_is_refused", Theme::Batch, nothing);
case!("batch_write_item/indexes_follow", Theme::Index, indexes);
case!("batch_write_item/a_missing_table_is_said_and_nothing_written", Theme::MissingTable, missing_table);

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

/// Some of the writes would not be made.
async fn puts_and_deletes(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..6).map(|at| key("a", at))).await?;
    let deletes = [1, 3, 5, 9].map(|at| delete(key("a", at)));
    let puts = (10..20).map(|at| put(key("a", at).with("n", at)));
    batch_write_all(&cx, [writes(&table, deletes.into_iter().chain(puts))]).await?;
    let items = query_all(&cx, partition_query(&table, "a")).await?;
    ensure_eq("the range keys", range_keys(&items), [0, 2, 4].into_iter().chain(10..20).collect::<Vec<i64>>())?;
    ensure_eq("whole items", items[3].clone(), key("a", 10).with("n", 10))
}

/// Attributes of the item before would remain.
async fn replaces(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1).with("y", 1)]).await?;
    batch_write_all(&cx, [writes(&table, [put(user_key("a").with("y", 2))])]).await?;
    ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("y", 2)))
}

/// Writes to one table would go to another.
async fn several_tables(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &second, [key("a", 1)]).await?;
    let requests = [writes(&first, [put(user_key("a"))]), writes(&second, [delete(key("a", 1)), put(key("a", 2))])];
    batch_write_all(&cx, requests).await?;
    ensure_eq("the first", scan_all(&cx, Scan::new(&first)).await?, [user_key("a")])?;
    ensure_eq("the second", scan_all(&cx, Scan::new(&second)).await?, [key("a", 2)])
}

/// A batch of 25 would fail, or one of more than that be cut in silence.
async fn twenty_five(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let puts = |count: i32| batch([writes(&table, (0..count).map(|at| put(key("a", at))))]);
    batch_write_all(&cx, puts(25).requests).await?;
    ensure_eq("how many", query_all(&cx, partition_query(&table, "a")).await?.len(), 25)?;
    cx.expect_validation_error(puts(26)).await?;
    ensure_eq("how many", query_all(&cx, partition_query(&table, "a")).await?.len(), 25)
}

/// Which of two writes wins would be left to chance.
async fn twice(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for requests in [
        [put(user_key("a").with("x", 1)), put(user_key("a").with("x", 2))],
        [put(user_key("a")), delete(user_key("a"))],
        [delete(user_key("a")), delete(user_key("a"))],
    ] {
        let error = cx.expect_validation_error(batch([writes(&table, requests)])).await?;
        cx.expect_message(&error, "Provided list of item keys contains duplicates")?;
    }
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Half of a batch would be written, and which half would not be told.
async fn one_wrong(cx: Context) -> CaseResult {
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
        ensure_eq("what is there", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [9])?;
    }
    Ok(())
}

/// A batch that was built wrongly would succeed.
async fn nothing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_validation_error(batch([])).await?;
    cx.expect_validation_error(batch([writes(&table, [])])).await?;
    Ok(())
}

/// Indexes would follow single writes only.
async fn indexes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", at))).await?;
    let requests =
        [delete(key("a", 0)), put(indexed_item("a", 1, "k", 9)), put(key("a", 2)), put(indexed_item("a", 5, "k", 5))];
    batch_write_all(&cx, [writes(&table, requests)]).await?;
    ensure_eq(
        "the global index",
        range_keys(&query_all(&cx, index_query(&table, "global_all", "k")).await?),
        [3, 5, 1],
    )?;
    ensure_eq("the local index", range_keys(&query_all(&cx, index_query(&table, "local_keys", "a")).await?), [3, 5, 1])
}

/// Writes to the tables that exist would be made, the others be lost.
async fn missing_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let requests = [writes(&table, [put(user_key("a"))]), writes(&cx.table_name("missing"), [put(user_key("a"))])];
    let error = cx.expect_resource_not_found(batch(requests)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")?;
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
