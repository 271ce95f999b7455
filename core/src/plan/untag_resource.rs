//! [UntagResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html).

use serde::{Deserialize, Serialize};

/// Takes labels from a table; a label that it does not have is no error.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UntagResource {
    /// The table's ARN: see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// The names of the labels.
    pub tag_keys: Vec<String>,
}

/// What [`UntagResource`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct UntagResourceOutput {}

impl UntagResource {
    /// Takes labels from a table.
    pub fn new(resource_arn: impl Into<String>, tag_keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { resource_arn: resource_arn.into(), tag_keys: tag_keys.into_iter().map(Into::into).collect() }
    }
}
