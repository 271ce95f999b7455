//! [TagResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html).

use serde::{Deserialize, Serialize};

use crate::schema::Tag;

/// Puts labels on a table; a label of a name that it has already is replaced.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TagResource {
    /// The table's ARN: see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// The labels.
    pub tags: Vec<Tag>,
}

/// What [`TagResource`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TagResourceOutput {}

impl TagResource {
    /// Labels a table.
    pub fn new(resource_arn: impl Into<String>, tags: Vec<Tag>) -> Self {
        Self { resource_arn: resource_arn.into(), tags }
    }
}
