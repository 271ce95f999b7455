//! Policies that `GetResourcePolicy` returns.

use djamodb_core::plan::{GetResourcePolicy, PutResourcePolicy};
use djamodb_core::schema::{KeyAttribute, KeySchema, StreamView, TableSchema};

use super::prelude::*;
use crate::policies::{arn_of, ensure_no_policy, ensure_policy, first_change, policy};

case!(
    "get_resource_policy/reports_a_table_without_a_policy",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    reports_a_table_without_a_policy
);
case!(
    "get_resource_policy/reports_a_missing_table",
    Theme::MissingTable,
    requires: [Requirement::ResourcePolicy],
    reports_a_missing_table
);
case!(
    "get_resource_policy/returns_the_policy_of_a_new_table",
    Theme::Table,
    requires: [Requirement::TablePolicy, Requirement::ResourcePolicy],
    returns_the_policy_of_a_new_table
);
case!(
    "get_resource_policy/a_stream_has_a_policy_of_its_own",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::ResourcePolicy],
    a_stream_has_a_policy_of_its_own
);

/// Fails if a table without a policy looks like one with an empty policy, or like a missing table.
async fn reports_a_table_without_a_policy(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let get = GetResourcePolicy::new(&arn);
    if first_change(&cx, get.clone()).await?.is_none() {
        return Ok(());
    }
    let error = cx.expect_error(get, ExpectedError::PolicyNotFound).await?;
    cx.expect_message(&error, &format!("Resource-based policy not found for the provided ResourceArn: {arn}"))
}

/// Fails if a misspelled table name looks like a table without a policy.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let arn = format!("{}-missing", arn_of(&cx, &create_users(&cx).await?).await?);
    let get = GetResourcePolicy::new(&arn);
    if first_change(&cx, get.clone()).await?.is_some() {
        cx.expect_error(get, ExpectedError::ResourceNotFound).await?;
        let put = PutResourcePolicy::new(&arn, policy(&arn, "readers"));
        cx.expect_error(put, ExpectedError::ResourceNotFound).await?;
    }
    Ok(())
}

/// Fails if the policy of `CreateTable` is lost.
async fn returns_the_policy_of_a_new_table(cx: Context) -> CaseResult {
    let is_ignored = cx.deviates("no-resource-policies");
    // The account of the caller is in the ARN of any of its tables.
    let other = arn_of(&cx, &create_users(&cx).await?).await?;
    let arn = other.replace(cx.table_name("users").as_str(), cx.table_name("shared").as_str());
    let mut schema = TableSchema::new("shared", KeySchema::hash(KeyAttribute::s("id")));
    schema.resource_policy = Some(policy(&arn, "readers"));
    let created = cx.create_table_requiring(Requirement::TablePolicy, schema).await?;
    let get = GetResourcePolicy::new(&arn);
    let Some(present) = cx.run_requiring(Requirement::ResourcePolicy, get.clone()).await? else {
        return Ok(());
    };
    if is_ignored {
        cx.expect_error(get, ExpectedError::Unsupported).await?;
    } else if created.is_some() {
        let present = present?;
        ensure_policy(&cx, &arn, &present.revision_id, "readers").await?;
    }
    Ok(())
}

/// Fails if the policy of a stream is that of its table.
async fn a_stream_has_a_policy_of_its_own(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new("streamed", KeySchema::hash(KeyAttribute::s("id")));
    schema.stream = Some(StreamView::KeysOnly);
    let created = cx.create_table_requiring(Requirement::Stream, schema).await?;
    let table = match &created {
        Some(table) => table.clone(),
        None => create_users(&cx).await?,
    };
    let description = describe_table(&cx, &table).await?;
    let arn = description.arn.unwrap_or_default();
    let stream = description.latest_stream.map_or_else(|| arn.clone(), |stream| stream.arn);
    let policy = policy(&stream, "followers").replace("dynamodb:GetItem", "dynamodb:GetRecords");
    let Some(put) = first_change(&cx, PutResourcePolicy::new(&stream, policy)).await? else {
        return Ok(());
    };
    let revision_id = put?.revision_id;
    if created.is_some() {
        ensure_policy(&cx, &stream, &revision_id, "followers").await?;
        ensure_no_policy(&cx, &arn).await?;
    }
    Ok(())
}
