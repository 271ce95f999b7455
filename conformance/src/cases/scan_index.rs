//! `Scan` of indexes, and in segments.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!("scan/an_index_omits_items_without_its_key", Theme::Sparse, an_index_omits_items_without_its_key);
case!(
    "scan/returns_the_attributes_an_index_projects",
    Theme::IndexProjection,
    returns_the_attributes_an_index_projects
);
case!(
    "scan/attributes_that_an_index_does_not_project_are_missing_in_filters",
    Theme::IndexProjection,
    attributes_that_an_index_does_not_project_are_missing_in_filters
);
case!("scan/rejects_an_unknown_index", Theme::Index, rejects_an_unknown_index);
case!(
    "scan/rejects_consistent_reads_of_a_global_index",
    Theme::Consistency,
    rejects_consistent_reads_of_a_global_index
);
case!("scan/an_index_continues_after_both_keys", Theme::StartKey, an_index_continues_after_both_keys);
case!(
    "scan/segments_contain_every_item_once",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    segments_contain_every_item_once
);
case!(
    "scan/rejects_a_segment_out_of_range",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    rejects_a_segment_out_of_range
);

fn scan(table: &Name, index: &'static str) -> Scan {
    Scan { index: Some(Name::from_static(index)), ..Scan::new(table) }
}

/// Fails if items without an index key are in the index.
async fn an_index_omits_items_without_its_key(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(
        &cx,
        &table,
        [indexed_item("a", 1, "k", 1), indexed_item("b", 2, "l", 1), key("a", 3).with("kind", "k"), key("c", 4)],
    )
    .await?;
    put_all(&cx, &table, [key("c", 5).with("heat", 1)]).await?;
    ensure_eq(
        "range keys in the global index",
        sorted_range_keys(&scan_all(&cx, scan(&table, "global_all")).await?),
        [1, 2],
    )?;
    ensure_eq(
        "range keys in the local index",
        sorted_range_keys(&scan_all(&cx, scan(&table, "local_all")).await?),
        [1, 2, 5],
    )
}

/// Fails if an index returns other attributes than it projects, or accepts a selection that it cannot provide.
async fn returns_the_attributes_an_index_projects(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let whole = || indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1);
    put_all(&cx, &table, [whole()]).await?;
    let keys = || indexed_item("a", 1, "k", 5);
    for (index, expected) in [
        ("global_all", whole()),
        ("global_keys", keys()),
        ("global_note", keys().with("note", "n")),
        ("local_keys", key("a", 1).with("heat", 5)),
    ] {
        ensure_eq(index, scan_all(&cx, scan(&table, index)).await?, [expected])?;
    }
    cx.expect_validation_error(Scan { select: Some(Select::AllAttributes), ..scan(&table, "global_keys") }).await?;
    let more = Some(Select::SpecificAttributes(ProjectionExpression::new([path("more")])));
    cx.expect_validation_error(Scan { select: more, ..scan(&table, "global_keys") }).await?;
    let items = scan_all(&cx, Scan { select: Some(Select::AllAttributes), ..scan(&table, "local_keys") }).await?;
    ensure_eq("items that a local index fetches", items, [whole()])
}

/// Fails if the filter of a scan sees attributes that the index does not project.
async fn attributes_that_an_index_does_not_project_are_missing_in_filters(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5).with("note", "n")]).await?;
    let seen = cx.deviates("index-scans-filter-whole-items");
    for index in ["global_keys", "local_keys"] {
        let filtered = |filter| Scan { filter: Some(filter), ..scan(&table, index) };
        let present = scan_all(&cx, filtered(Condition::AttributeExists(path("note")))).await?;
        ensure_eq(format!("{index} with attribute_exists"), present.len(), usize::from(seen))?;
        let missing = scan_all(&cx, filtered(Condition::AttributeNotExists(path("note")))).await?;
        ensure_eq(format!("{index} with attribute_not_exists"), missing.len(), usize::from(!seen))?;
    }
    Ok(())
}

/// Fails if a misspelled index name scans the table.
async fn rejects_an_unknown_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let error = cx.expect_validation_error(scan(&table, "none")).await?;
    cx.expect_message(&error, "The table does not have the specified index: none")
}

/// Fails if a strongly consistent scan of a global index is accepted.
async fn rejects_consistent_reads_of_a_global_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    cx.expect_validation_error(Scan { consistent: true, ..scan(&table, "global_all") }).await?;
    let local = scan_all(&cx, Scan { consistent: true, ..scan(&table, "local_all") }).await?;
    ensure_eq("number of items of a consistent local index", local.len(), 1)
}

/// Fails if items with equal index keys are skipped or duplicated.
async fn an_index_continues_after_both_keys(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, ["a", "b"].into_iter().cycle().zip(0..7).map(|(id, at)| indexed_item(id, at, "k", 1))).await?;
    for index in ["global_all", "global_keys", "local_all"] {
        for limit in [1, 3] {
            let items = scan_all(&cx, Scan { limit: Some(limit), ..scan(&table, index) }).await?;
            ensure_eq(index, sorted_range_keys(&items), (0..7).collect::<Vec<i64>>())?;
        }
    }
    Ok(())
}

/// Fails if an item is in two segments, or in none.
async fn segments_contain_every_item_once(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, (0..40).map(|n| user_key(&format!("user {n}")).with("n", n))).await?;
    for total_segments in [1, 3, 7] {
        let mut found = Vec::new();
        for segment in 0..total_segments {
            let mut scan = Scan {
                segment: Some(Segment { segment, total_segments }),
                limit: Some(4),
                consistent: true,
                ..Scan::new(&table)
            };
            loop {
                let Some(result) = cx.run_requiring(Requirement::Segment, scan.clone()).await? else {
                    return Ok(());
                };
                let page = result?;
                found.extend(number_values(&page.items, "n"));
                scan.exclusive_start_key = page.last_evaluated_key;
                if scan.exclusive_start_key.is_none() {
                    break;
                }
            }
        }
        found.sort_unstable();
        ensure_eq(format!("items of {total_segments} segments"), found, (0..40).collect::<Vec<i64>>())?;
    }
    Ok(())
}

/// Fails if a segment number that is not below the number of segments is accepted.
async fn rejects_a_segment_out_of_range(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for (segment, total_segments) in [(3, 3), (1, 1), (0, 0), (0, 1_000_001)] {
        let scan = Scan { segment: Some(Segment { segment, total_segments }), ..Scan::new(&table) };
        if cx.run_requiring(Requirement::Segment, scan.clone()).await?.is_some() {
            cx.expect_validation_error(scan).await?;
        }
    }
    Ok(())
}
