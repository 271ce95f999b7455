//! [`UntagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html): removes tags of a table.

use djamodb_core::plan::{Outcome, QueryPlan, UntagResource, UntagResourceOutput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{List, Text};
use crate::shape::metadata;
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    resource_arn: Option<Text>,
    tag_keys: Option<List<Text>>,
}

impl Request {
    pub(crate) fn new(untag: &UntagResource) -> Self {
        Self {
            resource_arn: Some(Text(untag.resource_arn.clone())),
            tag_keys: Some(List(untag.tag_keys.iter().cloned().map(Text).collect())),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        let List(keys) = violations.required("tagKeys", self.tag_keys);
        violations.check()?;
        Ok(UntagResource { resource_arn, tag_keys: keys.into_iter().map(|Text(key)| key).collect() }.into())
    }
}

pub(crate) fn outcome() -> Outcome {
    Outcome { output: UntagResourceOutput::default().into(), metadata: metadata::of_table(None) }
}
