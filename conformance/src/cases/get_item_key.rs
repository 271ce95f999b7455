//! `GetItem`: by the whole key and nothing else.

use super::prelude::*;

case!("get_item/finds_the_item_of_the_whole_key", Theme::Key, whole_key);
case!("get_item/what_is_not_there_is_nothing", Theme::Key, nothing_there);
case!("get_item/sees_the_last_write_when_consistent", Theme::Consistency, consistent);
case!("get_item/a_key_of_another_shape_is_refused", Theme::Key, wrong_shape);
case!("get_item/an_empty_key_value_is_refused", Theme::Key, empty_value);
case!("get_item/key_values_have_a_greatest_length", Theme::Key, lengths);
case!("get_item/a_missing_table_is_said", Theme::MissingTable, missing_table);

/// The item of a neighbouring key would be given.
async fn whole_key(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let keys = [("a", 1), ("a", 2), ("a", 12), ("aa", 1), ("b", 1)];
    put_all(&cx, &table, keys.map(|(id, at)| key(id, at).with("value", format!("{id} {at}")))).await?;
    for (id, at) in keys {
        let expected = key(id, at).with("value", format!("{id} {at}"));
        ensure_eq("the item", get_item(&cx, &table, key(id, at)).await?, Some(expected))?;
    }
    Ok(())
}

/// A missing item would be an error, or an empty item.
async fn nothing_there(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 1)]).await?;
    for missing in [key("a", 2), key("b", 1), key("A", 1), key("a", -1)] {
        ensure_eq("the item", get_item(&cx, &table, missing).await?, None)?;
    }
    Ok(())
}

/// A strongly consistent read would give an older item.
async fn consistent(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for turn in 0..10 {
        put_all(&cx, &table, [user_key("a").with("turn", turn)]).await?;
        ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("turn", turn)))?;
    }
    Ok(())
}

/// A key that is no key of the table would be looked up, and not be found.
async fn wrong_shape(cx: Context) -> CaseResult {
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
    cx.expect_message_or_deviation("key-shape-message", &error, "The provided key element does not match the schema")
}

/// An empty text would be looked up as a key, which it can never be.
async fn empty_value(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let error = cx.expect_validation_error(GetItem::new(&table, user_key(""))).await?;
    cx.expect_message(
        &error,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         string value. Key: id",
    )
}

/// A key that can never be written would be looked up.
async fn lengths(cx: Context) -> CaseResult {
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
    ensure_eq("the longest key", get_item(&cx, &table, of(2048, 1024)).await?, None)?;
    cx.expect_validation_error(GetItem::new(&table, of(2049, 1))).await?;
    cx.expect_validation_error(GetItem::new(&table, of(1, 1025))).await?;
    // Bytes count, not characters.
    cx.expect_validation_error(GetItem::new(&table, Item::new().with("id", "é".repeat(1025)).with("at", "r"))).await?;
    Ok(())
}

/// A typing error in a table's name would look like a table without items.
async fn missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(GetItem::new(cx.table_name("missing"), user_key("a"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
