//! `DeleteTable`: gone with everything in it.

use djamodb_core::run::{TableWait, WaitFor, advance};

use super::prelude::*;

case!("delete_table/the_table_is_gone", Theme::Table, gone);
case!("delete_table/a_new_table_of_the_name_is_empty", Theme::Table, anew);
case!("delete_table/a_missing_table_is_said", Theme::MissingTable, missing_table);

async fn delete(cx: &Context, table: &Name) -> CaseResult {
    let deleted = cx.run(DeleteTable::new(table)).await?.table;
    same("the table that is told", deleted.schema.name, table.clone())?;
    advance(cx.driver(), &mut TableWait::new(table.clone(), WaitFor::Gone)).await?;
    Ok(())
}

/// A table would still answer after it was deleted, or another be deleted.
async fn gone(cx: Context) -> CaseResult {
    let (table, other) = (users(&cx).await?, events(&cx).await?);
    put_all(&cx, &table, [user("a")]).await?;
    put_all(&cx, &other, [key("a", 1)]).await?;
    delete(&cx, &table).await?;
    cx.not_found(DescribeTable::new(&table)).await?;
    cx.not_found(GetItem::new(&table, user("a"))).await?;
    cx.not_found(PutItem::new(&table, user("a"))).await?;
    cx.not_found(DeleteTable::new(&table)).await?;
    same("the other table", get(&cx, &other, key("a", 1)).await?, Some(key("a", 1)))
}

/// Items of the table before would be found in the next one.
async fn anew(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, [entry("a", 1, "k", 1)]).await?;
    delete(&cx, &table).await?;
    same("the name", indexed(&cx).await?, table.clone())?;
    same("the item", get(&cx, &table, key("a", 1)).await?, None)?;
    same("the index", all(&cx, by_index(&table, "global_all", "k")).await?, Vec::<Item>::new())
}

/// A typing error in a table's name would look like a success.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.name("missing");
    let error = cx.not_found(DeleteTable::new(&table)).await?;
    cx.says_or("missing-table-message", &error, &format!("Requested resource not found: Table: {table} not found"))
}
