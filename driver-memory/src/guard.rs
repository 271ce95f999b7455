//! The condition of a write, and what its failure tells.

use djamodb_core::expression::Condition;
use djamodb_core::plan::OldItemOnFailure;
use djamodb_core::value::Item;

use crate::error::Error;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard<'a> {
    pub(crate) condition: Option<&'a Condition>,
    pub(crate) on_failure: OldItemOnFailure,
}

impl Guard<'_> {
    /// Lets a write pass if the item as it is satisfies the condition. A missing item is one without attributes.
    pub(crate) fn admit(self, old: Option<&Item>) -> Result<(), Error> {
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
        let told = match self.on_failure {
            OldItemOnFailure::None => None,
            OldItemOnFailure::AllOld => old.cloned(),
        };
        Err(Error::ConditionalCheckFailed { item: told })
    }
}
