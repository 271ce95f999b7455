//! One action of a transaction.

use std::fmt;
use std::marker::PhantomData;

use crate::model::Q;
use crate::planner::TransactionAction;

/// An action that was added to a [`Transaction`](super::Transaction), for setting its options.
pub struct Action<'a, M> {
    /// `None` if the action cannot be sent; the transaction holds the error.
    action: Option<&'a mut TransactionAction>,
    marker: PhantomData<fn() -> M>,
}

impl<'a, M> Action<'a, M> {
    pub(super) fn new(action: Option<&'a mut TransactionAction>) -> Self {
        Self { action, marker: PhantomData }
    }

    /// Cancels the transaction unless the stored item satisfies `condition`. Several conditions must all hold. If there is no item, every
    /// attribute counts as missing.
    #[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "the transaction holds the action")]
    pub fn condition(mut self, condition: Q<M>) -> Self {
        if let Some(action) = &mut self.action {
            action.condition = Some(condition.into_filter().after(action.condition.take()));
        }
        self
    }

    /// Requests the stored item in the error if the condition of this action does not hold. It consumes no further units.
    /// [`CanceledAction::old_item`](crate::error::CanceledAction::old_item) decodes it.
    #[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "the transaction holds the action")]
    pub fn returning_old_item(mut self) -> Self {
        if let Some(action) = &mut self.action {
            action.returns_old_item = true;
        }
        self
    }
}

impl<M> fmt::Debug for Action<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Action").field(&self.action).finish()
    }
}
