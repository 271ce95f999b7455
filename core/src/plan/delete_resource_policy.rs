//! The [DeleteResourcePolicy](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html)
//! operation: removes the resource-based policy of a table or a stream.

/// A request that removes the policy of a table or a stream. Without a policy it changes nothing.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteResourcePolicy {
    /// ARN of the table or the stream; see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
    /// Revision of the policy to remove, 1 to 255 characters; any policy if `None`. If the present policy has another revision, or there is
    /// none, the error is [`DriverErrorKind::PolicyNotFound`](crate::driver::DriverErrorKind::PolicyNotFound).
    pub expected_revision_id: Option<String>,
}

/// The output of [`DeleteResourcePolicy`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeleteResourcePolicyOutput {
    /// Revision of the removed policy. It is `None` if the resource never had a policy.
    pub revision_id: Option<String>,
}

impl DeleteResourcePolicy {
    /// Creates a request that removes the policy of any revision.
    pub fn new(resource_arn: impl Into<String>) -> Self {
        Self { resource_arn: resource_arn.into(), expected_revision_id: None }
    }

    /// Requires that the policy has this revision.
    #[must_use]
    pub fn expected_revision_id(self, revision_id: impl Into<String>) -> Self {
        Self { expected_revision_id: Some(revision_id.into()), ..self }
    }
}
