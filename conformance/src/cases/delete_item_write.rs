//! `DeleteItem`: one item and no other.

use super::prelude::*;

case!("delete_item/deletes_one_item", Theme::Key, deletes);
case!("delete_item/nothing_to_delete_is_no_error", Theme::Key, nothing_there);
case!("delete_item/gives_back_what_it_deleted", Theme::ReturnValues, returns_old);
case!("delete_item/a_condition_decides", Theme::Condition, decides);
case!("delete_item/a_failed_condition_tells_the_item", Theme::OldItem, requires: [Requirement::OldItemOnFailure], tells);
case!("delete_item/a_key_of_another_shape_is_refused", Theme::Key, wrong_shape);
case!("delete_item/a_missing_table_is_said", Theme::MissingTable, missing_table);

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..3).map(|at| key("a", at).with("n", at))).await?;
    Ok(table)
}

fn below(limit: i32) -> Condition {
    Condition::compare(path("n"), Comparator::Lt, limit)
}

/// A whole partition would be deleted, or nothing.
async fn deletes(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    ensure_eq("what is left", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 2])?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, None)
}

/// Deleting twice would be an error, or make an item.
async fn nothing_there(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new(&table, key("a", 9)) };
    ensure_eq("what was there", cx.run(delete).await?.attributes, None)?;
    ensure_eq("what is left", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 1, 2])
}

/// What was deleted could not be told.
async fn returns_old(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = |at, return_values| DeleteItem { return_values, ..DeleteItem::new(&table, key("a", at)) };
    ensure_eq("when not asked for", cx.run(delete(0, ReturnOld::None)).await?.attributes, None)?;
    ensure_eq("the item", cx.run(delete(1, ReturnOld::AllOld)).await?.attributes, Some(key("a", 1).with("n", 1)))
}

/// An item would be deleted that has changed in the meantime.
async fn decides(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = |at| DeleteItem { condition: Some(below(1)), ..DeleteItem::new(&table, key("a", at)) };
    cx.run(delete(0)).await?;
    cx.expect_condition_failed(delete(1)).await?;
    cx.expect_condition_failed(delete(9)).await?;
    ensure_eq("what is left", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [1, 2])
}

/// Who loses a race would have to read the item once more.
async fn tells(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let failing = |at| DeleteItem {
        condition: Some(below(0)),
        old_item_on_failure: OldItemOnFailure::AllOld,
        ..DeleteItem::new(&table, key("a", at))
    };
    if cx.run_requiring(Requirement::OldItemOnFailure, failing(1)).await?.is_none() {
        return Ok(());
    }
    ensure_eq("the item", cx.expect_condition_failed(failing(1)).await?, Some(key("a", 1).with("n", 1)))?;
    ensure_eq("where there is none", cx.expect_condition_failed(failing(9)).await?, None)
}

/// A key that is no key of the table would delete nothing, and nobody would know.
async fn wrong_shape(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for wrong in [Item::new(), user_key("a"), key("a", 1).with("n", 1), user_key("a").with("at", "1"), key("", 1)] {
        cx.expect_validation_error(DeleteItem::new(&table, wrong)).await?;
    }
    ensure_eq("what is left", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 1, 2])
}

/// A typing error in a table's name would look like an item that is gone.
async fn missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(DeleteItem::new(cx.table_name("missing"), user_key("a"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
