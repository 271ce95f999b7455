//! Resource-based policies of tables and streams.

use chrono::{DateTime, Utc};
use djamodb_core::plan::{ExpectedPolicy, GetResourcePolicyOutput};

use crate::error::Error;

/// The policy of a table or a stream.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct ResourcePolicy {
    text: Option<String>,
    /// Revision of the last change: its time in milliseconds since 1970, or a later one if there were several in a millisecond. `None` if
    /// there never was a policy.
    revision: Option<i64>,
}

impl ResourcePolicy {
    /// Returns the policy of a new table.
    pub(crate) fn new(text: Option<String>, now: DateTime<Utc>) -> Self {
        Self { revision: text.as_ref().map(|_| now.timestamp_millis()), text }
    }

    /// Returns the policy of the resource with this ARN, and its revision.
    ///
    /// # Errors
    ///
    /// [`Error::PolicyNotFound`] without a policy.
    pub(crate) fn get(&self, resource_arn: &str) -> Result<GetResourcePolicyOutput, Error> {
        match (&self.text, self.revision) {
            (Some(text), Some(revision)) => {
                Ok(GetResourcePolicyOutput { policy: text.clone(), revision_id: revision.to_string() })
            }
            _ => Err(Error::PolicyNotFound(resource_arn.to_owned())),
        }
    }

    /// Sets the policy, and returns its revision, which does not change if the policy does not.
    ///
    /// # Errors
    ///
    /// [`Error::PolicyNotFound`] if the present policy is not `expected`. `table` is the name of the table, for its message.
    pub(crate) fn put(
        &mut self,
        text: &str,
        expected: &ExpectedPolicy,
        table: &str,
        now: DateTime<Utc>,
    ) -> Result<String, Error> {
        self.check(expected, table)?;
        let revision = match self.revision {
            Some(revision) if self.text.as_deref() == Some(text) => revision,
            _ => self.next_revision(now),
        };
        *self = Self { text: Some(text.to_owned()), revision: Some(revision) };
        Ok(revision.to_string())
    }

    /// Removes the policy, and returns its revision. Without a policy, it returns that of the last deletion, if there was one.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub(crate) fn delete(
        &mut self,
        expected: &ExpectedPolicy,
        table: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Error> {
        self.check(expected, table)?;
        let removed = self.revision;
        if self.text.take().is_some() {
            self.revision = Some(self.next_revision(now));
        }
        Ok(removed.map(|revision| revision.to_string()))
    }

    fn check(&self, expected: &ExpectedPolicy, table: &str) -> Result<(), Error> {
        let Some(expected) = expected.revision_id() else { return Ok(()) };
        let present = self.revision.map(|revision| revision.to_string());
        let detail = match (expected, present, &self.text) {
            (ExpectedPolicy::NO_POLICY, _, None) => return Ok(()),
            (ExpectedPolicy::NO_POLICY, present, Some(_)) => format!(
                "Requested policy update expecting none to be present for table {table}, but a policy exists with revision id \
                 {}.",
                present.unwrap_or_default()
            ),
            (expected, Some(present), Some(_)) if expected == present => return Ok(()),
            (expected, Some(present), _) => format!(
                "Requested update for policy with revision id {expected}, but the policy associated to target table {table} has \
                 revision id {present}."
            ),
            (expected, None, _) => format!(
                "Requested update for policy with revision id {expected}, but table {table} has no associated policy."
            ),
        };
        Err(Error::PolicyNotFound(detail))
    }

    fn next_revision(&self, now: DateTime<Utc>) -> i64 {
        let now = now.timestamp_millis();
        self.revision.map_or(now, |revision| now.max(revision.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_has_a_revision_of_its_own() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut policy = ResourcePolicy::default();
        let put = |policy: &mut ResourcePolicy, text| policy.put(text, &ExpectedPolicy::Any, "users", now).unwrap();
        assert_eq!(policy.delete(&ExpectedPolicy::Any, "users", now).unwrap(), None);
        let first = put(&mut policy, "{}");
        assert_eq!(put(&mut policy, "{}"), first, "the policy does not change");
        let second = put(&mut policy, "{ }");
        assert_ne!(second, first);
        assert_eq!(
            policy.delete(&ExpectedPolicy::Revision(second.clone()), "users", now).unwrap(),
            Some(second.clone())
        );
        let after_deletion = policy.delete(&ExpectedPolicy::Any, "users", now).unwrap();
        assert!(after_deletion.is_some_and(|revision| revision != second));
        assert_ne!(put(&mut policy, "{}"), first);
    }
}
