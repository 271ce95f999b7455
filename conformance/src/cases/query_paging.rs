//! Pages of `Query`.

use djamodb_core::plan::QueryOutput;
use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("query/pages_of_1_mb_contain_every_item", Theme::Paging, pages_of_1_mb_contain_every_item);
case!("query/counts_items_of_all_pages", Theme::Paging, counts_items_of_all_pages);
case!("query/a_projection_does_not_enlarge_pages", Theme::Paging, a_projection_does_not_enlarge_pages);
case!(
    "query/a_page_with_a_filter_ends_after_1_mb_of_read_items",
    Theme::Paging,
    a_page_with_a_filter_ends_after_1_mb_of_read_items
);
case!(
    "query/a_page_of_an_index_ends_after_1_mb_of_projected_attributes",
    Theme::Paging,
    a_page_of_an_index_ends_after_1_mb_of_projected_attributes
);
case!("query/pages_of_an_index_contain_every_item", Theme::Paging, pages_of_an_index_contain_every_item);

const COUNT: i32 = 24;

/// Creates a table with 24 items of 100 KB, which need three pages.
async fn create_large_partition(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    let payload = "x".repeat(100_000);
    put_all(cx, &table, (0..COUNT).map(|at| indexed_item("a", at, "k", -at).with("payload", payload.as_str()))).await?;
    Ok(table)
}

/// Asserts the number of pages and the size of each.
fn ensure_page_sizes(pages: &[QueryOutput]) -> CaseResult {
    ensure("2.4 MB need three or more pages", pages.len() > 2)?;
    for page in pages {
        let bytes: usize = page.items.iter().map(item_bytes).sum();
        // The item that exceeds the limit may be part of the page.
        ensure("a page contains at most 1 MB and one item", bytes < PAGE_BYTES_MAX + 101_000)?;
    }
    Ok(())
}

fn items_of_pages(pages: Vec<QueryOutput>) -> Vec<Item> {
    pages.into_iter().flat_map(|page| page.items).collect()
}

/// Fails if items beyond the first megabyte are lost or duplicated.
async fn pages_of_1_mb_contain_every_item(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    for forward in [true, false] {
        let found = query_pages(&cx, Query { forward, ..partition_query(&table, "a") }).await?;
        ensure_page_sizes(&found)?;
        let last = found[0].items.last().map(|item| item.pick(&["id".into(), "at".into()]));
        ensure_eq("last evaluated key of the first page", found[0].last_evaluated_key.clone(), last)?;
        let mut expected: Vec<i64> = (0..COUNT.into()).collect();
        if !forward {
            expected.reverse();
        }
        ensure_eq("range keys", range_keys(&items_of_pages(found)), expected)?;
    }
    Ok(())
}

/// Fails if a count is only that of the first page.
async fn counts_items_of_all_pages(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    let found = query_pages(&cx, Query { select: Some(Select::Count), ..partition_query(&table, "a") }).await?;
    ensure("there are three or more pages", found.len() > 2)?;
    ensure_eq("total count", found.iter().map(|page| page.count).sum::<u64>(), 24)
}

/// Fails if a page ends by the size of the projected attributes.
async fn a_projection_does_not_enlarge_pages(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    let select = Some(Select::SpecificAttributes(djamodb_core::expression::ProjectionExpression::new([path("at")])));
    let found = query_pages(&cx, Query { select, ..partition_query(&table, "a") }).await?;
    ensure("there are three or more pages", found.len() > 2)?;
    ensure_eq("range keys", range_keys(&items_of_pages(found)), (0..COUNT.into()).collect::<Vec<i64>>())
}

/// Fails if a page ends by the size of the items that the filter keeps.
async fn a_page_with_a_filter_ends_after_1_mb_of_read_items(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    let filter = |at: i32| Some(Condition::compare(path("heat"), Comparator::Eq, -at));
    let found = query_pages(&cx, Query { filter: filter(99), ..partition_query(&table, "a") }).await?;
    if cx.deviates("page-ends-after-kept-items") {
        ensure_eq("number of pages", found.len(), 1)?;
    } else {
        ensure("there are three or more pages", found.len() > 2)?;
        ensure("a page without items has a last evaluated key", found[0].last_evaluated_key.is_some())?;
    }
    ensure_eq("count and scanned count", found.iter().map(|page| page.scanned_count).sum::<u64>(), 24)?;
    let found = query_pages(&cx, Query { filter: filter(20), ..partition_query(&table, "a") }).await?;
    ensure_eq("range keys of the item on a later page", range_keys(&items_of_pages(found)), [20])
}

/// Fails if a page of an index ends by the size of whole items.
async fn a_page_of_an_index_ends_after_1_mb_of_projected_attributes(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    for (index, hash) in [("global_keys", "k"), ("local_keys", "a")] {
        let found = query_pages(&cx, index_query(&table, index, hash)).await?;
        if cx.deviates("index-page-ends-after-whole-items") {
            ensure("there are three or more pages", found.len() > 2)?;
        } else {
            ensure_eq("number of pages of 24 keys", found.len(), 1)?;
        }
        let expected: Vec<i64> = (0..COUNT.into()).rev().collect();
        ensure_eq("range keys", range_keys(&items_of_pages(found)), expected)?;
    }
    Ok(())
}

/// Fails if items beyond the first megabyte of an index are lost or duplicated.
async fn pages_of_an_index_contain_every_item(cx: Context) -> CaseResult {
    let table = create_large_partition(&cx).await?;
    for (index, hash) in [("global_all", "k"), ("local_all", "a")] {
        for forward in [true, false] {
            let found = query_pages(&cx, Query { forward, ..index_query(&table, index, hash) }).await?;
            ensure_page_sizes(&found)?;
            let mut expected: Vec<i64> = (0..COUNT.into()).collect();
            if forward {
                expected.reverse();
            }
            ensure_eq(format!("range keys of {index}"), range_keys(&items_of_pages(found)), expected)?;
        }
    }
    Ok(())
}
