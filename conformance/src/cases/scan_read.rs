//! `Scan`: all of a table or an index.

use std::collections::BTreeSet;

use djamodb_core::service::limits::PAGE_BYTES_MAX;
use djamodb_core::value::size::item_bytes;

use super::prelude::*;

case!("scan/reads_every_item_once", Theme::Paging, every_item);
case!("scan/pages_of_a_megabyte_are_the_whole", Theme::Paging, megabytes);
case!("scan/a_limit_ends_the_page", Theme::Limit, limit);
case!("scan/a_filter_may_look_at_any_attribute", Theme::Filter, filter);
case!("scan/a_filter_tells_how_many_were_read", Theme::Count, counts);
case!("scan/a_projection_gives_the_attributes_it_names", Theme::Projection, projection);
case!("scan/a_start_key_of_another_shape_is_refused", Theme::StartKey, start_key);
case!("scan/a_missing_table_is_said", Theme::MissingTable, missing_table);

fn scan(table: &Name) -> Scan {
    Scan { consistent: true, ..Scan::new(table) }
}

async fn twelve(cx: &Context) -> Result<Name, Failure> {
    let table = events(cx).await?;
    let ids = ["a", "b", "c"].into_iter().cycle();
    put_all(cx, &table, ids.zip(0..12).map(|(id, at)| key(id, at).with("n", at))).await?;
    Ok(table)
}

/// Items would be left out, or come twice.
async fn every_item(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    let expected: Vec<i64> = (0..12).collect();
    same("all at once", sorted_ats(&scan_all(&cx, scan(&table)).await?), expected.clone())?;
    for limit in [1, 2, 5, 12] {
        let items = scan_all(&cx, Scan { limit: Some(limit), ..scan(&table) }).await?;
        same(format!("{limit} at a time"), sorted_ats(&items), expected.clone())?;
    }
    let empty = users(&cx).await?;
    same("a table without items", cx.run(scan(&empty)).await?, djamodb_core::plan::ScanOutput::default())
}

/// What comes after the first megabyte would be lost, or come twice.
async fn megabytes(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let payload = "x".repeat(100_000);
    put_all(&cx, &table, (0..24).map(|n| user(&format!("user {n}")).with("n", n).with("payload", payload.as_str())))
        .await?;
    let pages = scan_pages(&cx, scan(&table)).await?;
    holds("2.4 MB are three pages or more", pages.len() > 2)?;
    let mut seen = BTreeSet::new();
    for page in &pages {
        let bytes: usize = page.items.iter().map(item_bytes).sum();
        holds("a page is at most 1 MB and an item", bytes < PAGE_BYTES_MAX + 101_000)?;
        seen.extend(numbers(&page.items, "n"));
    }
    same("how many there are", pages.iter().map(|page| page.count).sum::<u64>(), 24)?;
    same("each is there", seen, (0..24).collect::<BTreeSet<i64>>())
}

/// More would be read, and paid for, than was asked for.
async fn limit(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    let page = cx.run(Scan { limit: Some(5), ..scan(&table) }).await?;
    same("how many", (page.items.len(), page.count, page.scanned_count), (5, 5, 5))?;
    let last = page.items.last().map(|item| item.pick(&["id".into(), "at".into()]));
    same("where to go on", page.last_evaluated_key, last)?;
    let filter = Some(Condition::AttributeNotExists(path("n")));
    let page = cx.run(Scan { limit: Some(5), filter, ..scan(&table) }).await?;
    same("before the filter", (page.count, page.scanned_count), (0, 5))?;
    holds("there is more", page.last_evaluated_key.is_some())?;
    cx.invalid(Scan { limit: Some(0), ..scan(&table) }).await?;
    Ok(())
}

/// The filter would be dropped, or refused where it names a key.
async fn filter(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    for (filter, expected) in [
        (Condition::compare(path("n"), Comparator::Lt, 3), [0, 1, 2].as_slice()),
        (Condition::compare(path("id"), Comparator::Eq, "b"), &[1, 4, 7, 10]),
        (Condition::Between(path("at").into(), 3.into(), 5.into()), &[3, 4, 5]),
        (Condition::AttributeNotExists(path("n")), &[]),
    ] {
        let shown = filter.to_string();
        let items = scan_all(&cx, Scan { filter: Some(filter), ..scan(&table) }).await?;
        same(shown, sorted_ats(&items), expected)?;
    }
    Ok(())
}

/// What was paid for could not be told from what was given.
async fn counts(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    let filter = Some(Condition::compare(path("id"), Comparator::Eq, "b"));
    let page = cx.run(Scan { filter: filter.clone(), ..scan(&table) }).await?;
    same("with items", (page.items.len(), page.count, page.scanned_count), (4, 4, 12))?;
    let page = cx.run(Scan { filter, select: Some(Select::Count), ..scan(&table) }).await?;
    same("counted", (page.items.len(), page.count, page.scanned_count), (0, 4, 12))
}

/// All attributes would be given.
async fn projection(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    let select = Some(Select::SpecificAttributes(djamodb_core::expression::Projection::new([path("n")])));
    let items = scan_all(&cx, Scan { select, ..scan(&table) }).await?;
    holds("n alone", items.iter().all(|item| item.len() == 1 && item.contains_key("n")))?;
    same("how many", items.len(), 12)
}

/// What is no key would start somewhere.
async fn start_key(cx: Context) -> CaseResult {
    let table = twelve(&cx).await?;
    for start in [Item::new(), user("a"), key("a", 1).with("more", 1), user("a").with("at", "1")] {
        cx.invalid(Scan { exclusive_start_key: Some(start), ..scan(&table) }).await?;
    }
    Ok(())
}

/// A typing error in a table's name would look like a table without items.
async fn missing_table(cx: Context) -> CaseResult {
    let error = cx.not_found(Scan::new(cx.name("missing"))).await?;
    cx.says_or("missing-table-message", &error, "Requested resource not found")
}
