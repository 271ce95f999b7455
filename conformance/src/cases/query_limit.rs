//! Limits of `Query`.

use super::prelude::*;

case!("query/a_limit_ends_the_page", Theme::Limit, a_limit_ends_the_page);
case!(
    "query/returns_a_last_key_if_the_limit_is_reached_exactly",
    Theme::Limit,
    returns_a_last_key_if_the_limit_is_reached_exactly
);
case!("query/returns_no_last_key_at_an_inclusive_bound", Theme::Limit, returns_no_last_key_at_an_inclusive_bound);
case!("query/returns_no_last_key_below_the_limit", Theme::Limit, returns_no_last_key_below_the_limit);
case!("query/a_limit_counts_items_before_the_filter", Theme::Limit, a_limit_counts_items_before_the_filter);
case!("query/rejects_a_limit_of_zero", Theme::Limit, rejects_a_limit_of_zero);

/// Creates a table with five items of one partition, two of them odd, and one item of another partition.
async fn create_five_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..5).map(|at| key("a", at).with("odd", at % 2 == 1))).await?;
    put_all(cx, &table, [key("b", 0)]).await?;
    Ok(table)
}

fn limited(table: &Name, limit: u32) -> Query {
    Query { limit: Some(limit), ..partition_query(table, "a") }
}

/// Fails if more items are read than the limit.
async fn a_limit_ends_the_page(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    let page = cx.run(limited(&table, 2)).await?;
    ensure_eq("range keys", range_keys(&page.items), [0, 1])?;
    ensure_eq("count and scanned count", (page.count, page.scanned_count), (2, 2))?;
    ensure_eq("last evaluated key", page.last_evaluated_key, Some(key("a", 1)))
}

/// Fails if a page that reaches the limit at the end of the partition has no `LastEvaluatedKey`.
async fn returns_a_last_key_if_the_limit_is_reached_exactly(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    let page = cx.run(limited(&table, 5)).await?;
    ensure_eq("range keys", range_keys(&page.items), [0, 1, 2, 3, 4])?;
    ensure_eq("last evaluated key", page.last_evaluated_key.clone(), Some(key("a", 4)))?;
    let rest = cx.run(Query { exclusive_start_key: page.last_evaluated_key, ..limited(&table, 5) }).await?;
    ensure_eq("items after the last one", (rest.items.len(), rest.last_evaluated_key), (0, None))
}

/// Fails if a page that reaches the limit has a `LastEvaluatedKey` although its last item is the bound of the range, after which no item of
/// a table can follow.
async fn returns_no_last_key_at_an_inclusive_bound(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    let between = |low: i32, high: i32| RangeCondition::Between(low.into(), high.into());
    for (range, forward, limit, last) in [
        (RangeCondition::Le(2.into()), true, 3, None),
        (RangeCondition::Le(2.into()), true, 2, Some(1)),
        (RangeCondition::Le(9.into()), true, 5, Some(4)),
        (RangeCondition::Lt(3.into()), true, 3, Some(2)),
        (RangeCondition::Le(2.into()), false, 3, Some(0)),
        (RangeCondition::Ge(2.into()), false, 3, None),
        (RangeCondition::Ge(2.into()), true, 3, Some(4)),
        (between(1, 3), true, 3, None),
        (between(1, 3), false, 3, None),
        (between(1, 9), true, 4, Some(4)),
    ] {
        let condition = KeyCondition::hash("id", "a").range("at", range);
        let query = Query { limit: Some(limit), forward, ..Query::new(&table, condition.clone()) };
        let page = cx.run(query).await?;
        let what = format!("last evaluated key of {condition}, forward: {forward}, limit: {limit}");
        ensure_eq(what, page.last_evaluated_key, last.map(|at| key("a", at)))?;
    }
    let users = create_users(&cx).await?;
    put_all(&cx, &users, [user_key("a")]).await?;
    let only = cx.run(limited(&users, 1)).await?;
    ensure_eq("page of the only item of a hash key", (only.count, only.last_evaluated_key), (1, None))
}

/// Fails if a page below the limit has a `LastEvaluatedKey`.
async fn returns_no_last_key_below_the_limit(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    for limit in [6, 1_000_000] {
        let page = cx.run(limited(&table, limit)).await?;
        ensure_eq("range keys", range_keys(&page.items), [0, 1, 2, 3, 4])?;
        ensure_eq("last evaluated key", page.last_evaluated_key, None)?;
    }
    let empty = cx.run(Query { limit: Some(1), ..partition_query(&table, "c") }).await?;
    ensure_eq("empty partition", (empty.items.len(), empty.last_evaluated_key), (0, None))
}

/// Fails if the limit counts the items that the filter keeps.
async fn a_limit_counts_items_before_the_filter(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    let filter = Some(Condition::compare(path("odd"), Comparator::Eq, true));
    let page = cx.run(Query { filter: filter.clone(), ..limited(&table, 1) }).await?;
    ensure_eq(
        "counts where the only item read is dropped",
        (page.count, page.scanned_count, page.items.len()),
        (0, 1, 0),
    )?;
    ensure_eq("last evaluated key", page.last_evaluated_key, Some(key("a", 0)))?;
    let page = cx.run(Query { filter, ..limited(&table, 4) }).await?;
    ensure_eq("counts where two of four items are kept", (page.count, page.scanned_count), (2, 4))?;
    ensure_eq("range keys", range_keys(&page.items), [1, 3])
}

/// Fails if a limit of 0 is treated as no limit.
async fn rejects_a_limit_of_zero(cx: Context) -> CaseResult {
    let table = create_five_items(&cx).await?;
    cx.expect_validation_error(limited(&table, 0)).await?;
    Ok(())
}
