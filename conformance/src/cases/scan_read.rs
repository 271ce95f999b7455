//! `Scan` of tables.

use std::collections::BTreeSet;

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("scan/reads_every_item_once", Theme::Paging, reads_every_item_once);
case!("scan/pages_of_1_mb_contain_every_item", Theme::Paging, pages_of_1_mb_contain_every_item);
case!("scan/a_limit_ends_the_page", Theme::Limit, a_limit_ends_the_page);
case!("scan/filters_on_any_attribute", Theme::Filter, filters_on_any_attribute);
case!("scan/counts_items_before_and_after_the_filter", Theme::Count, counts_items_before_and_after_the_filter);
case!("scan/returns_only_projected_attributes", Theme::Projection, returns_only_projected_attributes);
case!("scan/returns_empty_items_if_no_path_exists", Theme::Projection, returns_empty_items_if_no_path_exists);
case!(
    "scan/rejects_start_keys_that_do_not_match_the_schema",
    Theme::StartKey,
    rejects_start_keys_that_do_not_match_the_schema
);
case!("scan/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

fn scan(table: &Name) -> Scan {
    Scan { consistent: true, ..Scan::new(table) }
}

async fn create_twelve_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    let ids = ["a", "b", "c"].into_iter().cycle();
    put_all(cx, &table, ids.zip(0..12).map(|(id, at)| key(id, at).with("n", at))).await?;
    Ok(table)
}

/// Fails if items are missing or duplicated.
async fn reads_every_item_once(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    let expected: Vec<i64> = (0..12).collect();
    ensure_eq("range keys without a limit", sorted_range_keys(&scan_all(&cx, scan(&table)).await?), expected.clone())?;
    for limit in [1, 2, 5, 12] {
        let items = scan_all(&cx, Scan { limit: Some(limit), ..scan(&table) }).await?;
        ensure_eq(format!("range keys of pages of {limit}"), sorted_range_keys(&items), expected.clone())?;
    }
    let empty = create_users(&cx).await?;
    ensure_eq("scan of an empty table", cx.run(scan(&empty)).await?, djamodb_core::plan::ScanOutput::default())
}

/// Fails if items beyond the first megabyte are lost or duplicated.
async fn pages_of_1_mb_contain_every_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let payload = "x".repeat(100_000);
    put_all(
        &cx,
        &table,
        (0..24).map(|n| user_key(&format!("user {n}")).with("n", n).with("payload", payload.as_str())),
    )
    .await?;
    let pages = scan_pages(&cx, scan(&table)).await?;
    ensure("2.4 MB need three or more pages", pages.len() > 2)?;
    let mut seen = BTreeSet::new();
    for page in &pages {
        let bytes: usize = page.items.iter().map(item_bytes).sum();
        ensure("a page contains at most 1 MB and one item", bytes < PAGE_BYTES_MAX + 101_000)?;
        seen.extend(number_values(&page.items, "n"));
    }
    ensure_eq("number of items", pages.iter().map(|page| page.count).sum::<u64>(), 24)?;
    ensure_eq("`n` of all items", seen, (0..24).collect::<BTreeSet<i64>>())
}

/// Fails if more items are read than the limit, or the limit counts items that the filter keeps.
async fn a_limit_ends_the_page(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    let page = cx.run(Scan { limit: Some(5), ..scan(&table) }).await?;
    ensure_eq("number of items", (page.items.len(), page.count, page.scanned_count), (5, 5, 5))?;
    let last = page.items.last().map(|item| item.pick(&["id".into(), "at".into()]));
    ensure_eq("last evaluated key", page.last_evaluated_key, last)?;
    let filter = Some(Condition::AttributeNotExists(path("n")));
    let page = cx.run(Scan { limit: Some(5), filter, ..scan(&table) }).await?;
    ensure_eq("counts before the filter", (page.count, page.scanned_count), (0, 5))?;
    ensure("there is a last evaluated key", page.last_evaluated_key.is_some())?;
    cx.expect_validation_error(Scan { limit: Some(0), ..scan(&table) }).await?;
    Ok(())
}

/// Fails if the filter is ignored, or one on a key is rejected.
async fn filters_on_any_attribute(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    for (filter, expected) in [
        (Condition::compare(path("n"), Comparator::Lt, 3), [0, 1, 2].as_slice()),
        (Condition::compare(path("id"), Comparator::Eq, "b"), &[1, 4, 7, 10]),
        (Condition::Between(path("at").into(), 3.into(), 5.into()), &[3, 4, 5]),
        (Condition::AttributeNotExists(path("n")), &[]),
    ] {
        let description = filter.to_string();
        let items = scan_all(&cx, Scan { filter: Some(filter), ..scan(&table) }).await?;
        ensure_eq(description, sorted_range_keys(&items), expected)?;
    }
    Ok(())
}

/// Fails if `Count` or `ScannedCount` is wrong.
async fn counts_items_before_and_after_the_filter(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    let filter = Some(Condition::compare(path("id"), Comparator::Eq, "b"));
    let page = cx.run(Scan { filter: filter.clone(), ..scan(&table) }).await?;
    ensure_eq("items, count and scanned count", (page.items.len(), page.count, page.scanned_count), (4, 4, 12))?;
    let page = cx.run(Scan { filter, select: Some(Select::Count), ..scan(&table) }).await?;
    ensure_eq(
        "items, count and scanned count with `COUNT`",
        (page.items.len(), page.count, page.scanned_count),
        (0, 4, 12),
    )
}

/// Fails if other attributes than the projected ones are returned.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("n")])));
    let items = scan_all(&cx, Scan { select, ..scan(&table) }).await?;
    ensure("only attribute n is returned", items.iter().all(|item| item.len() == 1 && item.contains_key("n")))?;
    ensure_eq("number of items", items.len(), 12)
}

/// Fails if items without the projected attributes are left out.
async fn returns_empty_items_if_no_path_exists(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("none")])));
    ensure_eq("items", scan_all(&cx, Scan { select, ..scan(&table) }).await?, vec![Item::new(); 12])
}

/// Fails if a malformed start key is accepted.
async fn rejects_start_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_twelve_items(&cx).await?;
    for start in [Item::new(), user_key("a").with("at", "1")] {
        cx.expect_validation_error(Scan { exclusive_start_key: Some(start), ..scan(&table) }).await?;
    }
    for start in [user_key("a"), key("a", 1).with("more", 1)] {
        let error = cx.expect_validation_error(Scan { exclusive_start_key: Some(start), ..scan(&table) }).await?;
        let message = "The provided starting key is invalid: The provided key element does not match the schema";
        cx.expect_message_or_deviation("start-keys-of-another-size-have-one-message", &error, message)?;
    }
    Ok(())
}

/// Fails if a misspelled table name looks like a table without items.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(Scan::new(cx.table_name("missing"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
