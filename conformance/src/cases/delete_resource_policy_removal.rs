//! Policies that `DeleteResourcePolicy` removes.

use djamodb_core::plan::{DeleteResourcePolicy, PutResourcePolicy};

use super::prelude::*;
use crate::policies::{arn_of, change, ensure_no_policy, ensure_policy, first_change, policy};

case!(
    "delete_resource_policy/removes_the_policy",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    removes_the_policy
);
case!(
    "delete_resource_policy/requires_the_expected_revision",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    requires_the_expected_revision
);

/// Fails if the policy stays, or a table without a policy is an error.
async fn removes_the_policy(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let delete = DeleteResourcePolicy::new(&arn);
    let Some(nothing) = first_change(&cx, delete.clone()).await? else {
        return Ok(());
    };
    ensure_eq("revision before there is a policy", nothing?.revision_id, None)?;
    let put = change(&cx, PutResourcePolicy::new(&arn, policy(&arn, "readers"))).await?;
    ensure_policy(&cx, &arn, &put.revision_id, "readers").await?;
    let removed = change(&cx, delete.clone()).await?;
    ensure_eq("revision of the removed policy", removed.revision_id, Some(put.revision_id))?;
    ensure_no_policy(&cx, &arn).await?;
    change(&cx, delete).await?;
    Ok(())
}

/// Fails if a policy is removed although it is not the expected one.
async fn requires_the_expected_revision(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let delete = |revision: &str| DeleteResourcePolicy::new(&arn).expected_revision_id(revision);
    if first_change(&cx, delete("12")).await?.is_none() {
        return Ok(());
    }
    cx.expect_error(delete("12"), ExpectedError::PolicyNotFound).await?;
    let put = change(&cx, PutResourcePolicy::new(&arn, policy(&arn, "readers"))).await?;
    ensure_policy(&cx, &arn, &put.revision_id, "readers").await?;
    cx.expect_error(delete("12"), ExpectedError::PolicyNotFound).await?;
    ensure_policy(&cx, &arn, &put.revision_id, "readers").await?;
    change(&cx, delete(&put.revision_id)).await?;
    ensure_no_policy(&cx, &arn).await
}
