//! Billing mode, table class and deletion protection in `UpdateTable`.

use djamodb_core::schema::{Billing, KeyAttribute, KeySchema, TableClass, TableSchema, Throughput};

use super::prelude::*;

case!("update_table/changes_the_throughput", Theme::Table, changes_the_throughput);
case!("update_table/changes_the_billing_mode_and_keeps_items", Theme::Table, changes_the_billing_mode_and_keeps_items);
case!("update_table/rejects_the_current_throughput", Theme::Table, rejects_the_current_throughput);
case!("update_table/rejects_an_empty_update", Theme::Table, rejects_an_empty_update);
case!("update_table/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);
case!(
    "update_table/changes_the_table_class_and_keeps_items",
    Theme::Table,
    requires: [Requirement::TableClass],
    changes_the_table_class_and_keeps_items
);
case!(
    "create_table/has_the_table_class_of_the_request",
    Theme::Table,
    requires: [Requirement::TableClass],
    has_the_table_class_of_the_request
);
case!(
    "update_table/deletion_protection_prevents_deletion",
    Theme::Table,
    requires: [Requirement::DeletionProtection],
    deletion_protection_prevents_deletion
);
case!(
    "create_table/deletion_protection_applies_to_a_new_table",
    Theme::Table,
    requires: [Requirement::DeletionProtection],
    deletion_protection_applies_to_a_new_table
);

fn provisioned(read_units: u64, write_units: u64) -> Billing {
    Billing::Provisioned(Throughput { read_units, write_units })
}

fn schema(billing: Billing) -> TableSchema {
    TableSchema { billing, ..TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id"))) }
}

/// Fails if the throughput does not change.
async fn changes_the_throughput(cx: Context) -> CaseResult {
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    for billing in [provisioned(4, 3), provisioned(4, 1)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        ensure_eq("billing mode", describe_table(&cx, &table).await?.schema.billing, billing)?;
    }
    Ok(())
}

/// Fails if the billing mode does not change, or items are lost.
async fn changes_the_billing_mode_and_keeps_items(cx: Context) -> CaseResult {
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    for billing in [Billing::PayPerRequest, provisioned(5, 6)] {
        update_table(&cx, UpdateTable::new(&table).billing(billing)).await?;
        ensure_eq("billing mode", describe_table(&cx, &table).await?.schema.billing, billing)?;
    }
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Fails if an update without a change, or to zero units, is accepted.
async fn rejects_the_current_throughput(cx: Context) -> CaseResult {
    let table = cx.create_table(schema(provisioned(2, 3))).await?;
    cx.expect_validation_error(UpdateTable::new(&table).billing(provisioned(2, 3))).await?;
    cx.expect_validation_error(UpdateTable::new(&table).billing(provisioned(0, 3))).await?;
    ensure_eq("billing mode", describe_table(&cx, &table).await?.schema.billing, provisioned(2, 3))
}

/// Fails if an update without changes succeeds.
async fn rejects_an_empty_update(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    cx.expect_validation_error(UpdateTable::new(table)).await?;
    Ok(())
}

/// Fails if changing a missing table succeeds.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let table = cx.table_name("missing");
    let error = cx.expect_resource_not_found(UpdateTable::new(&table).billing(Billing::PayPerRequest)).await?;
    cx.expect_message_or_deviation(
        "missing-table-message",
        &error,
        &format!("Requested resource not found: Table: {table} not found"),
    )
}

/// Fails if the table class does not change, or items are lost.
async fn changes_the_table_class_and_keeps_items(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("table-class-is-ignored");
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    ensure_eq("class of a new table", describe_table(&cx, &table).await?.schema.table_class, TableClass::Standard)?;
    let update = UpdateTable::new(&table).table_class(TableClass::StandardInfrequentAccess);
    if is_ignored {
        if cx.run_requiring(Requirement::TableClass, update.clone()).await?.is_some() {
            let error = cx.expect_validation_error(update).await?;
            cx.expect_message(&error, "Nothing to update")?;
        }
        return Ok(());
    }
    if !update_table_requiring(&cx, Requirement::TableClass, update).await? {
        return Ok(());
    }
    let class = describe_table(&cx, &table).await?.schema.table_class;
    ensure_eq("table class", class, TableClass::StandardInfrequentAccess)?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Fails if a table is created with another class than requested.
async fn has_the_table_class_of_the_request(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("table-class-is-ignored");
    let requested = TableClass::StandardInfrequentAccess;
    let schema = TableSchema { table_class: requested, ..schema(Billing::PayPerRequest) };
    let Some(table) = cx.create_table_requiring(Requirement::TableClass, schema).await? else {
        return Ok(());
    };
    let expected = if is_ignored { TableClass::Standard } else { requested };
    ensure_eq("table class", describe_table(&cx, &table).await?.schema.table_class, expected)
}

/// Fails if a protected table is deleted.
async fn deletion_protection_prevents_deletion(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let protect = |protected| UpdateTable::new(&table).deletion_protection(protected);
    if !update_table_requiring(&cx, Requirement::DeletionProtection, protect(true)).await? {
        return Ok(());
    }
    ensure_eq("deletion protection", describe_table(&cx, &table).await?.schema.deletion_protection, true)?;
    cx.expect_validation_error(DeleteTable::new(&table)).await?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))?;
    update_table(&cx, protect(false)).await?;
    ensure_eq("deletion protection", describe_table(&cx, &table).await?.schema.deletion_protection, false)?;
    cx.run(DeleteTable::new(&table)).await?;
    Ok(())
}

/// Fails if a table that is created with deletion protection can be deleted.
async fn deletion_protection_applies_to_a_new_table(cx: Context) -> CaseResult {
    let schema = TableSchema { deletion_protection: true, ..schema(Billing::PayPerRequest) };
    let Some(table) = cx.create_table_requiring(Requirement::DeletionProtection, schema).await? else {
        return Ok(());
    };
    ensure_eq("deletion protection", describe_table(&cx, &table).await?.schema.deletion_protection, true)?;
    let error = cx.expect_validation_error(DeleteTable::new(&table)).await?;
    cx.expect_message(
        &error,
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion *",
    )
}
