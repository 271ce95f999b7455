//! The [UntagResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html)
//! operation: removes tags from a table.

/// A request that removes tags from a table. A key without a tag is not an error.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UntagResource {
    /// ARN of the table; see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// Keys of the tags to remove.
    pub tag_keys: Vec<String>,
}

/// The output of [`UntagResource`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UntagResourceOutput {}

impl UntagResource {
    /// Creates a request that removes the tags with these keys.
    pub fn new(resource_arn: impl Into<String>, tag_keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { resource_arn: resource_arn.into(), tag_keys: tag_keys.into_iter().map(Into::into).collect() }
    }
}
