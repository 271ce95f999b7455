//! Order of the items that `Query` returns.

use djamodb_core::schema::ScalarType;

use super::prelude::*;

case!("query/orders_strings_by_utf8_bytes", Theme::StringOrder, orders_strings_by_utf8_bytes);
case!("query/orders_numbers_by_value", Theme::NumberOrder, orders_numbers_by_value);
case!("query/orders_binary_values_by_unsigned_bytes", Theme::BinaryOrder, orders_binary_values_by_unsigned_bytes);
case!("query/backward_reads_reverse_the_order", Theme::Direction, backward_reads_reverse_the_order);
case!("query/backward_reads_limit_the_last_items", Theme::Direction, backward_reads_limit_the_last_items);

/// Writes items with the range keys `values`, which are in ascending order, in another order. Asserts that reads return them in
/// order.
async fn ensure_order(cx: &Context, scalar: ScalarType, values: Vec<AttributeValue>) -> CaseResult {
    let table = create_events_with_range_key(cx, scalar).await?;
    // 7 is coprime to the numbers of values used here, so that this visits each value once.
    let count = values.len();
    let items = (0..count).map(|at| user_key("a").with("at", values[(at * 7 + 3) % count].clone()));
    put_all(cx, &table, items).await?;
    let range_keys = |items: Vec<Item>| -> Vec<AttributeValue> {
        items.into_iter().filter_map(|item| item.get("at").cloned()).collect()
    };
    ensure_eq("ascending order", range_keys(query_all(cx, partition_query(&table, "a")).await?), values.clone())?;
    let descending = Query { forward: false, ..partition_query(&table, "a") };
    let reversed: Vec<_> = values.into_iter().rev().collect();
    ensure_eq("descending order", range_keys(query_all(cx, descending).await?), reversed)
}

/// Fails if strings are ordered by a locale or by UTF-16 code units.
async fn orders_strings_by_utf8_bytes(cx: Context) -> CaseResult {
    let texts =
        ["\u{1}", "10", "9", "A", "AB", "B", "Z", "a", "a\u{0}", "aB", "aa", "ab", "z", "~", "é", "\u{ffff}", "😀"];
    ensure_order(&cx, ScalarType::S, texts.map(AttributeValue::s).to_vec()).await
}

/// Fails if numbers are ordered by their digits.
async fn orders_numbers_by_value(cx: Context) -> CaseResult {
    let numbers = [
        "-9.9999999999999999999999999999999999999E+125",
        "-1e20",
        "-100",
        "-99.5",
        "-10",
        "-9",
        "-1",
        "-0.5",
        "-1e-130",
        "0",
        "1e-130",
        "1e-100",
        "0.1",
        "0.10000000000000000000000000000000000001",
        "0.5",
        "1",
        "1.5",
        "2",
        "9",
        "10",
        "11",
        "99",
        "100",
        "12345678901234567890123456789012345677",
        "12345678901234567890123456789012345678",
        "9.9999999999999999999999999999999999999E+125",
    ];
    let values = numbers.iter().map(|text| Ok(AttributeValue::N(text.parse()?)));
    ensure_order(&cx, ScalarType::N, values.collect::<Result<_, djamodb_core::value::NumberError>>()?).await
}

/// Fails if bytes are compared as signed, or longer values come first.
async fn orders_binary_values_by_unsigned_bytes(cx: Context) -> CaseResult {
    let values: [&[u8]; 9] = [b"\x00", b"\x00\x00", b"\x00\xff", b"\x01", b"a", b"\x7f", b"\x80", b"\xff", b"\xff\x00"];
    ensure_order(&cx, ScalarType::B, values.map(|bytes| AttributeValue::b(bytes.to_vec())).to_vec()).await
}

/// Fails if the direction is ignored.
async fn backward_reads_reverse_the_order(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..5).map(|at| key("a", at))).await?;
    let items = query_all(&cx, Query { forward: false, ..partition_query(&table, "a") }).await?;
    ensure_eq("range keys", range_keys(&items), [4, 3, 2, 1, 0])?;
    let above = Query::new(&table, KeyCondition::hash("id", "a").range("at", RangeCondition::Ge(2.into())));
    let items = query_all(&cx, Query { forward: false, consistent: true, ..above }).await?;
    ensure_eq("range keys from 2 on", range_keys(&items), [4, 3, 2])
}

/// Fails if the first items are read and then reversed.
async fn backward_reads_limit_the_last_items(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..6).map(|at| key("a", at))).await?;
    let two = Query { forward: false, limit: Some(2), ..partition_query(&table, "a") };
    let found = query_pages(&cx, two).await?;
    let range_keys: Vec<_> = found.iter().map(|page| range_keys(&page.items)).collect();
    ensure_eq("range keys of the pages", range_keys[..3].to_vec(), [[5, 4], [3, 2], [1, 0]])
}
