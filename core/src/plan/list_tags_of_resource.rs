//! The [ListTagsOfResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html)
//! operation: lists the tags of a table.

use crate::schema::Tag;

/// A request for one page of the tags of a table.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListTagsOfResource {
    /// ARN of the table; see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// `next_token` of the previous page, after which this page begins.
    pub next_token: Option<String>,
}

/// The output of [`ListTagsOfResource`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListTagsOfResourceOutput {
    /// Tags of this page.
    pub tags: Vec<Tag>,
    /// Position that continues the listing; `None` on the last page.
    pub next_token: Option<String>,
}

impl ListTagsOfResource {
    /// Creates a request for the first page of tags.
    pub fn new(resource_arn: impl Into<String>) -> Self {
        Self { resource_arn: resource_arn.into(), next_token: None }
    }
}
