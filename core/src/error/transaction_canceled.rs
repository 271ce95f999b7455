//! The error of a cancelled transaction.

use std::fmt;

use super::Error;
use crate::driver::{Applied, CancellationCode, CancellationReason, DriverError};
use crate::model::Model;
use crate::value::{Item, describe_key};

/// The error of a transaction that the service cancelled: every action, in order, with the reason if it is one for the cancellation.
///
/// See the reasons in
/// [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
#[derive(Debug)]
pub struct TransactionCanceled {
    /// All actions of the transaction, in the order in which they were added.
    pub actions: Vec<CanceledAction>,
    /// The error of the request.
    pub error: DriverError,
}

/// One action of a cancelled transaction.
#[derive(Clone, Debug)]
pub struct CanceledAction {
    /// Name of the model.
    pub model: &'static str,
    /// Name of the method that added the action: `get`, `save`, `create`, `update`, `delete` or `check`.
    pub method: &'static str,
    /// Key of the item.
    pub key: Item,
    /// `true` if the action has a condition that was given to it. `create` and `update` have one of their own besides.
    pub has_condition: bool,
    /// `true` if the action requested the stored item with [`returning_old_item`](crate::database::Action::returning_old_item).
    pub returns_old_item: bool,
    /// The reason for the cancellation, or `None` if this action is no reason for it.
    pub reason: Option<CancellationReason>,
}

impl TransactionCanceled {
    /// Returns the actions that are reasons for the cancellation.
    pub fn reasons(&self) -> impl Iterator<Item = &CanceledAction> {
        self.actions.iter().filter(|action| action.reason.is_some())
    }
}

impl CanceledAction {
    /// Returns the stored item that did not satisfy the condition, decoded. Returns `None` if the action did not request it, the reason
    /// is another one, or there is no item.
    ///
    /// # Errors
    ///
    /// [`Error::Codec`], if the item does not decode into `M`.
    pub fn old_item<M: Model>(&self) -> Result<Option<M>, Error> {
        let item = self.reason.as_ref().and_then(|reason| reason.item.as_ref());
        item.map(|item| M::from_item(item).map_err(Error::codec::<M>)).transpose()
    }

    fn failed_condition(&self) -> &'static str {
        let no_item = self.returns_old_item && self.reason.as_ref().is_some_and(|reason| reason.item.is_none());
        match (self.method, self.has_condition) {
            ("create", false) => "an item with this key already exists",
            ("create", true) => "an item with this key already exists, or the condition does not hold",
            ("update", false) => "there is no item with this key",
            _ if no_item => "there is no item with this key, so that the condition does not hold",
            ("update", true) if !self.returns_old_item => {
                "there is no item with this key, or it does not satisfy the condition"
            }
            _ => "the item does not satisfy the condition",
        }
    }
}

impl fmt::Display for CanceledAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} with the key {}", self.method, self.model, describe_key(&self.key))?;
        match &self.reason {
            None => Ok(()),
            Some(CancellationReason { code: CancellationCode::ConditionalCheckFailed, .. }) => {
                write!(f, ": {}", self.failed_condition())
            }
            Some(CancellationReason { code: CancellationCode::TransactionConflict, .. }) => {
                f.write_str(": another request is writing the item; try again")
            }
            Some(CancellationReason { code, message, .. }) => write!(f, ": {code}: {message}"),
        }
    }
}

impl fmt::Display for TransactionCanceled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the transaction was cancelled")?;
        if self.error.applied() == Applied::No {
            f.write_str(", nothing was written")?;
        }
        for (at, action) in self.reasons().enumerate() {
            write!(f, "{} {action}", if at == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl std::error::Error for TransactionCanceled {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
