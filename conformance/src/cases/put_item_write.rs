//! Whole items that `PutItem` writes, and items that it rejects.

use djamodb_core::schema::ScalarType;

use super::prelude::*;

case!("put_item/replaces_the_whole_item", Theme::Key, replaces_the_whole_item);
case!("put_item/returns_the_replaced_item", Theme::ReturnValues, returns_the_replaced_item);
case!("put_item/rejects_an_item_without_its_key", Theme::Key, rejects_an_item_without_its_key);
case!("put_item/rejects_empty_key_values", Theme::Key, rejects_empty_key_values);
case!("put_item/limits_the_length_of_key_values", Theme::Key, limits_the_length_of_key_values);
case!("put_item/rejects_index_keys_of_another_type", Theme::Index, rejects_index_keys_of_another_type);
case!("put_item/rejects_empty_index_keys", Theme::Index, rejects_empty_index_keys);
case!("put_item/limits_the_length_of_index_keys", Theme::Index, limits_the_length_of_index_keys);
case!("put_item/changes_nothing_if_the_item_is_invalid", Theme::Key, changes_nothing_if_the_item_is_invalid);
case!("put_item/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

/// Fails if attributes of the previous item remain.
async fn replaces_the_whole_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1).with("y", 1), user_key("b").with("x", 1)]).await?;
    put_all(&cx, &table, [user_key("a").with("y", 2).with("z", 2)]).await?;
    ensure_eq("new item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("y", 2).with("z", 2)))?;
    ensure_eq("another item", get_item(&cx, &table, user_key("b")).await?, Some(user_key("b").with("x", 1)))
}

/// Fails if the replaced item is missing from the output, or is returned without request.
async fn returns_the_replaced_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let old = || user_key("a").with("x", 1);
    let put = |x: i32, return_values| PutItem { return_values, ..PutItem::new(&table, user_key("a").with("x", x)) };
    ensure_eq("attributes of a new item", cx.run(put(1, ReturnOld::AllOld)).await?.attributes, None)?;
    ensure_eq("attributes without request", cx.run(put(1, ReturnOld::None)).await?.attributes, None)?;
    ensure_eq("previous item", cx.run(put(2, ReturnOld::AllOld)).await?.attributes, Some(old()))
}

/// Fails if an item with a missing or malformed key is stored.
async fn rejects_an_item_without_its_key(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [
        Item::new(),
        user_key("a"),
        Item::new().with("at", 1),
        user_key("a").with("at", "1"),
        Item::new().with("id", 1).with("at", 1),
        user_key("a").with("at", AttributeValue::null()),
        user_key("a").with("at", AttributeValue::l([1.into()])),
    ] {
        cx.expect_validation_error(PutItem::new(&table, wrong)).await?;
    }
    let no_scalar = user_key("a").with("at", AttributeValue::l([1.into()]));
    let error = cx.expect_validation_error(PutItem::new(&table, no_scalar)).await?;
    cx.expect_message_or_deviation(
        "keys-that-are-no-scalars-message",
        &error,
        "One or more parameter values were invalid: Type mismatch for key at expected: N actual: L",
    )?;
    let error = cx.expect_validation_error(PutItem::new(&table, user_key("a"))).await?;
    cx.expect_message_or_deviation(
        "put-without-key-message",
        &error,
        "One or more parameter values were invalid: Missing the key at in the item",
    )
}

/// Fails if an empty string is accepted as a key value.
async fn rejects_empty_key_values(cx: Context) -> CaseResult {
    let texts = create_events_with_range_key(&cx, ScalarType::S).await?;
    let item = |id: &str, at: AttributeValue| user_key(id).with("at", at);
    cx.expect_validation_error(PutItem::new(&texts, item("", "x".into()))).await?;
    let error = cx.expect_validation_error(PutItem::new(&texts, item("a", "".into()))).await?;
    cx.expect_message(
        &error,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         string value. Key: at",
    )?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&texts)).await?, Vec::<Item>::new())
}

/// Fails if a key value is truncated, or one that is too long is accepted.
async fn limits_the_length_of_key_values(cx: Context) -> CaseResult {
    let table = create_events_with_range_key(&cx, ScalarType::S).await?;
    let of = |hash: usize, range: usize| Item::new().with("id", "h".repeat(hash)).with("at", "r".repeat(range));
    put_all(&cx, &table, [of(2048, 1024)]).await?;
    ensure_eq("item of the longest key", get_item(&cx, &table, of(2048, 1024)).await?, Some(of(2048, 1024)))?;
    cx.expect_validation_error(PutItem::new(&table, of(2049, 1))).await?;
    cx.expect_validation_error(PutItem::new(&table, of(1, 1025))).await?;
    Ok(())
}

/// Fails if an item is stored that the index cannot hold because of the type of a key attribute.
async fn rejects_index_keys_of_another_type(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for wrong in [
        key("a", 1).with("kind", 1).with("heat", 1),
        key("a", 1).with("kind", "k").with("heat", "1"),
        key("a", 1).with("kind", 1),
        key("a", 1).with("heat", AttributeValue::null()),
        key("a", 1).with("kind", AttributeValue::ss(["k"])),
        key("a", 1).with("kind", true),
    ] {
        cx.expect_validation_error(PutItem::new(&table, wrong)).await?;
    }
    Ok(())
}

/// Fails if an item is stored that the index cannot hold because a key attribute is empty.
async fn rejects_empty_index_keys(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error = cx.expect_validation_error(PutItem::new(&table, key("a", 1).with("kind", "").with("heat", 1))).await?;
    cx.expect_message(
        &error,
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The \
         AttributeValue for a key attribute cannot contain an empty string value. IndexName: *, IndexKey: kind",
    )
}

/// Fails if an item is stored that the index cannot hold because a key attribute is too long.
async fn limits_the_length_of_index_keys(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let of = |bytes: usize| indexed_item("a", 1, &"k".repeat(bytes), 1);
    put_all(&cx, &table, [of(2048)]).await?;
    cx.expect_validation_error(PutItem::new(&table, of(2049))).await?;
    Ok(())
}

/// Fails if a rejected put replaces the existing item.
async fn changes_nothing_if_the_item_is_invalid(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    cx.expect_validation_error(PutItem::new(&table, key("a", 1).with("kind", 1))).await?;
    cx.expect_validation_error(PutItem::new(&table, key("a", 1).with("set", AttributeValue::ss::<&str>([])))).await?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, Some(indexed_item("a", 1, "k", 1)))?;
    ensure_eq("number of index entries", query_all(&cx, index_query(&table, "global_all", "k")).await?.len(), 1)
}

/// Fails if a put to a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(PutItem::new(cx.table_name("missing"), user_key("a"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
