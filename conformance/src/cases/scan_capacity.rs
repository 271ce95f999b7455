//! `Scan`: what it costs.

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

/// Ten items of 1000 bytes.
async fn ten(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(cx, &table, (0..10).map(|at| item_of_size(indexed_item("a", at, "k", at), 1000))).await?;
    Ok(table)
}

fn in_full(table: &Name, index: &'static str) -> Scan {
    let index = Some(Name::from_static(index));
    Scan { index, return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..Scan::new(table) }
}

/// Fails if a filter, a limit or `COUNT` leads to wrong capacity.
async fn consumes_capacity_by_the_total_size_read(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let filter = Some(Condition::AttributeExists(path("none")));
    for (what, scan, expected) in [
        ("eventually", Scan::new(&table), 1.5),
        ("consistently", Scan { consistent: true, ..Scan::new(&table) }, 3.0),
        ("up to a limit", Scan { limit: Some(4), ..Scan::new(&table) }, 0.5),
        ("with a filter", Scan { filter, ..Scan::new(&table) }, 1.5),
        ("counted", Scan { select: Some(Select::Count), ..Scan::new(&table) }, 1.5),
    ] {
        ensure_eq(what, consumed_units(&cx, scan).await?, expected)?;
    }
    let none = Scan { return_consumed_capacity: ReturnConsumedCapacity::None, ..Scan::new(&table) };
    ensure_eq("nothing", cx.consumed_capacity(none).await?, [])
}

/// Fails if scanning an empty table or index consumes no capacity.
async fn consumes_minimum_capacity_if_nothing_is_found(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let unit = if cx.deviates("reading-nothing-is-free") { 0.0 } else { 0.5 };
    ensure_eq("a table", consumed_units(&cx, Scan::new(&table)).await?, unit)?;
    let charged = cx.consumed_capacity(in_full(&table, "global_all")).await?;
    ensure_eq("an index", charged, [expected_capacity(&table, 0.0, &[], &[("global_all", unit)])])
}

/// Fails if the table consumes capacity for a scan of its index.
async fn consumes_capacity_of_the_index_only(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let charged = cx.consumed_capacity(in_full(&table, "global_all")).await?;
    ensure_eq("a global one", charged, [expected_capacity(&table, 0.0, &[], &[("global_all", 1.5)])])?;
    let consistent = Scan { consistent: true, ..in_full(&table, "local_all") };
    ensure_eq(
        "a local one",
        cx.consumed_capacity(consistent).await?,
        [expected_capacity(&table, 0.0, &[("local_all", 3.0)], &[])],
    )
}

/// Fails if an index consumes capacity by whole items.
async fn consumes_index_capacity_by_the_projected_size(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let units = if cx.deviates("index-scan-costs-whole-items") { 1.5 } else { 0.5 };
    let charged = cx.consumed_capacity(in_full(&table, "global_keys")).await?;
    ensure_eq("a global one", charged, [expected_capacity(&table, 0.0, &[], &[("global_keys", units)])])?;
    let charged = cx.consumed_capacity(in_full(&table, "local_keys")).await?;
    ensure_eq("a local one", charged, [expected_capacity(&table, 0.0, &[("local_keys", units)], &[])])
}
