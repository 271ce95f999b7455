//! Removal of a table by `DeleteTable`.

use djamodb_core::run::{WaitFor, wait_for_table};

use super::prelude::*;

case!("delete_table/deletes_the_table_and_its_items", Theme::Table, deletes_the_table_and_its_items);
case!(
    "delete_table/leaves_no_items_for_a_new_table_of_the_name",
    Theme::Table,
    leaves_no_items_for_a_new_table_of_the_name
);
case!("delete_table/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

async fn delete(cx: &Context, table: &Name) -> CaseResult {
    let deleted = cx.run(DeleteTable::new(table)).await?.table;
    ensure_eq("name in the output", deleted.schema.name, table.clone())?;
    wait_for_table(cx.driver(), table.clone(), WaitFor::Gone).await?;
    Ok(())
}

/// Fails if a deleted table still serves requests, or if another table is deleted.
async fn deletes_the_table_and_its_items(cx: Context) -> CaseResult {
    let (table, other) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &table, [user_key("a")]).await?;
    put_all(&cx, &other, [key("a", 1)]).await?;
    delete(&cx, &table).await?;
    cx.expect_resource_not_found(DescribeTable::new(&table)).await?;
    cx.expect_resource_not_found(GetItem::new(&table, user_key("a"))).await?;
    cx.expect_resource_not_found(PutItem::new(&table, user_key("a"))).await?;
    cx.expect_resource_not_found(DeleteTable::new(&table)).await?;
    ensure_eq("item of the other table", get_item(&cx, &other, key("a", 1)).await?, Some(key("a", 1)))
}

/// Fails if a new table contains items of its predecessor.
async fn leaves_no_items_for_a_new_table_of_the_name(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    delete(&cx, &table).await?;
    ensure_eq("table name", create_indexed(&cx).await?, table.clone())?;
    ensure_eq("item", get_item(&cx, &table, key("a", 1)).await?, None)?;
    ensure_eq("items of the index", query_all(&cx, index_query(&table, "global_all", "k")).await?, Vec::<Item>::new())
}

/// Fails if deleting a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DeleteTable::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
