//! Round trips of values.

use djamodb_core::schema::ScalarType;

use super::prelude::*;

case!("value/strings_round_trip", Theme::Value, strings_round_trip);
case!("value/numbers_round_trip_exactly", Theme::Number, numbers_round_trip_exactly);
case!("value/binary_values_round_trip", Theme::Value, binary_values_round_trip);
case!("value/booleans_and_null_round_trip", Theme::Value, booleans_and_null_round_trip);
case!("value/maps_and_lists_round_trip", Theme::Value, maps_and_lists_round_trip);
case!("value/sets_round_trip", Theme::Value, sets_round_trip);
case!("value/empty_values_round_trip", Theme::Value, empty_values_round_trip);
case!("value/attribute_names_round_trip", Theme::Value, attribute_names_round_trip);
case!("value/large_items_round_trip", Theme::Size, large_items_round_trip);
case!("value/keys_of_any_string_are_found", Theme::Key, keys_of_any_string_are_found);
case!("value/number_keys_are_equal_by_value", Theme::Number, number_keys_are_equal_by_value);
case!("value/binary_keys_are_found", Theme::Key, binary_keys_are_found);

/// Writes each value with every kind of write, and reads it with every kind of read.
async fn ensure_round_trip(cx: &Context, values: impl IntoIterator<Item = AttributeValue>) -> CaseResult {
    let table = create_users(cx).await?;
    for value in values {
        let item = user_key("a").with("value", value.clone());
        cx.run(PutItem::new(&table, item.clone())).await?;
        ensure_eq("item after `PutItem`", get_item(cx, &table, user_key("a")).await?, Some(item.clone()))?;
        ensure_eq(
            "item after `PutItem`, by a query",
            query_all(cx, partition_query(&table, "a")).await?,
            [item.clone()],
        )?;

        let update = Update::new().set(path("value"), UpdateOperand::Value(value.clone()));
        cx.run(UpdateItem::new(&table, user_key("b"), update)).await?;
        ensure_eq(
            "item after `UpdateItem`",
            get_item(cx, &table, user_key("b")).await?,
            Some(user_key("b").with("value", value.clone())),
        )?;

        let inside = AttributeValue::l([AttributeValue::m([("value", value)])]);
        let item = user_key("c").with("list", inside);
        let writes = TableWrites { table: table.clone(), writes: vec![WriteRequest::Put(item.clone())] };
        batch_write_all(cx, [writes]).await?;
        ensure_eq(
            "item after `BatchWriteItem`, nested in a document",
            get_item(cx, &table, user_key("c")).await?,
            Some(item),
        )?;
    }
    Ok(())
}

/// Fails if characters are lost, normalized or replaced.
async fn strings_round_trip(cx: Context) -> CaseResult {
    let long = "ß".repeat(10_000);
    // Combining characters, null characters, byte order marks and line ends must remain as they are.
    let texts = [
        "a",
        " ",
        "é",
        "e\u{301}",
        "😀",
        "\u{0}",
        "\u{feff}x",
        "\r\n\t",
        "\u{ffff}",
        "\u{10ffff}",
        "\"\\/",
        "null",
        &long,
    ];
    ensure_round_trip(&cx, texts.map(AttributeValue::s)).await
}

/// Fails if digits are lost, as in a conversion to floating-point numbers.
async fn numbers_round_trip_exactly(cx: Context) -> CaseResult {
    let texts = [
        "0",
        "1",
        "-1",
        "0.1",
        "-0.30000000000000004",
        "9007199254740993",
        "18446744073709551617",
        "12345678901234567890123456789012345678",
        "-0.12345678901234567890123456789012345678",
        "1e-130",
        "-1e-130",
        "1.2345678901234567890123456789012345678e-130",
        "9.9999999999999999999999999999999999999e125",
        "-9.9999999999999999999999999999999999999e125",
        "1e125",
        "100000000000000000000000000000000000000000",
    ];
    let values = texts.iter().map(|text| Ok(AttributeValue::N(text.parse()?))).collect::<Result<Vec<_>, Failure>>()?;
    ensure_round_trip(&cx, values).await
}

/// Fails if bytes are treated as text.
async fn binary_values_round_trip(cx: Context) -> CaseResult {
    let every: Vec<u8> = (0..=255).collect();
    let values: [&[u8]; 5] = [b"\x00", b"\xff", b"\xc3\x28", b"text", &every];
    ensure_round_trip(&cx, values.map(|bytes| AttributeValue::b(bytes.to_vec()))).await
}

/// Fails if null looks like a missing attribute, or false like null.
async fn booleans_and_null_round_trip(cx: Context) -> CaseResult {
    ensure_round_trip(&cx, [AttributeValue::bool(true), AttributeValue::bool(false), AttributeValue::null()]).await
}

/// Fails if empty or deeply nested values are lost, or lists change their order.
async fn maps_and_lists_round_trip(cx: Context) -> CaseResult {
    let every = AttributeValue::l([
        AttributeValue::s("text"),
        AttributeValue::n(1),
        AttributeValue::null(),
        AttributeValue::bool(false),
        AttributeValue::b(&b"\x00"[..]),
        AttributeValue::ss(["x"]),
        AttributeValue::l([]),
        AttributeValue::m::<Name>([]),
        AttributeValue::s("text"),
    ]);
    let deep = (0..12).fold(AttributeValue::n(1), |inner, _| AttributeValue::m([("k", AttributeValue::l([inner]))]));
    let wide = AttributeValue::m((0..500).map(|n| (format!("key {n}"), AttributeValue::n(n))));
    ensure_round_trip(&cx, [every.clone(), AttributeValue::m([("every", every)]), deep, wide]).await
}

/// Fails if sets become lists, or lose elements.
async fn sets_round_trip(cx: Context) -> CaseResult {
    let numbers = ["1", "-0.5", "12345678901234567890123456789012345678", "1e-130"];
    let numbers = numbers.iter().map(|text| text.parse()).collect::<Result<Vec<Number>, _>>()?;
    let values = [
        AttributeValue::ss(["a", "A", "é", "e\u{301}"]),
        AttributeValue::ss((0..200).map(|n| format!("element {n}"))),
        AttributeValue::ns(numbers),
        AttributeValue::bs([&b"\x00"[..], b"\x00\x00", b"\xff"]),
    ];
    ensure_round_trip(&cx, values).await
}

/// Fails if empty values are dropped or rejected.
async fn empty_values_round_trip(cx: Context) -> CaseResult {
    let values = [
        AttributeValue::s(""),
        AttributeValue::b(Vec::new()),
        AttributeValue::l([]),
        AttributeValue::m::<Name>([]),
        AttributeValue::ss(["", "a"]),
        AttributeValue::l([AttributeValue::s(""), AttributeValue::b(Vec::new())]),
    ];
    ensure_round_trip(&cx, values).await
}

/// Fails if an attribute name that is no identifier breaks a request.
async fn attribute_names_round_trip(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let long = "n".repeat(300);
    let names = ["name", "a.b", "a[0]", " ", "é", "😀", "#n", ":v", "\"", "\\", "id2", "SELECT", "0", long.as_str()];
    let item = names.iter().fold(user_key("a"), |item, name| item.with(*name, *name));
    put_all(&cx, &table, [item.clone()]).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(item))
}

/// Fails if large items are truncated, or time out.
async fn large_items_round_trip(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let text: String = ('a'..='z').cycle().take(200_000).collect();
    let list = AttributeValue::l((0..5000).map(|n| AttributeValue::s(format!("element {n}"))));
    let item = user_key("a").with("text", text).with("list", list).with("bytes", AttributeValue::b(vec![7; 50_000]));
    put_all(&cx, &table, [item.clone()]).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(item))
}

/// Fails if string keys are truncated, folded or quoted.
async fn keys_of_any_string_are_found(cx: Context) -> CaseResult {
    let table = create_events_with_range_key(&cx, ScalarType::S).await?;
    let texts = ["a", "A", " ", "a ", "é", "e\u{301}", "😀", "\u{0}", "a\u{0}", "\"", "#0", "||", "\u{ffff}"];
    put_all(&cx, &table, texts.map(|text| user_key(text).with("at", text).with("value", text))).await?;
    for text in texts {
        let expected = user_key(text).with("at", text).with("value", text);
        ensure_eq(format!("{text:?}"), get_item(&cx, &table, user_key(text).with("at", text)).await?, Some(expected))?;
    }
    ensure_eq("number of items", scan_all(&cx, Scan::new(&table)).await?.len(), texts.len())
}

/// Fails if two notations of a number are two keys, or if two numbers are one key.
async fn number_keys_are_equal_by_value(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let at = |text: &str| -> Result<Item, Failure> { Ok(user_key("a").with("at", text.parse::<Number>()?)) };
    for (turn, text) in (0..).zip(["1", "1.0", "1e0", "0.1e1"]) {
        put_all(&cx, &table, [at(text)?.with("turn", turn)]).await?;
        ensure_eq(text, get_item(&cx, &table, at("1.00")?).await?, Some(at("1")?.with("turn", turn)))?;
    }
    ensure_eq("number of items", query_all(&cx, partition_query(&table, "a")).await?.len(), 1)?;
    // As floating-point numbers these three would be equal.
    let close = ["9007199254740992", "9007199254740993", "9007199254740992.5"];
    for text in close {
        put_all(&cx, &table, [at(text)?]).await?;
    }
    ensure_eq("number of items with three more keys", query_all(&cx, partition_query(&table, "a")).await?.len(), 4)
}

/// Fails if bytes in keys are treated as text.
async fn binary_keys_are_found(cx: Context) -> CaseResult {
    let table = create_events_with_range_key(&cx, ScalarType::B).await?;
    let keys: [&[u8]; 5] = [b"\x00", b"\x00\x00", b"\xff", b"\xc3\x28", b"text"];
    let of = |bytes: &[u8]| user_key("a").with("at", AttributeValue::b(bytes.to_vec()));
    put_all(&cx, &table, (0..).zip(keys).map(|(n, bytes)| of(bytes).with("n", n))).await?;
    for (n, bytes) in (0..).zip(keys) {
        ensure_eq("item", get_item(&cx, &table, of(bytes)).await?, Some(of(bytes).with("n", n)))?;
    }
    Ok(())
}
