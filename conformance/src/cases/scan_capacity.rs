//! Consumed capacity of `Scan`.

use super::prelude::*;

case!("scan/consumes_capacity_by_the_total_size_read", Theme::Capacity, consumes_capacity_by_the_total_size_read);
case!(
    "scan/consumes_minimum_capacity_if_nothing_is_found",
    Theme::Capacity,
    consumes_minimum_capacity_if_nothing_is_found
);
case!("scan/consumes_capacity_of_the_index_only", Theme::Capacity, consumes_capacity_of_the_index_only);
case!(
    "scan/consumes_index_capacity_by_the_projected_size",
    Theme::Capacity,
    consumes_index_capacity_by_the_projected_size
);

case!(
    "scan/consumes_table_capacity_for_items_that_a_local_index_fetches",
    Theme::Capacity,
    consumes_table_capacity_for_items_that_a_local_index_fetches
);

/// Creates a table with ten items of 1,000 bytes.
async fn create_ten_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(cx, &table, (0..10).map(|at| item_of_size(indexed_item("a", at, "k", at), 1000))).await?;
    Ok(table)
}

fn with_index_capacity(table: &Name, index: &'static str) -> Scan {
    let index = Some(Name::from_static(index));
    Scan { index, return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..Scan::new(table) }
}

/// Fails if a filter, a limit or `COUNT` leads to wrong capacity.
async fn consumes_capacity_by_the_total_size_read(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let filter = Some(Condition::AttributeExists(path("none")));
    for (what, scan, expected) in [
        ("eventually consistent scan", Scan::new(&table), 1.5),
        ("strongly consistent scan", Scan { consistent: true, ..Scan::new(&table) }, 3.0),
        ("scan with a limit", Scan { limit: Some(4), ..Scan::new(&table) }, 0.5),
        ("scan with a filter", Scan { filter, ..Scan::new(&table) }, 1.5),
        ("scan with `COUNT`", Scan { select: Some(Select::Count), ..Scan::new(&table) }, 1.5),
    ] {
        ensure_eq(what, consumed_units(&cx, scan).await?, expected)?;
    }
    let none = Scan { return_consumed_capacity: ReturnConsumedCapacity::None, ..Scan::new(&table) };
    ensure_eq("capacity with `NONE`", cx.consumed_capacity(none).await?, [])
}

/// Fails if scanning an empty table or index consumes no capacity.
async fn consumes_minimum_capacity_if_nothing_is_found(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let unit = if cx.deviates("empty-results-consume-nothing") { 0.0 } else { 0.5 };
    ensure_eq("capacity of a table", consumed_units(&cx, Scan::new(&table)).await?, unit)?;
    let consumed = cx.consumed_capacity(with_index_capacity(&table, "global_all")).await?;
    ensure_eq("capacity of an index", consumed, [expected_capacity(&table, 0.0, &[], &[("global_all", unit)])])
}

/// Fails if the table consumes capacity for a scan of its index.
async fn consumes_capacity_of_the_index_only(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let consumed = cx.consumed_capacity(with_index_capacity(&table, "global_all")).await?;
    ensure_eq("capacity of a global index", consumed, [expected_capacity(&table, 0.0, &[], &[("global_all", 1.5)])])?;
    let consistent = Scan { consistent: true, ..with_index_capacity(&table, "local_all") };
    ensure_eq(
        "capacity of a local index",
        cx.consumed_capacity(consistent).await?,
        [expected_capacity(&table, 0.0, &[("local_all", 3.0)], &[])],
    )
}

/// Fails if an index consumes capacity by whole items.
async fn consumes_index_capacity_by_the_projected_size(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let units = if cx.deviates("index-scan-consumes-whole-items") { 1.5 } else { 0.5 };
    let consumed = cx.consumed_capacity(with_index_capacity(&table, "global_keys")).await?;
    ensure_eq(
        "capacity of a global index",
        consumed,
        [expected_capacity(&table, 0.0, &[], &[("global_keys", units)])],
    )?;
    let consumed = cx.consumed_capacity(with_index_capacity(&table, "local_keys")).await?;
    ensure_eq("capacity of a local index", consumed, [expected_capacity(&table, 0.0, &[("local_keys", units)], &[])])
}

/// Fails if the items that a local index fetches from its table are free.
async fn consumes_table_capacity_for_items_that_a_local_index_fetches(cx: Context) -> CaseResult {
    let table = create_ten_items(&cx).await?;
    let (of_table, of_index) = if cx.deviates("local-index-scans-fetch-for-free") { (0.0, 1.5) } else { (5.0, 0.5) };
    let scan = Scan { select: Some(Select::AllAttributes), ..with_index_capacity(&table, "local_keys") };
    ensure_eq(
        "capacity of a local index that fetches ten items",
        cx.consumed_capacity(scan).await?,
        [expected_capacity(&table, of_table, &[("local_keys", of_index)], &[])],
    )
}
