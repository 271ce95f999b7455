//! Resource-based policies of tables.

use std::time::Duration;

use djamodb_core::driver::{DriverError, DriverErrorKind, DriverExt};
use djamodb_core::plan::{DescribeTable, GetResourcePolicy, Operation};
use djamodb_core::value::Name;

use crate::tables::{POLLS_MAX, pause};
use crate::{CaseResult, Context, ExpectedError, Failure, Requirement};

/// The time after a change of a policy in which AWS throttles the next one.
const CHANGE_PAUSE: Duration = Duration::from_secs(16);
const CHANGE_RETRIES_MAX: u32 = 4;

/// Returns the ARN of a table.
pub(crate) async fn arn_of(cx: &Context, table: &Name) -> Result<String, Failure> {
    let arn = cx.run(DescribeTable::new(table)).await?.table.arn;
    arn.ok_or_else(|| Failure::new("DescribeTable returned no ARN"))
}

/// Returns a policy for the resource with this ARN, whose only statement has the identifier `sid`.
pub(crate) fn policy(arn: &str, sid: &str) -> String {
    let account = arn.split(':').nth(4).unwrap_or_default();
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"{sid}","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{account}:root"}},"Action":"dynamodb:GetItem","Resource":"{arn}"}}]}}"#
    )
}

/// Runs a change of a policy, and waits where AWS allows no further change yet.
pub(crate) async fn change<O: Operation + Clone>(cx: &Context, operation: O) -> Result<O::Output, DriverError> {
    let mut retries = 0;
    loop {
        match cx.driver().run(operation.clone()).await {
            Err(error) if retries < CHANGE_RETRIES_MAX && is_too_early(&error) => {
                retries += 1;
                cx.driver().clock().sleep(CHANGE_PAUSE).await;
            }
            result => return result,
        }
    }
}

fn is_too_early(error: &DriverError) -> bool {
    error.is_resource_in_use() || *error.kind() == DriverErrorKind::Throttled
}

/// Runs the first request of a case. Returns `None` if the driver or the backend does not support policies, which it asserts.
pub(crate) async fn first_change<O: Operation + Clone>(
    cx: &Context,
    operation: O,
) -> Result<Option<Result<O::Output, DriverError>>, Failure> {
    let is_unknown = cx.deviates("no-resource-policies");
    let Some(result) = cx.run_requiring(Requirement::ResourcePolicy, operation.clone()).await? else {
        return Ok(None);
    };
    if is_unknown {
        cx.expect_error(operation, ExpectedError::Unsupported).await?;
        return Ok(None);
    }
    Ok(Some(result))
}

/// Waits until the policy of a resource has a revision, and asserts that it has the statement `sid`.
pub(crate) async fn ensure_policy(cx: &Context, arn: &str, revision_id: &str, sid: &str) -> CaseResult {
    let mut last = String::new();
    for _ in 0..POLLS_MAX {
        match cx.driver().run(GetResourcePolicy::new(arn)).await {
            Ok(present) if present.revision_id == revision_id => {
                let has_statement = present.policy.contains(&format!(r#""{sid}""#));
                return crate::ensure("the policy has its statement", has_statement);
            }
            Ok(present) => last = present.revision_id,
            Err(error) if *error.kind() == DriverErrorKind::PolicyNotFound => last = error.to_string(),
            Err(error) => return Err(error.into()),
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("the policy does not get the revision {revision_id}: {last}")))
}

/// Waits until a resource has no policy.
pub(crate) async fn ensure_no_policy(cx: &Context, arn: &str) -> CaseResult {
    for _ in 0..POLLS_MAX {
        match cx.driver().run(GetResourcePolicy::new(arn)).await {
            Ok(_) => pause(cx).await,
            Err(error) if *error.kind() == DriverErrorKind::PolicyNotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::new("the resource has a policy"))
}
