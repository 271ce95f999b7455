//! Conditions on the present policy of a resource.

/// A condition on the policy that a table or a stream has before a request changes it (`ExpectedRevisionId`). If it does not hold, the
/// error is [`DriverErrorKind::PolicyNotFound`](crate::driver::DriverErrorKind::PolicyNotFound).
///
/// See [PutResourcePolicy](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ExpectedPolicy {
    /// Any policy or none.
    #[default]
    Any,
    /// No policy (`NO_POLICY`).
    None,
    /// The policy of this revision, 1 to 255 characters.
    Revision(String),
}

impl ExpectedPolicy {
    /// The `ExpectedRevisionId` of a resource without a policy. No policy has this revision.
    pub const NO_POLICY: &'static str = "NO_POLICY";

    /// Returns the `ExpectedRevisionId` of the request, or `None` if the request has none.
    ///
    /// ```
    /// use djamodb_core::plan::ExpectedPolicy;
    ///
    /// assert_eq!(ExpectedPolicy::None.revision_id(), Some("NO_POLICY"));
    /// assert_eq!(ExpectedPolicy::Revision("1791505774984".into()).revision_id(), Some("1791505774984"));
    /// ```
    pub fn revision_id(&self) -> Option<&str> {
        match self {
            Self::Any => None,
            Self::None => Some(Self::NO_POLICY),
            Self::Revision(revision) => Some(revision),
        }
    }
}
