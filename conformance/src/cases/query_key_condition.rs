//! Key conditions of `Query`.

use djamodb_core::schema::ScalarType;

use super::prelude::*;

case!("query/reads_one_partition", Theme::KeyCondition, reads_one_partition);
case!("query/reads_a_table_without_a_range_key", Theme::KeyCondition, reads_a_table_without_a_range_key);
case!("query/range_conditions_select_numbers", Theme::KeyCondition, range_conditions_select_numbers);
case!("query/range_conditions_select_strings", Theme::KeyCondition, range_conditions_select_strings);
case!("query/range_conditions_select_binary_values", Theme::KeyCondition, range_conditions_select_binary_values);
case!(
    "query/range_conditions_without_matches_return_nothing",
    Theme::KeyCondition,
    range_conditions_without_matches_return_nothing
);
case!(
    "query/key_conditions_are_matched_to_attributes_by_name",
    Theme::KeyCondition,
    key_conditions_are_matched_to_attributes_by_name
);
case!("query/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

/// Fails if items of other partitions are returned.
async fn reads_one_partition(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for id in ["a", "aa", "A", "b", "a\0"] {
        put_all(&cx, &table, (0..3).map(|at| key(id, at).with("from", id))).await?;
    }
    let items = query_all(&cx, partition_query(&table, "a")).await?;
    ensure_eq("range keys", range_keys(&items), [0, 1, 2])?;
    ensure("all items are of the partition", items.iter().all(|item| item.get("from") == Some(&"a".into())))?;
    ensure_eq(
        "empty partition",
        cx.run(partition_query(&table, "c")).await?,
        djamodb_core::plan::QueryOutput::default(),
    )
}

/// Fails if a table without a range key cannot be queried.
async fn reads_a_table_without_a_range_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a"), user_key("b")]).await?;
    ensure_eq("item", query_all(&cx, partition_query(&table, "b")).await?, [user_key("b")])?;
    ensure_eq("missing item", query_all(&cx, partition_query(&table, "c")).await?, Vec::<Item>::new())
}

/// Asserts the `n` of the items that each condition selects, in both directions.
async fn ensure_each(
    cx: &Context,
    table: &Name,
    conditions: impl IntoIterator<Item = (RangeCondition, &[i64])>,
) -> CaseResult {
    for (condition, expected) in conditions {
        let query = Query {
            consistent: true,
            ..Query::new(table, KeyCondition::hash("id", "a").range("at", condition.clone()))
        };
        let items = query_all(cx, query.clone()).await?;
        ensure_eq(format!("{condition:?}"), number_values(&items, "n"), expected)?;
        let backwards = query_all(cx, Query { forward: false, ..query }).await?;
        let mut expected = expected.to_vec();
        expected.reverse();
        ensure_eq(format!("{condition:?}, backwards"), number_values(&backwards, "n"), expected)?;
    }
    Ok(())
}

/// Fails if a range condition on numbers includes or excludes a wrong bound.
async fn range_conditions_select_numbers(cx: Context) -> CaseResult {
    use RangeCondition::{Between, Eq, Ge, Gt, Le, Lt};

    let table = create_events(&cx).await?;
    put_all(&cx, &table, (1..6).map(|n| key("a", n * 10).with("n", n))).await?;
    put_all(&cx, &table, [key("b", 30).with("n", 9)]).await?;
    ensure_each(
        &cx,
        &table,
        [
            (Eq(30.into()), [3].as_slice()),
            (Eq(31.into()), &[]),
            (Lt(30.into()), &[1, 2]),
            (Le(30.into()), &[1, 2, 3]),
            (Gt(30.into()), &[4, 5]),
            (Ge(30.into()), &[3, 4, 5]),
            (Ge(31.into()), &[4, 5]),
            (Between(20.into(), 40.into()), &[2, 3, 4]),
            (Between(21.into(), 39.into()), &[3]),
            (Between(30.into(), 30.into()), &[3]),
            (Between((-1000).into(), 1000.into()), &[1, 2, 3, 4, 5]),
        ],
    )
    .await
}

/// Fails if a range condition on strings includes or excludes a wrong bound.
async fn range_conditions_select_strings(cx: Context) -> CaseResult {
    use RangeCondition::{BeginsWith, Between, Eq, Ge, Gt, Le, Lt};

    let table = create_events_with_range_key(&cx, ScalarType::S).await?;
    let item = |(n, at): (i32, &str)| user_key("a").with("at", at).with("n", n);
    let texts = ["a", "ab", "ab\0", "abc", "abé", "ac", "b", "é"];
    put_all(&cx, &table, (1..).zip(texts).map(item)).await?;
    ensure_each(
        &cx,
        &table,
        [
            (Eq("ab".into()), [2].as_slice()),
            (Lt("ab".into()), &[1]),
            (Le("ab".into()), &[1, 2]),
            (Gt("ab".into()), &[3, 4, 5, 6, 7, 8]),
            (Ge("abc".into()), &[4, 5, 6, 7, 8]),
            (Between("ab".into(), "ac".into()), &[2, 3, 4, 5, 6]),
            (Between("aa".into(), "abb".into()), &[2, 3]),
            (BeginsWith("ab".into()), &[2, 3, 4, 5]),
            (BeginsWith("a".into()), &[1, 2, 3, 4, 5, 6]),
            (BeginsWith("é".into()), &[8]),
            (BeginsWith("z".into()), &[]),
            (BeginsWith("abcd".into()), &[]),
        ],
    )
    .await
}

/// Fails if a range condition on binary values, or a prefix that ends in 0xff, includes or excludes a wrong bound.
async fn range_conditions_select_binary_values(cx: Context) -> CaseResult {
    use RangeCondition::{BeginsWith, Between, Eq, Ge, Gt, Le, Lt};

    let binary = |bytes: &[u8]| AttributeValue::b(bytes.to_vec());
    let table = create_events_with_range_key(&cx, ScalarType::B).await?;
    let keys: [&[u8]; 7] = [b"\x00", b"\x00\xff", b"\x01", b"\x7f", b"\xff", b"\xff\x00", b"\xff\xff"];
    put_all(&cx, &table, (1..).zip(keys).map(|(n, at)| user_key("a").with("at", binary(at)).with("n", n))).await?;
    ensure_each(
        &cx,
        &table,
        [
            (Eq(binary(b"\x00\xff")), [2].as_slice()),
            (Lt(binary(b"\x01")), &[1, 2]),
            (Le(binary(b"\x01")), &[1, 2, 3]),
            (Gt(binary(b"\x7f")), &[5, 6, 7]),
            (Ge(binary(b"\x80")), &[5, 6, 7]),
            (Between(binary(b"\x00\x00"), binary(b"\xff")), &[2, 3, 4, 5]),
            (BeginsWith(binary(b"\x00")), &[1, 2]),
            (BeginsWith(binary(b"\xff")), &[5, 6, 7]),
            (BeginsWith(binary(b"\xff\xff")), &[7]),
        ],
    )
    .await
}

/// Fails if items next to an empty range are returned.
async fn range_conditions_without_matches_return_nothing(cx: Context) -> CaseResult {
    use RangeCondition::{Between, Gt, Lt};

    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 1).with("n", 1), key("a", 5).with("n", 5)]).await?;
    let empty: &[i64] = &[];
    ensure_each(&cx, &table, [(Lt(1.into()), empty), (Gt(5.into()), empty), (Between(2.into(), 4.into()), empty)]).await
}

/// Fails if a misspelled table name looks like an empty partition.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(partition_query(&cx.table_name("missing"), "a")).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}

/// Fails if a condition is taken for one on the hash key or on the range key by its place.
async fn key_conditions_are_matched_to_attributes_by_name(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| key("a", at))).await?;
    put_all(&cx, &table, [key("b", 1)]).await?;
    let id = || ("id".into(), RangeCondition::Eq("a".into()));
    let at = || ("at".into(), RangeCondition::Gt(1.into()));
    for (range, expected) in [(vec![id()], &[0, 1, 2, 3][..]), (vec![id(), at()], &[2, 3]), (vec![at(), id()], &[2, 3])]
    {
        let condition = KeyCondition { hash: vec![], range };
        ensure_eq(condition.to_string(), range_keys(&query_all(&cx, Query::new(&table, condition)).await?), expected)?;
    }
    let condition = KeyCondition { hash: vec![("at".into(), 1.into())], range: vec![id()] };
    ensure_eq("range keys of a whole key", range_keys(&query_all(&cx, Query::new(&table, condition)).await?), [1])
}
