//! `BatchGetItem`: many keys, each once.

use std::collections::BTreeSet;

use djamodb_core::expression::Projection;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("batch_get_item/gives_the_items_that_exist", Theme::Batch, existing);
case!("batch_get_item/reads_several_tables", Theme::Batch, several_tables);
case!("batch_get_item/takes_a_hundred_keys_and_no_more", Theme::Batch, hundred);
case!("batch_get_item/a_key_twice_is_refused", Theme::Batch, twice);
case!("batch_get_item/nothing_to_read_is_refused", Theme::Batch, nothing);
case!("batch_get_item/a_key_of_another_shape_is_refused", Theme::Batch, wrong_shape);
case!("batch_get_item/a_missing_table_is_said", Theme::MissingTable, missing_table);
case!("batch_get_item/a_projection_gives_the_attributes_it_names", Theme::Projection, projection);
case!("batch_get_item/tells_the_keys_that_do_not_fit", Theme::Paging, unprocessed);

fn keys(table: &Name, keys: impl IntoIterator<Item = Item>) -> TableKeys {
    TableKeys { table: table.clone(), keys: keys.into_iter().collect(), consistent: true, projection: None }
}

fn batch(requests: impl IntoIterator<Item = TableKeys>) -> BatchGetItem {
    BatchGetItem::new(requests)
}

/// Items that do not exist would be an error, or others be given in their place.
async fn existing(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (1..6).map(|at| key("a", at).with("value", at * 10))).await?;
    let asked = [key("a", 4), key("a", 9), key("b", 1), key("a", 2)];
    let items = batch_get_all(&cx, [keys(&table, asked)]).await?.remove(&table).unwrap_or_default();
    ensure_eq("the range keys", sorted_range_keys(&items), [2, 4])?;
    ensure("whole items are given", items.iter().all(|item| item.len() == 3))
}

/// Items of one table would be told under another.
async fn several_tables(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &first, [user_key("a"), user_key("b")]).await?;
    put_all(&cx, &second, [key("a", 1)]).await?;
    let found =
        batch_get_all(&cx, [keys(&first, [user_key("a"), user_key("b")]), keys(&second, [key("a", 1)])]).await?;
    ensure_eq("items of the first table", found.get(&first).map(Vec::len), Some(2))?;
    ensure_eq("items of the second table", found.get(&second), Some(&vec![key("a", 1)]))
}

/// A request of a hundred would fail, or one of more than that be cut in silence.
async fn hundred(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 0), key("a", 99)]).await?;
    let found = batch_get_all(&cx, [keys(&table, (0..100).map(|at| key("a", at)))]).await?;
    ensure_eq("items of a hundred keys", found.get(&table).map(Vec::len), Some(2))?;
    cx.expect_validation_error(batch([keys(&table, (0..101).map(|at| key("a", at)))])).await?;
    Ok(())
}

/// One item would be given once or twice, as it happens.
async fn twice(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let error = cx.expect_validation_error(batch([keys(&table, [key("a", 1), key("a", 2), key("a", 1)])])).await?;
    cx.expect_message(&error, "Provided list of item keys contains duplicates")
}

/// A request that was built wrongly would succeed with nothing.
async fn nothing(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    cx.expect_validation_error(batch([])).await?;
    cx.expect_validation_error(batch([keys(&table, [])])).await?;
    Ok(())
}

/// A key that is no key of the table would be looked up among others, and not be missed.
async fn wrong_shape(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [user_key("a"), key("a", 1).with("more", 1), user_key("a").with("at", "1"), key("", 1)] {
        cx.expect_validation_error(batch([keys(&table, [key("a", 1), wrong])])).await?;
    }
    Ok(())
}

/// A typing error in one table's name would look like items that do not exist.
async fn missing_table(cx: Context) -> CaseResult {
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

/// All attributes would be given, or one table's projection be used for another.
async fn projection(cx: Context) -> CaseResult {
    let (first, second) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &first, [user_key("a").with("x", 1).with("y", 2)]).await?;
    put_all(&cx, &second, [key("a", 1).with("x", 1).with("y", 2)]).await?;
    let projected = |table: &Name, key: Item, name: &str| TableKeys {
        projection: Some(Projection::new([path(name)])),
        ..keys(table, [key])
    };
    let found =
        batch_get_all(&cx, [projected(&first, user_key("a"), "x"), projected(&second, key("a", 1), "y")]).await?;
    ensure_eq("of the first table", found.get(&first), Some(&vec![Item::new().with("x", 1)]))?;
    ensure_eq("of the second table", found.get(&second), Some(&vec![Item::new().with("y", 2)]))
}

/// What passes 16 MB would be left out in silence.
async fn unprocessed(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(390_000);
    put_all(&cx, &table, (0..45).map(|at| key("a", at).with("payload", payload.as_str()))).await?;
    let mut asked: Vec<Item> = (0..45).map(|at| key("a", at)).collect();
    let (mut found, mut requests) = (BTreeSet::new(), 0);
    while !asked.is_empty() {
        requests += 1;
        let output = cx.run(batch([keys(&table, asked.clone())])).await?;
        let items: Vec<Item> = output.items.into_iter().flat_map(|(_, items)| items).collect();
        let bytes: usize = items.iter().map(item_bytes).sum();
        ensure("an answer holds items, at most 16 MB", (1..=16 * 1024 * 1024).contains(&bytes))?;
        let left: Vec<Item> = output.unprocessed.into_iter().flat_map(|keys| keys.keys).collect();
        ensure_eq("items and unprocessed keys together", items.len() + left.len(), asked.len())?;
        ensure("unprocessed keys were asked for", left.iter().all(|key| asked.contains(key)))?;
        found.extend(range_keys(&items));
        asked = left;
    }
    ensure_eq("every item once", found, (0..45).collect::<BTreeSet<i64>>())?;
    ensure("one answer is not enough for 17 MB", requests > 1)
}
