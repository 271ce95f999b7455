//! Reads of `GetItem` by the complete key.

use super::prelude::*;

case!("get_item/returns_the_item_of_the_complete_key", Theme::Key, returns_the_item_of_the_complete_key);
case!("get_item/returns_none_for_a_missing_item", Theme::Key, returns_none_for_a_missing_item);
case!("get_item/sees_the_last_write_if_consistent", Theme::Consistency, sees_the_last_write_if_consistent);
case!("get_item/rejects_keys_that_do_not_match_the_schema", Theme::Key, rejects_keys_that_do_not_match_the_schema);
case!("get_item/rejects_an_empty_key_value", Theme::Key, rejects_an_empty_key_value);
case!("get_item/limits_the_length_of_key_values", Theme::Key, limits_the_length_of_key_values);
case!("get_item/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

/// Fails if the item of a similar key is returned.
async fn returns_the_item_of_the_complete_key(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let keys = [("a", 1), ("a", 2), ("a", 12), ("aa", 1), ("b", 1)];
    put_all(&cx, &table, keys.map(|(id, at)| key(id, at).with("value", format!("{id} {at}")))).await?;
    for (id, at) in keys {
        let expected = key(id, at).with("value", format!("{id} {at}"));
        ensure_eq("item", get_item(&cx, &table, key(id, at)).await?, Some(expected))?;
    }
    Ok(())
}

/// Fails if a missing item causes an error, or looks like an empty item.
async fn returns_none_for_a_missing_item(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 1)]).await?;
    for missing in [key("a", 2), key("b", 1), key("A", 1), key("a", -1)] {
        ensure_eq("item", get_item(&cx, &table, missing).await?, None)?;
    }
    Ok(())
}

/// Fails if a strongly consistent read returns an older item.
async fn sees_the_last_write_if_consistent(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for turn in 0..10 {
        put_all(&cx, &table, [user_key("a").with("turn", turn)]).await?;
        ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("turn", turn)))?;
    }
    Ok(())
}

/// Fails if a malformed key is accepted and looks like a missing item.
async fn rejects_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let without_range = Item::new().with("id", "a");
    for wrong in [
        Item::new(),
        without_range.clone(),
        key("a", 1).with("more", 1),
        without_range.clone().with("other", 1),
        without_range.with("at", "1"),
        Item::new().with("id", 1).with("at", 1),
        Item::new().with("id", AttributeValue::null()).with("at", 1),
        Item::new().with("id", AttributeValue::ss(["a"])).with("at", 1),
    ] {
        cx.expect_validation_error(GetItem::new(&table, wrong)).await?;
    }
    let error = cx.expect_validation_error(GetItem::new(&table, user_key("a"))).await?;
    cx.expect_message_or_deviation("key-schema-message", &error, "The provided key element does not match the schema")
}

/// Fails if an empty string, which no key can contain, is accepted.
async fn rejects_an_empty_key_value(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let error = cx.expect_validation_error(GetItem::new(&table, user_key(""))).await?;
    cx.expect_message(
        &error,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         string value. Key: id",
    )
}

/// Fails if a key value that cannot be written is accepted, or if the longest valid one is rejected.
async fn limits_the_length_of_key_values(cx: Context) -> CaseResult {
    let table = cx
        .create_table(djamodb_core::schema::TableSchema::new(
            "texts",
            djamodb_core::schema::KeySchema::hash_and_range(
                djamodb_core::schema::KeyAttribute::s("id"),
                djamodb_core::schema::KeyAttribute::s("at"),
            ),
        ))
        .await?;
    let of = |hash: usize, range: usize| Item::new().with("id", "h".repeat(hash)).with("at", "r".repeat(range));
    ensure_eq("item of the longest key", get_item(&cx, &table, of(2048, 1024)).await?, None)?;
    for (key, message) in [
        (of(2049, 1), "Size of hashkey has exceeded the maximum size limit of2048 bytes"),
        (of(1, 1025), "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"),
    ] {
        let error = cx.expect_validation_error(GetItem::new(&table, key)).await?;
        let message = format!("One or more parameter values were invalid: {message}");
        cx.expect_message_unless("long-keys-have-one-message", &error, &message)?;
    }
    // The limit counts bytes, not characters.
    cx.expect_validation_error(GetItem::new(&table, Item::new().with("id", "é".repeat(1025)).with("at", "r"))).await?;
    Ok(())
}

/// Fails if a misspelled table name looks like a table without items.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(GetItem::new(cx.table_name("missing"), user_key("a"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
