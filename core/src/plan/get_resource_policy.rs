//! The [GetResourcePolicy](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html)
//! operation: returns the resource-based policy of a table or a stream.

/// A request for the policy of a table or a stream. A changed policy may take some seconds to be returned.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetResourcePolicy {
    /// ARN of the table or the stream; see [`TableDescription::arn`](super::TableDescription::arn).
    pub resource_arn: String,
}

/// The output of [`GetResourcePolicy`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetResourcePolicyOutput {
    /// Policy, a document in JSON. The service may return it with other white space than it was sent.
    pub policy: String,
    /// Revision of the policy, which is compared as text.
    pub revision_id: String,
}

impl GetResourcePolicy {
    /// Creates a request for the policy of a table or a stream. Without a policy, the error is
    /// [`DriverErrorKind::PolicyNotFound`](crate::driver::DriverErrorKind::PolicyNotFound).
    pub fn new(resource_arn: impl Into<String>) -> Self {
        Self { resource_arn: resource_arn.into() }
    }
}
