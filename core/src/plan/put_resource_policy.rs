//! The [PutResourcePolicy](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html)
//! operation: attaches a resource-based policy to a table or a stream.

use super::ExpectedPolicy;

/// A request that attaches a policy to a table or a stream, or replaces it. A policy that equals the present one changes nothing.
///
/// ```
/// use djamodb_core::plan::{ExpectedPolicy, PutResourcePolicy};
///
/// let policy = r#"{"Version": "2012-10-17", "Statement": []}"#;
/// let first = PutResourcePolicy::new("arn:aws:dynamodb:…", policy).expected(ExpectedPolicy::None);
/// assert_eq!(first.expected.revision_id(), Some("NO_POLICY"));
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PutResourcePolicy {
    /// ARN of the table or the stream; see [`TableDescription::arn`](super::TableDescription::arn). The policy of a table also applies to
    /// its indexes.
    pub resource_arn: String,
    /// Policy, a document in JSON of at most 20 KB including white space.
    pub policy: String,
    /// Policy that the resource has before.
    pub expected: ExpectedPolicy,
    /// `true` to confirm that the policy removes the permission of the caller to change it later.
    pub confirm_remove_self_resource_access: bool,
}

/// The output of [`PutResourcePolicy`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PutResourcePolicyOutput {
    /// Revision of the policy, which is compared as text.
    pub revision_id: String,
}

impl PutResourcePolicy {
    /// Creates a request that attaches `policy`, whatever the present policy is.
    pub fn new(resource_arn: impl Into<String>, policy: impl Into<String>) -> Self {
        Self {
            resource_arn: resource_arn.into(),
            policy: policy.into(),
            expected: ExpectedPolicy::Any,
            confirm_remove_self_resource_access: false,
        }
    }

    /// Requires a present policy.
    #[must_use]
    pub fn expected(self, expected: ExpectedPolicy) -> Self {
        Self { expected, ..self }
    }

    /// Confirms that the policy may remove the permission of the caller to change it later.
    #[must_use]
    pub fn confirm_remove_self_resource_access(self) -> Self {
        Self { confirm_remove_self_resource_access: true, ..self }
    }
}
