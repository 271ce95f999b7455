//! Start keys of `Query`.

use super::prelude::*;

case!("query/continues_after_the_start_key", Theme::StartKey, continues_after_the_start_key);
case!("query/a_start_key_needs_no_item", Theme::StartKey, a_start_key_needs_no_item);
case!("query/a_start_key_continues_within_the_range", Theme::StartKey, a_start_key_continues_within_the_range);
case!("query/rejects_a_start_key_of_another_partition", Theme::StartKey, rejects_a_start_key_of_another_partition);
case!(
    "query/rejects_a_start_key_of_another_partition_within_the_range",
    Theme::StartKey,
    rejects_a_start_key_of_another_partition_within_the_range
);
case!(
    "query/rejects_a_start_key_at_the_bound_of_a_table",
    Theme::StartKey,
    rejects_a_start_key_at_the_bound_of_a_table
);
case!("query/rejects_a_start_key_outside_the_range", Theme::StartKey, rejects_a_start_key_outside_the_range);
case!(
    "query/rejects_start_keys_that_do_not_match_the_schema",
    Theme::StartKey,
    rejects_start_keys_that_do_not_match_the_schema
);
case!("query/an_index_continues_after_both_keys", Theme::StartKey, an_index_continues_after_both_keys);

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (1..7).map(|at| key("a", at * 10))).await?;
    put_all(cx, &table, [key("b", 10)]).await?;
    Ok(table)
}

fn starting_after(query: Query, start: Item) -> Query {
    Query { exclusive_start_key: Some(start), ..query }
}

/// Fails if the item of the start key is returned again, or if the next one is skipped.
async fn continues_after_the_start_key(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (start, forwards, backwards) in
        [(10, &[20, 30, 40, 50, 60][..], &[][..]), (30, &[40, 50, 60], &[20, 10]), (60, &[], &[50, 40, 30, 20, 10])]
    {
        let query = starting_after(partition_query(&table, "a"), key("a", start));
        ensure_eq(format!("range keys after {start}"), range_keys(&cx.run(query.clone()).await?.items), forwards)?;
        let query = Query { forward: false, ..query };
        ensure_eq(format!("range keys before {start}"), range_keys(&cx.run(query).await?.items), backwards)?;
    }
    Ok(())
}

/// Fails if reading cannot continue after the item of the start key was deleted.
async fn a_start_key_needs_no_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (start, forwards, backwards) in [
        (35, &[40, 50, 60][..], &[30, 20, 10][..]),
        (0, &[10, 20, 30, 40, 50, 60], &[]),
        (99, &[], &[60, 50, 40, 30, 20, 10]),
    ] {
        let query = starting_after(partition_query(&table, "a"), key("a", start));
        ensure_eq(format!("range keys after {start}"), range_keys(&cx.run(query.clone()).await?.items), forwards)?;
        let query = Query { forward: false, ..query };
        ensure_eq(format!("range keys before {start}"), range_keys(&cx.run(query).await?.items), backwards)?;
    }
    Ok(())
}

/// Fails if a start key extends the range, or changes the limit.
async fn a_start_key_continues_within_the_range(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let range = RangeCondition::Between(20.into(), 50.into());
    let middle = Query::new(&table, KeyCondition::hash("id", "a").range("at", range));
    let middle = Query { consistent: true, ..middle };
    ensure_eq(
        "range keys of a forward read",
        range_keys(&cx.run(starting_after(middle.clone(), key("a", 30))).await?.items),
        [40, 50],
    )?;
    let backwards = Query { forward: false, ..middle.clone() };
    ensure_eq(
        "range keys of a backward read",
        range_keys(&cx.run(starting_after(backwards, key("a", 30))).await?.items),
        [20],
    )?;
    let two = Query { limit: Some(1), ..starting_after(middle, key("a", 20)) };
    ensure_eq("range keys with a limit", range_keys(&cx.run(two).await?.items), [30])
}

/// Fails if reading continues in the partition of the start key.
async fn rejects_a_start_key_of_another_partition(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let error = cx.expect_validation_error(starting_after(partition_query(&table, "a"), key("b", 10))).await?;
    cx.expect_message_or_deviation(
        "start-key-of-another-partition-message",
        &error,
        "The provided starting key is outside query boundaries based on provided conditions",
    )
}

/// Fails if reading continues in the partition of a start key that satisfies the range condition.
async fn rejects_a_start_key_of_another_partition_within_the_range(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for condition in [RangeCondition::Lt(30.into()), RangeCondition::Eq(10.into())] {
        let query = Query::new(&table, KeyCondition::hash("id", "a").range("at", condition));
        let error = cx.expect_validation_error(starting_after(query, key("b", 10))).await?;
        cx.expect_message_or_deviation(
            "start-key-of-another-partition-message",
            &error,
            "The query can return at most one row and cannot be restarted",
        )?;
    }
    let query = Query::new(&table, KeyCondition::hash("id", "a").range("at", RangeCondition::Gt(10.into())));
    let error = cx.expect_validation_error(starting_after(query, key("b", 10))).await?;
    cx.expect_message(&error, "The provided starting key does not match the range key predicate")
}

/// Fails if a query of a table starts at a bound that no item can follow, or if a query of an index does not.
async fn rejects_a_start_key_at_the_bound_of_a_table(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (1..4).map(|at| indexed_item("a", at, "k", 5))).await?;
    let between = || RangeCondition::Between(1.into(), 3.into());
    for (condition, at, forward) in [
        (RangeCondition::Le(3.into()), 3, true),
        (RangeCondition::Ge(1.into()), 1, false),
        (between(), 3, true),
        (between(), 1, false),
    ] {
        let query = Query::new(&table, KeyCondition::hash("id", "a").range("at", condition));
        let start = |forward| Query { forward, ..starting_after(query.clone(), key("a", at)) };
        let error = cx.expect_validation_error(start(forward)).await?;
        cx.expect_message(&error, "The provided starting key does not match the range key predicate")?;
        ensure_eq("number of items in the other direction", cx.run(start(!forward)).await?.count, 2)?;
    }
    let of_index = KeyCondition::hash("kind", "k").range("heat", RangeCondition::Le(5.into()));
    let query = Query { index: Some("global_all".into()), limit: Some(1), ..Query::new(&table, of_index) };
    ensure_eq("items of all pages of an index", query_all(&cx, query).await?.len(), 3)
}

/// Fails if a start key outside the key condition is accepted.
async fn rejects_a_start_key_outside_the_range(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for condition in [RangeCondition::Gt(30.into()), RangeCondition::Lt(20.into()), RangeCondition::Eq(40.into())] {
        for forward in [true, false] {
            let query = Query::new(&table, KeyCondition::hash("id", "a").range("at", condition.clone()));
            let error = cx.expect_validation_error(starting_after(Query { forward, ..query }, key("a", 30))).await?;
            cx.expect_message(&error, "The provided starting key does not match the range key predicate")?;
        }
    }
    Ok(())
}

/// Fails if a malformed start key is accepted.
async fn rejects_start_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    for start in [Item::new(), user_key("a").with("other", 1), user_key("a").with("at", "1"), key("", 1)] {
        cx.expect_validation_error(starting_after(partition_query(&table, "a"), start)).await?;
    }
    for start in [user_key("a"), key("a", 1).with("more", 1)] {
        let error = cx.expect_validation_error(starting_after(partition_query(&table, "a"), start)).await?;
        let message = "The provided starting key is invalid";
        cx.expect_message_or_deviation("start-keys-of-another-size-have-one-message", &error, message)?;
    }
    for start in
        [key("a", 1), Item::new().with("kind", "k").with("heat", 1), indexed_item("a", 1, "k", 1).with("more", 1)]
    {
        cx.expect_validation_error(starting_after(index_query(&table, "global_all", "k"), start)).await?;
    }
    cx.expect_validation_error(starting_after(index_query(&table, "local_all", "a"), key("a", 1))).await?;
    Ok(())
}

/// Fails if items with equal index keys are skipped or duplicated.
async fn an_index_continues_after_both_keys(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("a", at, "k", 5))).await?;
    put_all(&cx, &table, (0..4).map(|at| indexed_item("b", at, "k", at))).await?;
    for forward in [true, false] {
        let query = Query { limit: Some(3), forward, ..index_query(&table, "global_all", "k") };
        let found = query_pages(&cx, query.clone()).await?;
        let walked: Vec<Item> = found.iter().flat_map(|page| page.items.clone()).collect();
        let whole = cx.run(Query { limit: None, ..query }).await?.items;
        ensure_eq("number of items", whole.len(), 8)?;
        ensure_eq("items of all pages and of one page", walked, whole)?;
        let last = found[0].last_evaluated_key.as_ref().map(Item::len);
        ensure_eq("number of attributes in the last evaluated key", last, Some(4))?;
    }
    Ok(())
}
