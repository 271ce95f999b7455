//! [`DeleteResourcePolicy`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html): removes the policy
//! of a table or stream.

use djamodb_core::plan::{DeleteResourcePolicy, DeleteResourcePolicyOutput, Metadata, Outcome, QueryPlan};
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
    expected_revision_id: Option<Text>,
}

impl Request {
    pub(crate) fn new(delete: &DeleteResourcePolicy) -> Self {
        Self {
            resource_arn: Some(Text(delete.resource_arn.clone())),
            expected_revision_id: delete.expected_revision_id.clone().map(Text),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        violations.check()?;
        let expected_revision_id = self.expected_revision_id.map(|Text(revision)| revision);
        Ok(DeleteResourcePolicy { resource_arn, expected_revision_id }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    revision_id: Option<String>,
}

impl Response {
    pub(crate) fn new(output: &DeleteResourcePolicyOutput, _: &Metadata) -> Self {
        Self { revision_id: output.revision_id.clone() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = DeleteResourcePolicyOutput { revision_id: self.revision_id };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
