//! [ListTagsOfResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html).

use serde::{Deserialize, Serialize};

use crate::schema::Tag;

/// Lists the labels of a table, some at a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ListTagsOfResource {
    /// The table's ARN: see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// Where to go on: the `next_token` of an earlier answer.
    pub next_token: Option<String>,
}

/// What [`ListTagsOfResource`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ListTagsOfResourceOutput {
    /// The labels.
    pub tags: Vec<Tag>,
    /// Where to go on; when absent, there is nothing more.
    pub next_token: Option<String>,
}

impl ListTagsOfResource {
    /// Lists the labels of a table from the first on.
    pub fn new(resource_arn: impl Into<String>) -> Self {
        Self { resource_arn: resource_arn.into(), next_token: None }
    }
}
