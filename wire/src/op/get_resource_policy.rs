//! [`GetResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html): returns the policy of a
//! table or stream.

use djamodb_core::plan::{GetResourcePolicy, GetResourcePolicyOutput, Metadata, Outcome, QueryPlan};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::Text;
use crate::shape::metadata;
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    resource_arn: Option<Text>,
}

impl Request {
    pub(crate) fn new(get: &GetResourcePolicy) -> Self {
        Self { resource_arn: Some(Text(get.resource_arn.clone())) }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        violations.check()?;
        Ok(GetResourcePolicy { resource_arn }.into())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    policy: String,
    revision_id: String,
}

impl Response {
    pub(crate) fn new(output: &GetResourcePolicyOutput, _: &Metadata) -> Self {
        Self { policy: output.policy.clone(), revision_id: output.revision_id.clone() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = GetResourcePolicyOutput { policy: self.policy, revision_id: self.revision_id };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
