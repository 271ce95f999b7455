//! Consumed capacity of `Query`.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!("query/consumes_capacity_by_the_total_size_read", Theme::Capacity, consumes_capacity_by_the_total_size_read);
case!(
    "query/consumes_capacity_of_dropped_items_and_attributes",
    Theme::Capacity,
    consumes_capacity_of_dropped_items_and_attributes
);
case!(
    "query/consumes_minimum_capacity_if_nothing_is_found",
    Theme::Capacity,
    consumes_minimum_capacity_if_nothing_is_found
);
case!(
    "query/consumes_index_capacity_by_the_projected_size",
    Theme::Capacity,
    consumes_index_capacity_by_the_projected_size
);
case!(
    "query/consumes_capacity_for_each_item_a_local_index_fetches",
    Theme::Capacity,
    consumes_capacity_for_each_item_a_local_index_fetches
);
case!(
    "query/fetches_nothing_that_a_local_index_projects",
    Theme::Capacity,
    fetches_nothing_that_a_local_index_projects
);

/// Creates a table with ten items of 1,000 bytes.
async fn create_ten_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(cx, &table, (0..10).map(|at| item_of_size(indexed_item("a", at, "k", at), 1000))).await?;
    Ok(table)
}

fn eventual(table: &Name) -> Query {
    Query { consistent: false, ..partition_query(table, "a") }
}

fn with_index_capacity(query: Query) -> Query {
    Query { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..query }
}

/// Fails if small items consume as much as if each were read alone.
async fn consumes_capacity_by_the_total_size_read(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    for (limit, expected) in [(None, 1.5), (Some(4), 0.5), (Some(5), 1.0)] {
        let read = |consistent| Query { limit, consistent, ..eventual(&table) };
        let both = (consumed_units(&cx, read(false)).await?, consumed_units(&cx, read(true)).await?);
        ensure_eq(format!("capacity with the limit {limit:?}"), both, (expected, expected * 2.0))?;
    }
    let none = Query { return_consumed_capacity: ReturnConsumedCapacity::None, ..eventual(&table) };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(none).await?, [])?;
    ensure_eq(
        "capacity with `INDEXES`",
        cx.consumed_capacity(with_index_capacity(eventual(&table))).await?,
        [expected_capacity(&table, 1.5, &[], &[])],
    )
}

/// Fails if a filter, a projection or `COUNT` reduces the consumed capacity.
async fn consumes_capacity_of_dropped_items_and_attributes(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let filter = Some(Condition::AttributeExists(path("none")));
    let part = Some(Select::SpecificAttributes(ProjectionExpression::new([path("at")])));
    for query in [
        Query { filter, ..eventual(&table) },
        Query { select: part, ..eventual(&table) },
        Query { select: Some(Select::Count), ..eventual(&table) },
    ] {
        ensure_eq(format!("{:?}", query.select), consumed_units(&cx, query).await?, 1.5)?;
    }
    Ok(())
}

/// Fails if a query without results consumes no capacity.
async fn consumes_minimum_capacity_if_nothing_is_found(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let unit = if cx.deviates("empty-results-consume-nothing") { 0.0 } else { 0.5 };
    for consistent in [false, true] {
        let query = Query { consistent, ..partition_query(&table, "none") };
        let expected = if consistent { 2.0 * unit } else { unit };
        ensure_eq(format!("capacity with consistent: {consistent}"), consumed_units(&cx, query).await?, expected)?;
    }
    let of_index = [expected_capacity(&table, 0.0, &[], &[("global_keys", unit)])];
    ensure_eq(
        "capacity of an index",
        cx.consumed_capacity(with_index_capacity(index_query(&table, "global_keys", "none"))).await?,
        of_index,
    )
}

/// Fails if an index consumes capacity by whole items, or if the table consumes capacity for it.
async fn consumes_index_capacity_by_the_projected_size(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    for (index, expected) in [("global_all", 1.5), ("global_keys", 0.5), ("global_note", 0.5)] {
        let consumed = cx.consumed_capacity(with_index_capacity(index_query(&table, index, "k"))).await?;
        ensure_eq(index, consumed, [expected_capacity(&table, 0.0, &[], &[(index, expected)])])?;
    }
    for (index, expected) in [("local_all", 1.5), ("local_keys", 0.5), ("local_note", 0.5)] {
        for (consistent, times) in [(false, 1.0), (true, 2.0)] {
            let query = Query { consistent, ..index_query(&table, index, "a") };
            let consumed = cx.consumed_capacity(with_index_capacity(query)).await?;
            ensure_eq(index, consumed, [expected_capacity(&table, 0.0, &[(index, expected * times)], &[])])?;
        }
    }
    Ok(())
}

/// Fails if attributes that a local index fetches from the table consume no capacity.
async fn consumes_capacity_for_each_item_a_local_index_fetches(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let payload = Select::SpecificAttributes(ProjectionExpression::new([path("payload")]));
    for select in [Select::AllAttributes, payload] {
        let query = Query { select: Some(select), ..index_query(&table, "local_keys", "a") };
        let consumed = cx.consumed_capacity(with_index_capacity(query.clone())).await?;
        ensure_eq("capacity of all items", consumed, [expected_capacity(&table, 5.0, &[("local_keys", 0.5)], &[])])?;
        let consumed =
            cx.consumed_capacity(with_index_capacity(Query { limit: Some(3), consistent: true, ..query })).await?;
        ensure_eq("capacity of three items", consumed, [expected_capacity(&table, 3.0, &[("local_keys", 1.0)], &[])])?;
    }
    Ok(())
}

/// Fails if a projection of attributes that the local index holds is read from the table.
async fn fetches_nothing_that_a_local_index_projects(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let keys = Some(Select::SpecificAttributes(ProjectionExpression::new([path("at")])));
    let consumed = cx
        .consumed_capacity(with_index_capacity(Query { select: keys, ..index_query(&table, "local_keys", "a") }))
        .await?;
    let of_table = if cx.deviates("local-index-projections-are-fetched") { 5.0 } else { 0.0 };
    ensure_eq(
        "capacity of the index only",
        consumed,
        [expected_capacity(&table, of_table, &[("local_keys", 0.5)], &[])],
    )
}
