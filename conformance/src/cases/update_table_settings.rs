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
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    for billing in [provisioned(4, 3), provisioned(4, 1)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        ensure_eq("the billing", describe_table(&cx, &table).await?.schema.billing, billing)?;
    }
    Ok(())
}

/// Changing how a table is paid for would cost what it holds.
async fn billing(cx: Context) -> CaseResult {
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    for billing in [Billing::PayPerRequest, provisioned(5, 6)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        ensure_eq("the billing", describe_table(&cx, &table).await?.schema.billing, billing)?;
    }
    ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// A mistake in what was to be changed would look like a success.
async fn same_throughput(cx: Context) -> CaseResult {
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    cx.expect_validation_error(UpdateTable::new(&table).billing(provisioned(2, 3))).await?;
    cx.expect_validation_error(UpdateTable::new(&table).billing(provisioned(0, 3))).await?;
    ensure_eq("the billing", describe_table(&cx, &table).await?.schema.billing, provisioned(2, 3))
}

/// An update that was built wrongly would succeed.
async fn nothing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_validation_error(UpdateTable::new(table)).await?;
    Ok(())
}

/// A change would be made nowhere.
async fn missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(UpdateTable::new(&table).billing(Billing::PayPerRequest)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}

/// A table that nobody may lose would be lost.
async fn protected(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let protect = |protected| UpdateTable::new(&table).deletion_protection(protected);
    if !update_table_requiring(&cx, Requirement::DeletionProtection, protect(true)).await? {
        return Ok(());
    }
    ensure_eq("what is told", describe_table(&cx, &table).await?.schema.deletion_protection, true)?;
    cx.expect_validation_error(DeleteTable::new(&table)).await?;
    ensure_eq("the item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))?;
    update_table(&cx, protect(false)).await?;
    ensure_eq("what is told", describe_table(&cx, &table).await?.schema.deletion_protection, false)?;
    cx.run(DeleteTable::new(&table)).await?;
    Ok(())
}

/// A table would be open to mistakes between being created and being protected.
async fn protected_from_the_start(cx: Context) -> CaseResult {
    let schema = TableSchema { deletion_protection: true, ..schema(Billing::PayPerRequest) };
    let Some(table) = cx.create_table_requiring(Requirement::DeletionProtection, schema).await? else {
        return Ok(());
    };
    ensure_eq("what is told", describe_table(&cx, &table).await?.schema.deletion_protection, true)?;
    let error = cx.expect_validation_error(DeleteTable::new(&table)).await?;
    cx.expect_message(
        &error,
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion *",
    )
}
