//! `Query`: how many items it reads.

use super::prelude::*;

case!("query/a_limit_ends_the_page", Theme::Limit, ends_page);
case!("query/a_limit_that_is_met_exactly_gives_a_key_to_go_on", Theme::Limit, met_exactly);
case!("query/a_limit_above_what_there_is_changes_nothing", Theme::Limit, above);
case!("query/a_limit_counts_before_the_filter", Theme::Limit, before_filter);
case!("query/a_limit_of_nothing_is_refused", Theme::Limit, zero);

/// Five items, of which two are odd, and one of another partition.
async fn five(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..5).map(|at| key("a", at).with("odd", at % 2 == 1))).await?;
    put_all(cx, &table, [key("b", 0)]).await?;
    Ok(table)
}

fn limited(table: &Name, limit: u32) -> Query {
    Query { limit: Some(limit), ..partition_query(table, "a") }
}

/// More would be read, and paid for, than was asked for.
async fn ends_page(cx: Context) -> CaseResult {
    let table = five(&cx).await?;
    let page = cx.run(limited(&table, 2)).await?;
    ensure_eq("the range keys", range_keys(&page.items), [0, 1])?;
    ensure_eq("how many were read", (page.count, page.scanned_count), (2, 2))?;
    ensure_eq("where to go on", page.last_evaluated_key, Some(key("a", 1)))
}

/// A reader that stops where no key is given would miss nothing, but one that counts pages would.
async fn met_exactly(cx: Context) -> CaseResult {
    let table = five(&cx).await?;
    let page = cx.run(limited(&table, 5)).await?;
    ensure_eq("the range keys", range_keys(&page.items), [0, 1, 2, 3, 4])?;
    ensure_eq("where to go on", page.last_evaluated_key.clone(), Some(key("a", 4)))?;
    let rest = cx.run(Query { exclusive_start_key: page.last_evaluated_key, ..limited(&table, 5) }).await?;
    ensure_eq("the rest", (rest.items.len(), rest.last_evaluated_key), (0, None))
}

/// A page that is not full would pretend that more follows.
async fn above(cx: Context) -> CaseResult {
    let table = five(&cx).await?;
    for limit in [6, 1_000_000] {
        let page = cx.run(limited(&table, limit)).await?;
        ensure_eq("the range keys", range_keys(&page.items), [0, 1, 2, 3, 4])?;
        ensure_eq("where to go on", page.last_evaluated_key, None)?;
    }
    let empty = cx.run(Query { limit: Some(1), ..partition_query(&table, "c") }).await?;
    ensure_eq("a partition without items", (empty.items.len(), empty.last_evaluated_key), (0, None))
}

/// A limit would be thought to count results, and more be read than was asked for.
async fn before_filter(cx: Context) -> CaseResult {
    let table = five(&cx).await?;
    let filter = Some(Condition::compare(path("odd"), Comparator::Eq, true));
    let page = cx.run(Query { filter: filter.clone(), ..limited(&table, 1) }).await?;
    ensure_eq("the only one read is dropped", (page.count, page.scanned_count, page.items.len()), (0, 1, 0))?;
    ensure_eq("where to go on", page.last_evaluated_key, Some(key("a", 0)))?;
    let page = cx.run(Query { filter, ..limited(&table, 4) }).await?;
    ensure_eq("two of four are kept", (page.count, page.scanned_count), (2, 4))?;
    ensure_eq("the range keys", range_keys(&page.items), [1, 3])
}

/// A limit of nothing would mean no limit.
async fn zero(cx: Context) -> CaseResult {
    let table = five(&cx).await?;
    cx.expect_validation_error(limited(&table, 0)).await?;
    Ok(())
}
