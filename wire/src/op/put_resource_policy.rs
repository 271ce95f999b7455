//! [`PutResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html): sets the policy of a
//! table or stream.

use djamodb_core::plan::{ExpectedPolicy, Metadata, Outcome, PutResourcePolicy, PutResourcePolicyOutput, QueryPlan};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Flag, Text};
use crate::shape::metadata;
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    resource_arn: Option<Text>,
    policy: Option<Text>,
    expected_revision_id: Option<Text>,
    confirm_remove_self_resource_access: Option<Flag>,
}

impl Request {
    pub(crate) fn new(put: &PutResourcePolicy) -> Self {
        Self {
            resource_arn: Some(Text(put.resource_arn.clone())),
            policy: Some(Text(put.policy.clone())),
            expected_revision_id: put.expected.revision_id().map(|revision| Text(revision.to_owned())),
            confirm_remove_self_resource_access: put.confirm_remove_self_resource_access.then_some(Flag(true)),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        let Text(policy) = violations.required("policy", self.policy);
        violations.check()?;
        let expected = match self.expected_revision_id {
            None => ExpectedPolicy::Any,
            Some(Text(revision)) if revision == ExpectedPolicy::NO_POLICY => ExpectedPolicy::None,
            Some(Text(revision)) => ExpectedPolicy::Revision(revision),
        };
        let confirm_remove_self_resource_access = self.confirm_remove_self_resource_access == Some(Flag(true));
        Ok(PutResourcePolicy { resource_arn, policy, expected, confirm_remove_self_resource_access }.into())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    revision_id: String,
}

impl Response {
    pub(crate) fn new(output: &PutResourcePolicyOutput, _: &Metadata) -> Self {
        Self { revision_id: output.revision_id.clone() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = PutResourcePolicyOutput { revision_id: self.revision_id };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
