//! [`TagResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html): sets tags of a table.

use djamodb_core::plan::{Outcome, QueryPlan, TagResource, TagResourceOutput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, List, Text};
use crate::shape::metadata;
use crate::shape::settings::{self, SentTag};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    resource_arn: Option<Text>,
    tags: Option<List<Element<SentTag>>>,
}

impl Request {
    pub(crate) fn new(tag: &TagResource) -> Self {
        Self { resource_arn: Some(Text(tag.resource_arn.clone())), tags: Some(settings::write_tags(&tag.tags)) }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        if self.tags.is_none() {
            violations.null("tags");
        }
        let tags = settings::read_tags(self.tags, &mut violations);
        violations.check()?;
        Ok(TagResource { resource_arn, tags }.into())
    }
}

pub(crate) fn outcome() -> Outcome {
    Outcome { output: TagResourceOutput::default().into(), metadata: metadata::of_table(None) }
}
