//! `PutItem`: how large and how deep an item may be.

use djamodb_core::service::limits::ITEM_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("put_item/an_item_has_400_kb_and_not_a_byte_more", Theme::Size, bytes);
case!("put_item/sizes_count_names_numbers_and_containers", Theme::Size, kinds_of_bytes);
case!("put_item/maps_and_lists_nest_31_deep", Theme::Size, depth);
case!("put_item/empty_sets_are_refused", Theme::Value, empty_sets);
case!("put_item/attribute_names_are_not_empty", Theme::Value, empty_names);

/// An item would be refused too early, or be stored and then not be readable elsewhere.
async fn bytes(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let of = |bytes: usize| user("a").with("text", "x".repeat(bytes - "id".len() - "a".len() - "text".len()));
    same("the size", item_bytes(&of(ITEM_BYTES_MAX)), ITEM_BYTES_MAX)?;
    put_all(&cx, &table, [of(ITEM_BYTES_MAX)]).await?;
    same("the largest item", get(&cx, &table, user("a")).await?, Some(of(ITEM_BYTES_MAX)))?;
    let error = cx.invalid(PutItem::new(&table, of(ITEM_BYTES_MAX + 1))).await?;
    cx.says(&error, "Item size has exceeded the maximum allowed size")?;
    same("what is there", get(&cx, &table, user("a")).await?, Some(of(ITEM_BYTES_MAX)))
}

/// The limit would be checked with another measure than the service's.
async fn kinds_of_bytes(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
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
    let item = values.into_iter().zip('a'..).fold(user("a"), |item, (value, name)| item.with(name.to_string(), value));
    let rest = ITEM_BYTES_MAX - item_bytes(&item) - "text".len();
    put_all(&cx, &table, [item.clone().with("text", "x".repeat(rest))]).await?;
    cx.invalid(PutItem::new(&table, item.with("text", "x".repeat(rest + 1)))).await?;
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

/// A document would be refused too early, or be stored and then not be readable elsewhere.
async fn depth(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let deepest = user("a").with("deep", nested(31, 1.into()));
    put_all(&cx, &table, [deepest.clone()]).await?;
    same("the deepest item", get(&cx, &table, user("a")).await?, Some(deepest))?;
    cx.invalid(PutItem::new(&table, user("a").with("deep", nested(32, 1.into())))).await?;
    Ok(())
}

/// A set that no item can hold would be stored, or the attribute be dropped in silence.
async fn empty_sets(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    for set in [AttributeValue::ss::<&str>([]), AttributeValue::ns::<i32>([]), AttributeValue::bs::<&[u8]>([])] {
        cx.invalid(PutItem::new(&table, user("a").with("set", set.clone()))).await?;
        cx.invalid(PutItem::new(&table, user("a").with("list", AttributeValue::l([set])))).await?;
    }
    same("the table", get(&cx, &table, user("a")).await?, None)
}

/// An attribute that no expression can name would be stored.
async fn empty_names(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    cx.invalid(PutItem::new(&table, user("a").with("", 1))).await?;
    let inside = AttributeValue::m([("", AttributeValue::n(1))]);
    cx.invalid(PutItem::new(&table, user("a").with("map", inside))).await?;
    Ok(())
}
