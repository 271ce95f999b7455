//! Validation of the requests for resource-based policies.

use djamodb_core::plan::{DeleteResourcePolicy, ExpectedPolicy, GetResourcePolicy, PutResourcePolicy};

use super::constraints::Constraints;
use super::rule::policy;
use crate::error::ValidationError;

/// Length of the ARN of a resource in characters at most.
const RESOURCE_ARN_CHARACTERS_MAX: usize = 1283;
/// Length of a revision in characters at most.
const REVISION_CHARACTERS_MAX: usize = 255;

pub(crate) fn get(request: &GetResourcePolicy) -> Result<(), ValidationError> {
    constraints(&request.resource_arn, None)?;
    policy::resource(&request.resource_arn)
}

pub(crate) fn put(request: &PutResourcePolicy) -> Result<(), ValidationError> {
    let expected = match &request.expected {
        ExpectedPolicy::Any | ExpectedPolicy::None => None,
        ExpectedPolicy::Revision(revision) => Some(revision),
    };
    constraints(&request.resource_arn, expected.map(String::as_str))?;
    policy::resource(&request.resource_arn)?;
    policy::text(&request.policy)
}

pub(crate) fn delete(request: &DeleteResourcePolicy) -> Result<(), ValidationError> {
    constraints(&request.resource_arn, request.expected_revision_id.as_deref())?;
    policy::resource(&request.resource_arn)
}

fn constraints(resource_arn: &str, revision: Option<&str>) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.length(resource_arn, 1..=RESOURCE_ARN_CHARACTERS_MAX, || "resourceArn".into());
    if let Some(revision) = revision {
        constraints.length(revision, 1..=REVISION_CHARACTERS_MAX, || "expectedRevisionId".into());
    }
    constraints.check()
}
