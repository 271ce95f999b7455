//! Encryption of tables by a key of the account, in `CreateTable` and `UpdateTable`.

use djamodb_core::plan::{EncryptionStatus, TableDescription};
use djamodb_core::schema::{Encryption, KeyAttribute, KeySchema, TableSchema};

use super::prelude::*;

case!("create_table/is_encrypted_by_an_aws_owned_key", Theme::Table, is_encrypted_by_an_aws_owned_key);
case!(
    "create_table/is_encrypted_by_the_key_of_the_request",
    Theme::Table,
    requires: [Requirement::Encryption],
    is_encrypted_by_the_key_of_the_request
);
case!(
    "update_table/changes_the_encryption_and_keeps_items",
    Theme::Table,
    requires: [Requirement::Encryption],
    changes_the_encryption_and_keeps_items
);
case!(
    "update_table/rejects_the_present_encryption",
    Theme::Table,
    requires: [Requirement::Encryption],
    rejects_the_present_encryption
);

/// Fails if a description reports a key of the account, or a status, for an AWS owned key.
fn ensure_aws_owned(table: &TableDescription) -> CaseResult {
    ensure_eq("encryption", &table.schema.encryption, &Encryption::AwsOwned)?;
    ensure_eq("status of the encryption", table.encryption_status, None)
}

/// Fails if a description does not report the ARN of a key of the account.
fn ensure_key_of_account(table: &TableDescription) -> CaseResult {
    // The service changes the key of a table within about 20 seconds.
    if table.encryption_status == Some(EncryptionStatus::Updating) {
        return Ok(());
    }
    ensure_eq("status of the encryption", table.encryption_status, Some(EncryptionStatus::Enabled))?;
    match &table.schema.encryption {
        Encryption::CustomerManaged(arn) => ensure("the table has the ARN of a key", arn.starts_with("arn:")),
        other => Err(Failure::new(format_args!("expected the ARN of a key; received {other:?}"))),
    }
}

/// Fails if a table has another key than the default.
async fn is_encrypted_by_an_aws_owned_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    ensure_aws_owned(&describe_table(&cx, &table).await?)
}

/// Fails if a table is created with another key than requested.
async fn is_encrypted_by_the_key_of_the_request(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("encryption-is-ignored");
    let schema = TableSchema::new("users", KeySchema::hash(KeyAttribute::s("id")));
    let schema = TableSchema { encryption: Encryption::AwsManaged, ..schema };
    let Some(table) = cx.create_table_requiring(Requirement::Encryption, schema).await? else {
        return Ok(());
    };
    let table = describe_table(&cx, &table).await?;
    if is_ignored { ensure_aws_owned(&table) } else { ensure_key_of_account(&table) }
}

/// Fails if the key does not change, or items are lost.
async fn changes_the_encryption_and_keeps_items(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("encryption-is-ignored");
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let update = UpdateTable::new(&table).encryption(Encryption::AwsManaged);
    if is_ignored {
        if cx.run_requiring(Requirement::Encryption, update.clone()).await?.is_some() {
            let error = cx.expect_validation_error(update).await?;
            cx.expect_message(&error, "Nothing to update")?;
        }
        return Ok(());
    }
    if !update_table_requiring(&cx, Requirement::Encryption, update).await? {
        return Ok(());
    }
    ensure_key_of_account(&describe_table(&cx, &table).await?)?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Fails if an update without a change succeeds.
async fn rejects_the_present_encryption(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let update = UpdateTable::new(&table).encryption(Encryption::AwsOwned);
    if cx.run_requiring(Requirement::Encryption, update.clone()).await?.is_none() {
        return Ok(());
    }
    let error = cx.expect_validation_error(update).await?;
    cx.expect_message_or_deviation(
        "encryption-message",
        &error,
        "One or more parameter values were invalid: Table is already encrypted by default",
    )
}
