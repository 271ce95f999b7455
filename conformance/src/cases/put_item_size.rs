//! Limits of the size and nesting of items in `PutItem`.

use djamodb_core::schema::{IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};
use djamodb_core::service::limits::ITEM_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("put_item/accepts_items_of_at_most_400_kb", Theme::Size, accepts_items_of_at_most_400_kb);
case!(
    "put_item/counts_names_numbers_and_containers_in_the_item_size",
    Theme::Size,
    counts_names_numbers_and_containers_in_the_item_size
);
case!(
    "put_item/counts_the_entries_of_local_indexes_in_the_item_size",
    Theme::Size,
    counts_the_entries_of_local_indexes_in_the_item_size
);
case!("put_item/accepts_31_levels_of_nesting", Theme::Size, accepts_31_levels_of_nesting);
case!("put_item/rejects_empty_sets", Theme::Value, rejects_empty_sets);
case!("put_item/rejects_empty_attribute_names", Theme::Value, rejects_empty_attribute_names);

/// Fails if an item of 400 KB is rejected, or a larger one accepted.
async fn accepts_items_of_at_most_400_kb(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let of = |bytes: usize| user_key("a").with("text", "x".repeat(bytes - "id".len() - "a".len() - "text".len()));
    ensure_eq("item size", item_bytes(&of(ITEM_BYTES_MAX)), ITEM_BYTES_MAX)?;
    put_all(&cx, &table, [of(ITEM_BYTES_MAX)]).await?;
    ensure_eq("largest item", get_item(&cx, &table, user_key("a")).await?, Some(of(ITEM_BYTES_MAX)))?;
    let error = cx.expect_validation_error(PutItem::new(&table, of(ITEM_BYTES_MAX + 1))).await?;
    cx.expect_message(&error, "Item size has exceeded the maximum allowed size")?;
    ensure_eq("stored items", get_item(&cx, &table, user_key("a")).await?, Some(of(ITEM_BYTES_MAX)))
}

/// Fails if the size of an item is computed in another way than by the service.
async fn counts_names_numbers_and_containers_in_the_item_size(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let values = [
        AttributeValue::s("é😀"),
        AttributeValue::N("-123.45".parse()?),
        AttributeValue::N("1e100".parse()?),
        AttributeValue::b(vec![0; 10]),
        AttributeValue::bool(true),
        AttributeValue::null(),
        AttributeValue::ns([1, 22, 333]),
        AttributeValue::l([AttributeValue::m([("é", AttributeValue::n(0))])]),
    ];
    let item =
        values.into_iter().zip('a'..).fold(user_key("a"), |item, (value, name)| item.with(name.to_string(), value));
    let rest = ITEM_BYTES_MAX - item_bytes(&item) - "text".len();
    put_all(&cx, &table, [item.clone().with("text", "x".repeat(rest))]).await?;
    cx.expect_validation_error(PutItem::new(&table, item.with("text", "x".repeat(rest + 1)))).await?;
    Ok(())
}

/// Fails if an item and its entries in local indexes together exceed 400 KB, or if the entries count with other attributes than they
/// project.
async fn counts_the_entries_of_local_indexes_in_the_item_size(cx: Context) -> CaseResult {
    let key_of = |range| KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::n(range));
    let mut schema = TableSchema::new("local", key_of("at"));
    schema.local_indexes = vec![
        LocalIndex::new("one", key_of("first"), IndexProjection::All),
        LocalIndex::new("two", key_of("second"), IndexProjection::All),
        LocalIndex::new("keys", key_of("third"), IndexProjection::KeysOnly),
    ];
    let table = cx.create_table(schema).await?;
    let in_one = || key("a", 1).with("first", 1);
    let in_both = || in_one().with("second", 2);
    let in_all = || in_both().with("third", 3);
    let keys_bytes = item_bytes(&key("a", 1).with("third", 3));
    for (item, accepted, rejected) in [
        (key("a", 1), ITEM_BYTES_MAX, ITEM_BYTES_MAX + 1),
        (in_one(), ITEM_BYTES_MAX / 2, ITEM_BYTES_MAX / 2 + 1),
        (in_both(), ITEM_BYTES_MAX / 3, ITEM_BYTES_MAX / 3 + 1),
        // Backends may count the table's key in an entry or not.
        (in_all(), (ITEM_BYTES_MAX - keys_bytes) / 3, ITEM_BYTES_MAX / 3),
    ] {
        put_all(&cx, &table, [item_of_size(item.clone(), accepted)]).await?;
        let larger = || item_of_size(item.clone(), rejected);
        let error = cx.expect_validation_error(PutItem::new(&table, larger())).await?;
        cx.expect_message(&error, "Item size has exceeded the maximum allowed size")?;
        cx.expect_validation_error(BatchWriteItem::new([TableWrites::new(&table, [WriteRequest::Put(larger())])]))
            .await?;
        cx.expect_validation_error(TransactWriteItems::new([TransactPut::new(&table, larger()).into()])).await?;
        ensure_eq("stored item", get_item(&cx, &table, key("a", 1)).await?, Some(item_of_size(item, accepted)))?;
    }
    Ok(())
}

fn nested(levels: usize, value: AttributeValue) -> AttributeValue {
    (0..levels).fold(
        value,
        |inner, level| {
            if level % 2 == 0 { AttributeValue::l([inner]) } else { AttributeValue::m([("k", inner)]) }
        },
    )
}

/// Fails if a document of 31 levels is rejected, or a deeper one accepted.
async fn accepts_31_levels_of_nesting(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deepest = user_key("a").with("deep", nested(31, 1.into()));
    put_all(&cx, &table, [deepest.clone()]).await?;
    ensure_eq("deepest item", get_item(&cx, &table, user_key("a")).await?, Some(deepest))?;
    cx.expect_validation_error(PutItem::new(&table, user_key("a").with("deep", nested(32, 1.into())))).await?;
    Ok(())
}

/// Fails if an empty set is stored, or the attribute silently dropped.
async fn rejects_empty_sets(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for set in [AttributeValue::ss::<&str>([]), AttributeValue::ns::<i32>([]), AttributeValue::bs::<&[u8]>([])] {
        cx.expect_validation_error(PutItem::new(&table, user_key("a").with("set", set.clone()))).await?;
        cx.expect_validation_error(PutItem::new(&table, user_key("a").with("list", AttributeValue::l([set])))).await?;
    }
    ensure_eq("items of the table", get_item(&cx, &table, user_key("a")).await?, None)
}

/// Fails if an attribute without a name is stored.
async fn rejects_empty_attribute_names(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_validation_error(PutItem::new(&table, user_key("a").with("", 1))).await?;
    let inside = AttributeValue::m([("", AttributeValue::n(1))]);
    cx.expect_validation_error(PutItem::new(&table, user_key("a").with("map", inside))).await?;
    Ok(())
}
