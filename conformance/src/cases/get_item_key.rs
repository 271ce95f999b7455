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
    let table = events(&cx).await?;
    let keys = [("a", 1), ("a", 2), ("a", 12), ("aa", 1), ("b", 1)];
    put_all(&cx, &table, keys.map(|(id, at)| key(id, at).with("value", format!("{id} {at}")))).await?;
    for (id, at) in keys {
        let expected = key(id, at).with("value", format!("{id} {at}"));
        same("the item", get(&cx, &table, key(id, at)).await?, Some(expected))?;
    }
    Ok(())
}

/// A missing item would be an error, or an empty item.
async fn nothing_there(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
    put_all(&cx, &table, [key("a", 1)]).await?;
    for missing in [key("a", 2), key("b", 1), key("A", 1), key("a", -1)] {
        same("the item", get(&cx, &table, missing).await?, None)?;
    }
    Ok(())
}

/// A strongly consistent read would give an older item.
async fn consistent(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    for turn in 0..10 {
        put_all(&cx, &table, [user("a").with("turn", turn)]).await?;
        same("the item", get(&cx, &table, user("a")).await?, Some(user("a").with("turn", turn)))?;
    }
    Ok(())
}

/// A key that is no key of the table would be looked up, and not be found.
async fn wrong_shape(cx: Context) -> CaseResult {
    let table = events(&cx).await?;
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
        cx.invalid(GetItem::new(&table, wrong)).await?;
    }
    let error = cx.invalid(GetItem::new(&table, user("a"))).await?;
    cx.says_or("key-shape-message", &error, "The provided key element does not match the schema")
}

/// An empty text would be looked up as a key, which it can never be.
async fn empty_value(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let error = cx.invalid(GetItem::new(&table, user(""))).await?;
    cx.says(
        &error,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         string value. Key: id",
    )
}

/// A key that can never be written would be looked up.
async fn lengths(cx: Context) -> CaseResult {
    let table = cx
        .create(djamodb_core::schema::TableSchema::new(
            "texts",
            djamodb_core::schema::KeySchema::hash_and_range(
                djamodb_core::schema::KeyAttribute::s("id"),
                djamodb_core::schema::KeyAttribute::s("at"),
            ),
        ))
        .await?;
    let of = |hash: usize, range: usize| Item::new().with("id", "h".repeat(hash)).with("at", "r".repeat(range));
    same("the longest key", get(&cx, &table, of(2048, 1024)).await?, None)?;
    cx.invalid(GetItem::new(&table, of(2049, 1))).await?;
    cx.invalid(GetItem::new(&table, of(1, 1025))).await?;
    // Bytes count, not characters.
    cx.invalid(GetItem::new(&table, Item::new().with("id", "é".repeat(1025)).with("at", "r"))).await?;
    Ok(())
}

/// A typing error in a table's name would look like a table without items.
async fn missing_table(cx: Context) -> CaseResult {
    let error = cx.not_found(GetItem::new(cx.name("missing"), user("a"))).await?;
    cx.says_or("missing-table-message", &error, "Requested resource not found")
}
