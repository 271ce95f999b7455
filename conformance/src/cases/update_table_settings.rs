//! `UpdateTable`: how a table is paid for, and whether it is protected.

use djamodb_core::schema::{Billing, KeyAttribute, KeySchema, TableSchema, Throughput};

use super::prelude::*;

case!("update_table/throughput_is_changed", Theme::Table, throughput);
case!("update_table/billing_is_changed_and_items_stay", Theme::Table, billing);
case!("update_table/the_throughput_that_it_has_is_refused", Theme::Table, same_throughput);
case!("update_table/nothing_to_change_is_refused", Theme::Table, nothing);
case!("update_table/a_missing_table_is_said", Theme::MissingTable, missing_table);
case!(
    "update_table/a_protected_table_is_not_deleted",
    Theme::Table,
    requires: [Requirement::DeletionProtection],
    protected
);
case!(
    "create_table/a_table_can_be_protected_from_the_start",
    Theme::Table,
    requires: [Requirement::DeletionProtection],
    protected_from_the_start
);

fn provisioned(read_units: u64, write_units: u64) -> Billing {
    Billing::Provisioned(Throughput { read_units, write_units })
}

fn schema(billing: Billing) -> TableSchema {
    TableSchema { billing, ..TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id"))) }
}

/// A table would be throttled for longer than was meant, or be dearer.
async fn throughput(cx: Context) -> CaseResult {
    let table = cx.create(schema(provisioned(2, 3))).await?;
    for billing in [provisioned(4, 3), provisioned(4, 1)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        same("the billing", described(&cx, &table).await?.schema.billing, billing)?;
    }
    Ok(())
}

/// Changing how a table is paid for would cost what it holds.
async fn billing(cx: Context) -> CaseResult {
    let table = cx.create(schema(provisioned(2, 3))).await?;
    put_all(&cx, &table, [user("a")]).await?;
    for billing in [Billing::PayPerRequest, provisioned(5, 6)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        same("the billing", described(&cx, &table).await?.schema.billing, billing)?;
    }
    same("the item", get(&cx, &table, user("a")).await?, Some(user("a")))
}

/// A mistake in what was to be changed would look like a success.
async fn same_throughput(cx: Context) -> CaseResult {
    let table = cx.create(schema(provisioned(2, 3))).await?;
    cx.invalid(UpdateTable::new(&table).billing(provisioned(2, 3))).await?;
    cx.invalid(UpdateTable::new(&table).billing(provisioned(0, 3))).await?;
    same("the billing", described(&cx, &table).await?.schema.billing, provisioned(2, 3))
}

/// An update that was built wrongly would succeed.
async fn nothing(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    cx.invalid(UpdateTable::new(table)).await?;
    Ok(())
}

/// A change would be made nowhere.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.name("missing");
    let error = cx.not_found(UpdateTable::new(&table).billing(Billing::PayPerRequest)).await?;
    cx.says_or("missing-table-message", &error, &format!("Requested resource not found: Table: {table} not found"))
}

/// A table that nobody may lose would be lost.
async fn protected(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    put_all(&cx, &table, [user("a")]).await?;
    let protect = |protected| UpdateTable::new(&table).deletion_protection(protected);
    if !update_with(&cx, Requirement::DeletionProtection, protect(true)).await? {
        return Ok(());
    }
    same("what is told", described(&cx, &table).await?.schema.deletion_protection, true)?;
    cx.invalid(DeleteTable::new(&table)).await?;
    same("the item", get(&cx, &table, user("a")).await?, Some(user("a")))?;
    update_table(&cx, protect(false)).await?;
    same("what is told", described(&cx, &table).await?.schema.deletion_protection, false)?;
    cx.run(DeleteTable::new(&table)).await?;
    Ok(())
}

/// A table would be open to mistakes between being created and being protected.
async fn protected_from_the_start(cx: Context) -> CaseResult {
    let schema = TableSchema { deletion_protection: true, ..schema(Billing::PayPerRequest) };
    let Some(table) = cx.create_with(Requirement::DeletionProtection, schema).await? else {
        return Ok(());
    };
    same("what is told", described(&cx, &table).await?.schema.deletion_protection, true)?;
    let error = cx.invalid(DeleteTable::new(&table)).await?;
    cx.says(&error, "Resource cannot be deleted as it is currently protected against deletion. Disable deletion *")
}
