//! `DeleteTable`: gone with everything in it.

use djamodb_core::run::{TableWait, WaitFor, advance};

use super::prelude::*;

case!("delete_table/the_table_is_gone", Theme::Table, gone);
case!("delete_table/a_new_table_of_the_name_is_empty", Theme::Table, anew);
case!("delete_table/a_missing_table_is_said", Theme::MissingTable, missing_table);

async fn delete(cx: &Context, table: &Name) -> CaseResult {
    let deleted = cx.run(DeleteTable::new(table)).await?.table;
    ensure_eq("the table that is told", deleted.schema.name, table.clone())?;
    advance(cx.driver(), &mut TableWait::new(table.clone(), WaitFor::Gone)).await?;
    Ok(())
}

/// A table would still answer after it was deleted, or another be deleted.
async fn gone(cx: Context) -> CaseResult {
    let (table, other) = (create_users(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &table, [user_key("a")]).await?;
    put_all(&cx, &other, [key("a", 1)]).await?;
    delete(&cx, &table).await?;
    cx.expect_resource_not_found(DescribeTable::new(&table)).await?;
    cx.expect_resource_not_found(GetItem::new(&table, user_key("a"))).await?;
    cx.expect_resource_not_found(PutItem::new(&table, user_key("a"))).await?;
    cx.expect_resource_not_found(DeleteTable::new(&table)).await?;
    ensure_eq("the other table", get_item(&cx, &other, key("a", 1)).await?, Some(key("a", 1)))
}

/// Items of the table before would be found in the next one.
async fn anew(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, [indexed_item("a", 1, "k", 1)]).await?;
    delete(&cx, &table).await?;
    ensure_eq("the name", create_indexed(&cx).await?, table.clone())?;
    ensure_eq("the item", get_item(&cx, &table, key("a", 1)).await?, None)?;
    ensure_eq("the index", query_all(&cx, index_query(&table, "global_all", "k")).await?, Vec::<Item>::new())
}

/// A typing error in a table's name would look like a success.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(DeleteTable::new(&table)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}
