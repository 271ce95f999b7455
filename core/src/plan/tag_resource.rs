//! The [TagResource](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html)
//! operation: adds tags to a table.

use crate::schema::Tag;

/// A request that adds tags to a table. A tag with an existing key replaces the old one.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TagResource {
    /// ARN of the table; see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// Tags to add.
    pub tags: Vec<Tag>,
}

/// The output of [`TagResource`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TagResourceOutput {}

impl TagResource {
    /// Creates a request that adds `tags`.
    pub fn new(resource_arn: impl Into<String>, tags: Vec<Tag>) -> Self {
        Self { resource_arn: resource_arn.into(), tags }
    }
}
