//! `Scan` of indexes, and side by side.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("scan/an_index_holds_the_items_that_have_its_key", Theme::Sparse, sparse);
case!("scan/an_index_gives_what_it_holds", Theme::IndexProjection, held);
case!("scan/an_unknown_index_is_refused", Theme::Index, unknown);
case!("scan/a_global_index_is_not_read_consistently", Theme::Consistency, consistent);
case!("scan/an_index_goes_on_after_both_keys", Theme::StartKey, pages);
case!("scan/segments_are_the_whole_and_do_not_overlap", Theme::Segment, requires: [Requirement::Segment], segments);
case!("scan/a_segment_that_does_not_exist_is_refused", Theme::Segment, requires: [Requirement::Segment], no_segment);

fn scan(table: &Name, index: &'static str) -> Scan {
    Scan { index: Some(Name::from_static(index)), ..Scan::new(table) }
}

/// Items without the key would be in the index.
async fn sparse(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1), entry("b", 2, "l", 1), key("a", 3).with("kind", "k"), key("c", 4)])
        .await?;
    put_all(&cx, &table, [key("c", 5).with("heat", 1)]).await?;
    same("of the global index", sorted_ats(&scan_all(&cx, scan(&table, "global_all")).await?), [1, 2])?;
    same("of the local index", sorted_ats(&scan_all(&cx, scan(&table, "local_all")).await?), [1, 2, 5])
}

/// An index would give more than it holds, or what it lacks would be taken for missing.
async fn held(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let whole = || entry("a", 1, "k", 5).with("note", "n").with("more", 1);
    put_all(&cx, &table, [whole()]).await?;
    let keys = || entry("a", 1, "k", 5);
    for (index, expected) in [
        ("global_all", whole()),
        ("global_keys", keys()),
        ("global_note", keys().with("note", "n")),
        ("local_keys", key("a", 1).with("heat", 5)),
    ] {
        same(index, scan_all(&cx, scan(&table, index)).await?, [expected])?;
    }
    cx.invalid(Scan { select: Some(Select::AllAttributes), ..scan(&table, "global_keys") }).await?;
    let more = Some(Select::SpecificAttributes(Projection::new([path("more")])));
    cx.invalid(Scan { select: more, ..scan(&table, "global_keys") }).await?;
    let items = scan_all(&cx, Scan { select: Some(Select::AllAttributes), ..scan(&table, "local_keys") }).await?;
    same("what a local index fetches", items, [whole()])
}

/// A typing error in an index's name would scan the table.
async fn unknown(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let error = cx.invalid(scan(&table, "none")).await?;
    cx.says(&error, "The table does not have the specified index: none")
}

/// A promise would be made that a global index cannot keep.
async fn consistent(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1)]).await?;
    cx.invalid(Scan { consistent: true, ..scan(&table, "global_all") }).await?;
    let local = scan_all(&cx, Scan { consistent: true, ..scan(&table, "local_all") }).await?;
    same("a local index can", local.len(), 1)
}

/// Items with the same index key would be skipped, or come twice.
async fn pages(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, ["a", "b"].into_iter().cycle().zip(0..7).map(|(id, at)| entry(id, at, "k", 1))).await?;
    for index in ["global_all", "global_keys", "local_all"] {
        for limit in [1, 3] {
            let items = scan_all(&cx, Scan { limit: Some(limit), ..scan(&table, index) }).await?;
            same(index, sorted_ats(&items), (0..7).collect::<Vec<i64>>())?;
        }
    }
    Ok(())
}

/// Workers that scan side by side would read an item twice, or none of them would read it.
async fn segments(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    put_all(&cx, &table, (0..40).map(|n| user(&format!("user {n}")).with("n", n))).await?;
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
                let Some(result) = cx.attempt(Requirement::Segment, scan.clone()).await? else {
                    return Ok(());
                };
                let page = result?;
                found.extend(numbers(&page.items, "n"));
                scan.exclusive_start_key = page.last_evaluated_key;
                if scan.exclusive_start_key.is_none() {
                    break;
                }
            }
        }
        found.sort_unstable();
        same(format!("{total_segments} segments together"), found, (0..40).collect::<Vec<i64>>())?;
    }
    Ok(())
}

/// A worker too many would read the table once more.
async fn no_segment(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    for (segment, total_segments) in [(3, 3), (1, 1), (0, 0), (0, 1_000_001)] {
        let scan = Scan { segment: Some(Segment { segment, total_segments }), ..Scan::new(&table) };
        if cx.attempt(Requirement::Segment, scan.clone()).await?.is_some() {
            cx.invalid(scan).await?;
        }
    }
    Ok(())
}
