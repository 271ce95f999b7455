//! Keys, limits and unprocessed keys of `BatchGetItem`.

use std::collections::BTreeSet;

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("batch_get_item/returns_existing_items", Theme::Batch, returns_existing_items);
case!("batch_get_item/reads_several_tables", Theme::Batch, reads_several_tables);
case!("batch_get_item/accepts_at_most_100_keys", Theme::Batch, accepts_at_most_100_keys);
case!("batch_get_item/rejects_duplicate_keys", Theme::Batch, rejects_duplicate_keys);
case!("batch_get_item/rejects_an_empty_request", Theme::Batch, rejects_an_empty_request);
case!(
    "batch_get_item/rejects_keys_that_do_not_match_the_schema",
    Theme::Batch,
    rejects_keys_that_do_not_match_the_schema
);
case!("batch_get_item/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);
case!("batch_get_item/returns_only_projected_attributes", Theme::Projection, returns_only_projected_attributes);
case!("batch_get_item/returns_empty_items_if_no_path_exists", Theme::Projection, returns_empty_items_if_no_path_exists);
case!("batch_get_item/returns_unprocessed_keys_above_16_mb", Theme::Paging, returns_unprocessed_keys_above_16_mb);

fn keys(table: &Name, keys: impl IntoIterator<Item = Item>) -> TableKeys {
    TableKeys { table: table.clone(), keys: keys.into_iter().collect(), consistent: true, projection: None }
}

fn batch(requests: impl IntoIterator<Item = TableKeys>) -> BatchGetItem {
    BatchGetItem::new(requests)
}

/// Fails if a key without an item causes an error, or if other items are returned in its place.
async fn returns_existing_items(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (1..6).map(|at| key("a", at).with("value", at * 10))).await?;
    let requested = [key("a", 4), key("a", 9), key("b", 1), key("a", 2)];
    let items = batch_get_all(&cx, [keys(&table, requested)]).await?.remove(&table).unwrap_or_default();
    ensure_eq("range keys", sorted_range_keys(&items), [2, 4])?;
    ensure("whole items are returned", items.iter().all(|item| item.len() == 3))
}

/// Fails if items of one table are returned under the name of another.
async fn reads_several_tables(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &first, [user_key("a"), user_key("b")]).await?;
    put_all(&cx, &second, [key("a", 1)]).await?;
    let found =
        batch_get_all(&cx, [keys(&first, [user_key("a"), user_key("b")]), keys(&second, [key("a", 1)])]).await?;
    ensure_eq("items of the first table", found.get(&first).map(Vec::len), Some(2))?;
    ensure_eq("items of the second table", found.get(&second), Some(&vec![key("a", 1)]))
}

/// Fails if 100 keys are rejected, or if further keys are silently ignored.
async fn accepts_at_most_100_keys(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 0), key("a", 99)]).await?;
    let found = batch_get_all(&cx, [keys(&table, (0..100).map(|at| key("a", at)))]).await?;
    ensure_eq("items of 100 keys", found.get(&table).map(Vec::len), Some(2))?;
    cx.expect_validation_error(batch([keys(&table, (0..101).map(|at| key("a", at)))])).await?;
    Ok(())
}

/// Fails if a duplicate key is accepted, whether its item is returned once or twice.
async fn rejects_duplicate_keys(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let error = cx.expect_validation_error(batch([keys(&table, [key("a", 1), key("a", 2), key("a", 1)])])).await?;
    cx.expect_message(&error, "Provided list of item keys contains duplicates")
}

/// Fails if a request without tables or without keys succeeds.
async fn rejects_an_empty_request(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    cx.expect_validation_error(batch([])).await?;
    cx.expect_validation_error(batch([keys(&table, [])])).await?;
    Ok(())
}

/// Fails if a malformed key is accepted beside a valid one.
async fn rejects_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [user_key("a"), key("a", 1).with("more", 1), user_key("a").with("at", "1"), key("", 1)] {
        cx.expect_validation_error(batch([keys(&table, [key("a", 1), wrong])])).await?;
    }
    Ok(())
}

/// Fails if a misspelled table name looks like missing items.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let error = cx
        .expect_resource_not_found(batch([
            keys(&table, [user_key("a")]),
            keys(&cx.table_name("missing"), [user_key("a")]),
        ]))
        .await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}

/// Fails if all attributes are returned, or if the projection of one table is used for another.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &first, [user_key("a").with("x", 1).with("y", 2)]).await?;
    put_all(&cx, &second, [key("a", 1).with("x", 1).with("y", 2)]).await?;
    let projected = |table: &Name, key: Item, name: &str| TableKeys {
        projection: Some(ProjectionExpression::new([path(name)])),
        ..keys(table, [key])
    };
    let found =
        batch_get_all(&cx, [projected(&first, user_key("a"), "x"), projected(&second, key("a", 1), "y")]).await?;
    ensure_eq("items of the first table", found.get(&first), Some(&vec![Item::new().with("x", 1)]))?;
    ensure_eq("items of the second table", found.get(&second), Some(&vec![Item::new().with("y", 2)]))
}

/// Fails if an item without the projected attributes is left out like a missing item.
async fn returns_empty_items_if_no_path_exists(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1)]).await?;
    let projection = Some(ProjectionExpression::new([path("y")]));
    let keys = TableKeys { projection, ..keys(&table, [user_key("a"), user_key("none")]) };
    ensure_eq("items", batch_get_all(&cx, [keys]).await?.get(&table), Some(&vec![Item::new()]))
}

/// Fails if items beyond the limit of 16 MB are left out without being reported as unprocessed.
async fn returns_unprocessed_keys_above_16_mb(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(390_000);
    put_all(&cx, &table, (0..45).map(|at| key("a", at).with("payload", payload.as_str()))).await?;
    let mut requested: Vec<Item> = (0..45).map(|at| key("a", at)).collect();
    let (mut found, mut requests) = (BTreeSet::new(), 0);
    while !requested.is_empty() {
        requests += 1;
        let output = cx.run(batch([keys(&table, requested.clone())])).await?;
        let items: Vec<Item> = output.items.into_iter().flat_map(|(_, items)| items).collect();
        let bytes: usize = items.iter().map(item_bytes).sum();
        ensure("a response contains 1 byte to 16 MB of items", (1..=16 * 1024 * 1024).contains(&bytes))?;
        let unprocessed: Vec<Item> = output.unprocessed.into_iter().flat_map(|keys| keys.keys).collect();
        ensure_eq("items and unprocessed keys together", items.len() + unprocessed.len(), requested.len())?;
        ensure("unprocessed keys are among the requested keys", unprocessed.iter().all(|key| requested.contains(key)))?;
        found.extend(range_keys(&items));
        requested = unprocessed;
    }
    ensure_eq("range keys of all responses", found, (0..45).collect::<BTreeSet<i64>>())?;
    ensure("17 MB need more than one response", requests > 1)
}
