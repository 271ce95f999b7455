//! The condition of a write.

use djamodb_core::expression::Condition;
use djamodb_core::plan::OldItemOnFailure;
use djamodb_core::value::Item;

use crate::error::Error;

/// The condition of a write and what its failure returns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WriteCondition<'a> {
    pub(crate) condition: Option<&'a Condition>,
    pub(crate) on_failure: OldItemOnFailure,
}

impl WriteCondition<'_> {
    /// Checks the condition on the current item. A missing item counts as one without attributes.
    ///
    /// # Errors
    ///
    /// [`Error::ConditionalCheckFailed`] if the condition does not hold.
    pub(crate) fn check(self, old: Option<&Item>) -> Result<(), Error> {
        let Some(condition) = self.condition else {
            return Ok(());
        };
        let holds = match old {
            Some(item) => condition.holds_for(item),
            None => condition.holds_for(&Item::new()),
        };
        if holds {
            return Ok(());
        }
        let item = match self.on_failure {
            OldItemOnFailure::None => None,
            OldItemOnFailure::AllOld => old.cloned(),
        };
        Err(Error::ConditionalCheckFailed { item })
    }
}
