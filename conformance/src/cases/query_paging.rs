//! `Query`: what does not fit one answer.

use djamodb_core::plan::QueryOutput;
use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("query/pages_of_a_megabyte_are_the_whole", Theme::Paging, whole);
case!("query/a_page_ends_by_what_is_read_when_counting", Theme::Paging, counting);
case!("query/a_page_ends_by_what_is_read_with_a_projection", Theme::Paging, projecting);
case!("query/a_page_ends_by_what_is_read_with_a_filter", Theme::Paging, filtering);
case!("query/a_page_of_an_index_ends_by_what_the_index_holds", Theme::Paging, of_keys);
case!("query/pages_of_an_index_are_the_whole", Theme::Paging, of_index);

const COUNT: i32 = 24;

/// 24 items of 100 KB: more than two pages.
async fn large(cx: &Context) -> Result<Name, Failure> {
    let table = indexed(cx).await?;
    let payload = "x".repeat(100_000);
    put_all(cx, &table, (0..COUNT).map(|at| entry("a", at, "k", -at).with("payload", payload.as_str()))).await?;
    Ok(table)
}

/// What is said of pages: they are not too large, and end where they say.
fn are_pages(pages: &[QueryOutput]) -> CaseResult {
    holds("2.4 MB are three pages or more", pages.len() > 2)?;
    for page in pages {
        let bytes: usize = page.items.iter().map(item_bytes).sum();
        // The item that crosses the line may still be part of the page.
        holds("a page is at most 1 MB and an item", bytes < PAGE_BYTES_MAX + 101_000)?;
    }
    Ok(())
}

fn concat(pages: Vec<QueryOutput>) -> Vec<Item> {
    pages.into_iter().flat_map(|page| page.items).collect()
}

/// What comes after the first megabyte would be lost, or come twice.
async fn whole(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    for forward in [true, false] {
        let found = pages(&cx, Query { forward, ..partition(&table, "a") }).await?;
        are_pages(&found)?;
        let last = found[0].items.last().map(|item| item.pick(&["id".into(), "at".into()]));
        same("the key to go on after is that of the last item", found[0].last_evaluated_key.clone(), last)?;
        let mut expected: Vec<i64> = (0..COUNT.into()).collect();
        if !forward {
            expected.reverse();
        }
        same("the range keys", ats(&concat(found)), expected)?;
    }
    Ok(())
}

/// A count would be that of the first page.
async fn counting(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    let found = pages(&cx, Query { select: Some(Select::Count), ..partition(&table, "a") }).await?;
    holds("three pages or more", found.len() > 2)?;
    same("the count", found.iter().map(|page| page.count).sum::<u64>(), 24)
}

/// A projection would be thought to make reading cheaper.
async fn projecting(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    let select = Some(Select::SpecificAttributes(djamodb_core::expression::Projection::new([path("at")])));
    let found = pages(&cx, Query { select, ..partition(&table, "a") }).await?;
    holds("three pages or more", found.len() > 2)?;
    same("the range keys", ats(&concat(found)), (0..COUNT.into()).collect::<Vec<i64>>())
}

/// A filter that drops everything would read without end in one request.
async fn filtering(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    let filter = |at: i32| Some(Condition::compare(path("heat"), Comparator::Eq, -at));
    let found = pages(&cx, Query { filter: filter(99), ..partition(&table, "a") }).await?;
    if cx.deviates("page-ends-by-what-the-filter-keeps") {
        same("everything is read at once", found.len(), 1)?;
    } else {
        holds("three pages or more", found.len() > 2)?;
        holds("a page without items is not the last", found[0].last_evaluated_key.is_some())?;
    }
    same("how many were read", found.iter().map(|page| page.scanned_count).sum::<u64>(), 24)?;
    let found = pages(&cx, Query { filter: filter(20), ..partition(&table, "a") }).await?;
    same("the one on a later page", ats(&concat(found)), [20])
}

/// An index that holds only keys would be paid for like the table.
async fn of_keys(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    for (index, hash) in [("global_keys", "k"), ("local_keys", "a")] {
        let found = pages(&cx, by_index(&table, index, hash)).await?;
        if cx.deviates("index-page-ends-by-the-whole-item") {
            holds("three pages or more", found.len() > 2)?;
        } else {
            same("24 keys are one page", found.len(), 1)?;
        }
        let expected: Vec<i64> = (0..COUNT.into()).rev().collect();
        same("the range keys", ats(&concat(found)), expected)?;
    }
    Ok(())
}

/// What comes after the first megabyte of an index would be lost, or come twice.
async fn of_index(cx: Context) -> CaseResult {
    let table = large(&cx).await?;
    for (index, hash) in [("global_all", "k"), ("local_all", "a")] {
        for forward in [true, false] {
            let found = pages(&cx, Query { forward, ..by_index(&table, index, hash) }).await?;
            are_pages(&found)?;
            let mut expected: Vec<i64> = (0..COUNT.into()).collect();
            if forward {
                expected.reverse();
            }
            same(format!("the range keys of {index}"), ats(&concat(found)), expected)?;
        }
    }
    Ok(())
}
