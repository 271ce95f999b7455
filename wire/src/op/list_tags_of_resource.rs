//! [`ListTagsOfResource`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html): returns the tags of
//! a table.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput, Metadata, Outcome, QueryPlan};
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
    next_token: Option<Text>,
}

impl Request {
    pub(crate) fn new(list: &ListTagsOfResource) -> Self {
        Self { resource_arn: Some(Text(list.resource_arn.clone())), next_token: list.next_token.clone().map(Text) }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(resource_arn) = violations.required("resourceArn", self.resource_arn);
        violations.check()?;
        Ok(ListTagsOfResource { resource_arn, next_token: self.next_token.map(|Text(token)| token) }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    tags: Option<List<Element<SentTag>>>,
    next_token: Option<String>,
}

impl Response {
    pub(crate) fn new(output: &ListTagsOfResourceOutput, _: &Metadata) -> Self {
        Self { tags: Some(settings::write_tags(&output.tags)), next_token: output.next_token.clone() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let tags = settings::read_tags(self.tags, &mut Violations::default());
        let output = ListTagsOfResourceOutput { tags, next_token: self.next_token };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
