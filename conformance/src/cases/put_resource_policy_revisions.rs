//! Policies that `PutResourcePolicy` attaches, and their revisions.

use djamodb_core::plan::{ExpectedPolicy, PutResourcePolicy};

use super::prelude::*;
use crate::policies::{arn_of, change, ensure_no_policy, ensure_policy, first_change, policy};

case!(
    "put_resource_policy/attaches_and_replaces_a_policy",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    attaches_and_replaces_a_policy
);
case!(
    "put_resource_policy/requires_the_expected_revision",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    requires_the_expected_revision
);
case!(
    "put_resource_policy/rejects_invalid_policies",
    Theme::Table,
    requires: [Requirement::ResourcePolicy],
    rejects_invalid_policies
);

/// Fails if a policy is not replaced, or two policies have one revision, or one policy has two.
async fn attaches_and_replaces_a_policy(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let put = |sid| PutResourcePolicy::new(&arn, policy(&arn, sid));
    let Some(readers) = first_change(&cx, put("readers")).await? else {
        return Ok(());
    };
    let readers = readers?.revision_id;
    ensure_policy(&cx, &arn, &readers, "readers").await?;
    ensure_eq("revision of the same policy", &change(&cx, put("readers")).await?.revision_id, &readers)?;
    let writers = change(&cx, put("writers")).await?.revision_id;
    ensure("another policy has another revision", writers != readers)?;
    ensure_policy(&cx, &arn, &writers, "writers").await
}

/// Fails if a policy is replaced although it is not the expected one.
async fn requires_the_expected_revision(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let put = |sid, expected| PutResourcePolicy::new(&arn, policy(&arn, sid)).expected(expected);
    let Some(readers) = first_change(&cx, put("readers", ExpectedPolicy::None)).await? else {
        return Ok(());
    };
    let readers = readers?.revision_id;
    ensure_policy(&cx, &arn, &readers, "readers").await?;
    for expected in [ExpectedPolicy::None, ExpectedPolicy::Revision("12".to_owned())] {
        let error = cx.expect_error(put("writers", expected), ExpectedError::PolicyNotFound).await?;
        cx.expect_message(&error, "Resource-based policy not found for the provided ResourceArn: Requested *")?;
    }
    ensure_policy(&cx, &arn, &readers, "readers").await?;
    let writers = change(&cx, put("writers", ExpectedPolicy::Revision(readers))).await?.revision_id;
    ensure_policy(&cx, &arn, &writers, "writers").await
}

/// Fails if a text is attached that is no policy, or one that is too large.
async fn rejects_invalid_policies(cx: Context) -> CaseResult {
    let arn = arn_of(&cx, &create_users(&cx).await?).await?;
    let put = |policy: &str| PutResourcePolicy::new(&arn, policy);
    let large = policy(&arn, "readers") + &" ".repeat(20 * 1024);
    if first_change(&cx, put(&large)).await?.is_none() {
        return Ok(());
    }
    let error = cx.expect_validation_error(put(&large)).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: Maximum policy size of 20480 bytes exceeded",
    )?;
    for text in ["", "readers"] {
        cx.expect_validation_error(put(text)).await?;
    }
    cx.expect_validation_error(PutResourcePolicy::new("users", policy(&arn, "readers"))).await?;
    ensure_no_policy(&cx, &arn).await
}
