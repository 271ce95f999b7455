//! Deletes, conditions and return values of `DeleteItem`.

use super::prelude::*;

case!("delete_item/deletes_one_item", Theme::Key, deletes_one_item);
case!("delete_item/succeeds_for_a_missing_item", Theme::Key, succeeds_for_a_missing_item);
case!("delete_item/returns_the_deleted_item", Theme::ReturnValues, returns_the_deleted_item);
case!("delete_item/deletes_only_if_the_condition_holds", Theme::Condition, deletes_only_if_the_condition_holds);
case!(
    "delete_item/returns_the_existing_item_if_the_condition_fails",
    Theme::OldItem,
    requires: [Requirement::OldItemOnFailure],
    returns_the_existing_item_if_the_condition_fails
);
case!("delete_item/rejects_keys_that_do_not_match_the_schema", Theme::Key, rejects_keys_that_do_not_match_the_schema);
case!("delete_item/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = create_events(cx).await?;
    put_all(cx, &table, (0..3).map(|at| key("a", at).with("n", at))).await?;
    Ok(table)
}

fn below(limit: i32) -> Condition {
    Condition::compare(path("n"), Comparator::Lt, limit)
}

/// Fails if the whole partition is deleted, or nothing.
async fn deletes_one_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    ensure_eq("remaining items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 2])?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, None)
}

/// Fails if deleting a missing item fails, or creates an item.
async fn succeeds_for_a_missing_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = DeleteItem { return_values: ReturnOld::AllOld, ..DeleteItem::new(&table, key("a", 9)) };
    ensure_eq("previous item", cx.run(delete).await?.attributes, None)?;
    ensure_eq("remaining items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 1, 2])
}

/// Fails if the deleted item is missing from the output, or is returned without request.
async fn returns_the_deleted_item(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = |at, return_values| DeleteItem { return_values, ..DeleteItem::new(&table, key("a", at)) };
    ensure_eq("attributes without request", cx.run(delete(0, ReturnOld::None)).await?.attributes, None)?;
    ensure_eq("item", cx.run(delete(1, ReturnOld::AllOld)).await?.attributes, Some(key("a", 1).with("n", 1)))
}

/// Fails if an item is deleted although the condition fails.
async fn deletes_only_if_the_condition_holds(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let delete = |at| DeleteItem { condition: Some(below(1)), ..DeleteItem::new(&table, key("a", at)) };
    cx.run(delete(0)).await?;
    cx.expect_condition_failed(delete(1)).await?;
    cx.expect_condition_failed(delete(9)).await?;
    ensure_eq("remaining items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [1, 2])
}

/// Fails if the error lacks the existing item, so that the caller has to read it again.
async fn returns_the_existing_item_if_the_condition_fails(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let failing = |at| DeleteItem {
        condition: Some(below(0)),
        old_item_on_failure: OldItemOnFailure::AllOld,
        ..DeleteItem::new(&table, key("a", at))
    };
    if cx.run_requiring(Requirement::OldItemOnFailure, failing(1)).await?.is_none() {
        return Ok(());
    }
    ensure_eq("item", cx.expect_condition_failed(failing(1)).await?, Some(key("a", 1).with("n", 1)))?;
    ensure_eq("existing item of a missing key", cx.expect_condition_failed(failing(9)).await?, None)
}

/// Fails if a malformed key is accepted and deletes nothing.
async fn rejects_keys_that_do_not_match_the_schema(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for wrong in [Item::new(), user_key("a"), key("a", 1).with("n", 1), user_key("a").with("at", "1"), key("", 1)] {
        cx.expect_validation_error(DeleteItem::new(&table, wrong)).await?;
    }
    ensure_eq("remaining items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [0, 1, 2])
}

/// Fails if a misspelled table name looks like a deleted item.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let error = cx.expect_resource_not_found(DeleteItem::new(cx.table_name("missing"), user_key("a"))).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
