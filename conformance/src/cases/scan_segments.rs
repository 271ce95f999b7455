//! Concurrent `Scan` of segments.

use futures_util::future::try_join_all;

use super::prelude::*;

case!(
    "scan/segments_of_an_index_contain_every_item_once",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    segments_of_an_index_contain_every_item_once
);
case!(
    "scan/concurrent_segments_contain_every_item_once",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    concurrent_segments_contain_every_item_once
);
case!(
    "scan/an_item_stays_in_its_segment",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    an_item_stays_in_its_segment
);
case!(
    "scan/segments_filter_and_count",
    Theme::ParallelScan,
    requires: [Requirement::Segment],
    segments_filter_and_count
);

async fn create_forty_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(
        cx,
        &table,
        (0..40).map(|at| indexed_item(&format!("id {}", at % 11), at, &format!("kind {}", at % 7), at)),
    )
    .await?;
    Ok(table)
}

/// Returns all pages of a segment, or `None` if the driver does not support segments.
async fn segment_pages(cx: &Context, scan: Scan) -> Result<Option<Vec<djamodb_core::plan::ScanOutput>>, Failure> {
    match cx.run_requiring(Requirement::Segment, scan.clone()).await? {
        None => Ok(None),
        Some(result) => {
            result?;
            scan_pages(cx, scan).await.map(Some)
        }
    }
}

fn segment(table: &Name, segment: u32, total_segments: u32) -> Scan {
    Scan { segment: Some(Segment { segment, total_segments }), ..Scan::new(table) }
}

fn items(pages: Vec<djamodb_core::plan::ScanOutput>) -> Vec<i64> {
    pages.into_iter().flat_map(|page| range_keys(&page.items)).collect()
}

/// Fails if an index entry is in two segments, or in none.
async fn segments_of_an_index_contain_every_item_once(cx: Context) -> CaseResult {
    let table = create_forty_items(&cx).await?;
    for index in ["global_all", "global_keys", "local_all", "local_keys"] {
        let mut found = Vec::new();
        for number in 0..3 {
            let scan = Scan { index: Some(Name::from_static(index)), limit: Some(3), ..segment(&table, number, 3) };
            let Some(pages) = segment_pages(&cx, scan).await? else {
                return Ok(());
            };
            found.extend(items(pages));
        }
        found.sort_unstable();
        ensure_eq(index, found, (0..40).collect::<Vec<i64>>())?;
    }
    Ok(())
}

/// Fails if concurrent scans of segments interfere with each other.
async fn concurrent_segments_contain_every_item_once(cx: Context) -> CaseResult {
    let table = create_forty_items(&cx).await?;
    let workers = (0..5).map(|number| segment_pages(&cx, Scan { limit: Some(2), ..segment(&table, number, 5) }));
    let found: Option<Vec<_>> = try_join_all(workers).await?.into_iter().collect();
    let Some(found) = found else {
        return Ok(());
    };
    let mut found: Vec<i64> = found.into_iter().flat_map(items).collect();
    found.sort_unstable();
    ensure_eq("range keys of all segments", found, (0..40).collect::<Vec<i64>>())
}

/// Fails if an item moves to another segment when other items are added.
async fn an_item_stays_in_its_segment(cx: Context) -> CaseResult {
    let table = create_forty_items(&cx).await?;
    let Some(before) = segment_pages(&cx, segment(&table, 0, 2)).await? else {
        return Ok(());
    };
    put_all(&cx, &table, (100..120).map(|at| key(&format!("other {at}"), at))).await?;
    let Some(after) = segment_pages(&cx, segment(&table, 0, 2)).await? else {
        return Ok(());
    };
    let (mut before, mut after) = (items(before), items(after));
    after.retain(|at| *at < 100);
    before.sort_unstable();
    after.sort_unstable();
    ensure_eq("range keys of the first segment", after, before)
}

/// Fails if the counts of the segments do not add up.
async fn segments_filter_and_count(cx: Context) -> CaseResult {
    let table = create_forty_items(&cx).await?;
    let filter = Some(Condition::compare(path("heat"), Comparator::Lt, 10));
    let (mut count, mut scanned) = (0, 0);
    for number in 0..4 {
        let scan = Scan { filter: filter.clone(), select: Some(Select::Count), ..segment(&table, number, 4) };
        let Some(pages) = segment_pages(&cx, scan).await? else {
            return Ok(());
        };
        ensure("`COUNT` returns no items", pages.iter().all(|page| page.items.is_empty()))?;
        count += pages.iter().map(|page| page.count).sum::<u64>();
        scanned += pages.iter().map(|page| page.scanned_count).sum::<u64>();
    }
    ensure_eq("count and scanned count", (count, scanned), (10, 40))
}
