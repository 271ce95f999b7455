//! Filters of `Query`.

use super::prelude::*;

case!("query/returns_items_that_satisfy_the_filter", Theme::Filter, returns_items_that_satisfy_the_filter);
case!(
    "query/returns_nothing_if_no_item_satisfies_the_filter",
    Theme::Filter,
    returns_nothing_if_no_item_satisfies_the_filter
);
case!("query/counts_items_before_and_after_the_filter", Theme::Count, counts_items_before_and_after_the_filter);
case!(
    "query/filters_on_attributes_that_are_not_projected",
    Theme::Filter,
    filters_on_attributes_that_are_not_projected
);
case!("query/rejects_a_filter_on_the_queried_key", Theme::Filter, rejects_a_filter_on_the_queried_key);
case!("query/filters_on_keys_of_another_table_or_index", Theme::Filter, filters_on_keys_of_another_table_or_index);

/// Creates a table with six items: `at` and `n` from 0, `kind` `door` for every third and `window` for the others, `heat` from
/// 5 down.
async fn create_six_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    let kind = |at: i32| if at % 3 == 0 { "door" } else { "window" };
    put_all(cx, &table, (0..6).map(|at| indexed_item("a", at, kind(at), 5 - at).with("n", at))).await?;
    Ok(table)
}

fn compare(name: &str, comparator: Comparator, value: impl Into<Operand>) -> Condition {
    Condition::compare(path(name), comparator, value)
}

/// Fails if the filter is ignored.
async fn returns_items_that_satisfy_the_filter(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    for (filter, expected) in [
        (compare("kind", Comparator::Eq, "door"), [0, 3].as_slice()),
        (compare("n", Comparator::Gt, 3), &[4, 5]),
        (compare("kind", Comparator::Eq, "window").and(compare("n", Comparator::Lt, 4)), &[1, 2]),
        (Condition::Or(vec![compare("n", Comparator::Eq, 0), compare("n", Comparator::Eq, 5)]), &[0, 5]),
        (compare("kind", Comparator::Eq, "door").negate(), &[1, 2, 4, 5]),
    ] {
        let description = filter.to_string();
        let items = query_all(&cx, Query { filter: Some(filter), ..partition_query(&table, "a") }).await?;
        ensure_eq(description, range_keys(&items), expected)?;
    }
    Ok(())
}

/// Fails if a filter that no item satisfies is ignored.
async fn returns_nothing_if_no_item_satisfies_the_filter(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    let filter = Some(compare("kind", Comparator::Eq, "gate"));
    let page = cx.run(Query { filter, ..partition_query(&table, "a") }).await?;
    ensure_eq("items", page.items, Vec::<Item>::new())?;
    ensure_eq("count and scanned count", (page.count, page.scanned_count), (0, 6))
}

/// Fails if `Count` or `ScannedCount` is wrong.
async fn counts_items_before_and_after_the_filter(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    let page = cx.run(partition_query(&table, "a")).await?;
    ensure_eq("counts without a filter", (page.count, page.scanned_count), (6, 6))?;
    let filter = Some(compare("kind", Comparator::Eq, "door"));
    for select in [None, Some(Select::Count)] {
        let page = cx.run(Query { filter: filter.clone(), select, ..partition_query(&table, "a") }).await?;
        ensure_eq("counts with a filter", (page.count, page.scanned_count), (2, 6))?;
    }
    Ok(())
}

/// Fails if the filter is applied after the projection, where the attribute is missing.
async fn filters_on_attributes_that_are_not_projected(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    let filter = Some(compare("kind", Comparator::Eq, "door"));
    let select = Some(Select::SpecificAttributes(djamodb_core::expression::ProjectionExpression::new([path("n")])));
    let items = cx.run(Query { filter, select, ..partition_query(&table, "a") }).await?.items;
    ensure_eq("attribute n", items, [0, 3].map(|n| Item::new().with("n", n)))
}

/// Fails if a filter on a key attribute of the queried table or index is accepted.
async fn rejects_a_filter_on_the_queried_key(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    let with_filter_on = |query: Query, name: &str| Query {
        filter: Some(Condition::Or(vec![compare("n", Comparator::Eq, 1), compare(name, Comparator::Ne, "x").negate()])),
        ..query
    };
    for name in ["id", "at"] {
        let error = cx.expect_validation_error(with_filter_on(partition_query(&table, "a"), name)).await?;
        let message = "Filter Expression can only contain non-primary key attributes: Primary key attribute: ";
        cx.expect_message(&error, &format!("{message}{name}"))?;
    }
    for name in ["kind", "heat"] {
        cx.expect_validation_error(with_filter_on(index_query(&table, "global_all", "door"), name)).await?;
    }
    for name in ["id", "heat"] {
        cx.expect_validation_error(with_filter_on(index_query(&table, "local_all", "a"), name)).await?;
    }
    let nested = Some(Condition::AttributeExists(path("id.inside")));
    cx.expect_validation_error(Query { filter: nested, ..partition_query(&table, "a") }).await?;
    Ok(())
}

/// Fails if a filter on a key attribute that is not part of the queried key is rejected.
async fn filters_on_keys_of_another_table_or_index(cx: Context) -> CaseResult {
    let table = create_six_items(&cx).await?;
    let on_index = Query {
        filter: Some(compare("at", Comparator::Gt, 0).and(compare("id", Comparator::Eq, "a"))),
        ..index_query(&table, "global_all", "door")
    };
    ensure_eq("range keys with a filter on table keys in an index", range_keys(&query_all(&cx, on_index).await?), [3])?;
    let on_table = Query { filter: Some(compare("heat", Comparator::Le, 1)), ..partition_query(&table, "a") };
    ensure_eq(
        "range keys with a filter on index keys in the table",
        range_keys(&query_all(&cx, on_table).await?),
        [4, 5],
    )?;
    let local = Query { filter: Some(compare("at", Comparator::Le, 1)), ..index_query(&table, "local_all", "a") };
    ensure_eq(
        "range keys with a filter on the table's range key in a local index",
        range_keys(&query_all(&cx, local).await?),
        [1, 0],
    )
}
