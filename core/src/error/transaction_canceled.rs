//! The error of a cancelled transaction.

use std::fmt;

use super::Error;
use crate::driver::{Applied, CancellationCode, CancellationReason, DriverError};
use crate::model::Model;
use crate::value::{AttributeValue, Item, Name, Number, describe_key};

/// The error of a transaction that the service cancelled: every action, in order, with the reason if it is one for the cancellation.
///
/// See the reasons in
/// [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
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
    /// The table.
    pub table: Name,
    /// Key of the item.
    pub key: Item,
    /// `true` if the action has a condition that was given to it. `create` and `update` have one of their own besides.
    pub has_condition: bool,
    /// The version that the stored item must have, which is that of the value that was given to the action. `None` for a new item, a key,
    /// and a model without a version.
    pub held_version: Option<HeldVersion>,
    /// `true` if the action requested the stored item, with [`returning_old_item`](crate::database::Action::returning_old_item) or to compare
    /// its version.
    pub returns_old_item: bool,
    /// The reason for the cancellation, or `None` if this action is no reason for it.
    pub reason: Option<CancellationReason>,
}

/// The version of a value.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldVersion {
    /// Name of the attribute in the table.
    pub attribute: Name,
    /// The version; 0 if the value was never stored.
    pub version: AttributeValue,
}

crate::debug_by_message!(struct TransactionCanceled { actions, error });

impl TransactionCanceled {
    /// Returns the actions that are reasons for the cancellation.
    pub fn reasons(&self) -> impl Iterator<Item = &CanceledAction> {
        self.actions.iter().filter(|action| action.reason.is_some())
    }
}

impl CanceledAction {
    /// Returns the stored item that did not satisfy the condition, decoded. Returns `None` if the reason is another one, there is no item,
    /// or the action neither requested it nor compares a version.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`], if the item does not decode into `M`.
    pub fn old_item<M: Model>(&self) -> Result<Option<M>, Error> {
        let item = self.reason.as_ref().and_then(|reason| reason.item.as_ref());
        let decode = |item| M::from_item(item).map_err(|error| Error::decode::<M>(self.table.clone(), item, error));
        item.map(decode).transpose()
    }

    /// Returns the difference between the version of the value and that of the stored item, if there is one.
    fn stale(&self) -> Option<String> {
        let HeldVersion { attribute, version } = self.held_version.as_ref()?;
        if !self.returns_old_item {
            return Some(format!(
                "the value has the version {version}, but the stored item has another one, does not exist, or does not satisfy the \
                 condition"
            ));
        }
        let item = self.reason.as_ref()?.item.as_ref();
        let stored = item.and_then(|item| item.get(attribute));
        let found = match stored {
            Some(stored) if stored == version => return None,
            None if is_zero(version) => return None,
            Some(stored) => format!("the stored item has the version {stored}; read it again"),
            None if item.is_some() => "the stored item has no version".to_owned(),
            None => "there is no item with this key".to_owned(),
        };
        Some(format!("the value has the version {version}, but {found}"))
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

fn is_zero(version: &AttributeValue) -> bool {
    version.as_n().is_some_and(Number::is_zero)
}

impl fmt::Display for CanceledAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} with the key {}", self.method, self.model, describe_key(&self.key))?;
        match &self.reason {
            None => Ok(()),
            Some(CancellationReason { code: CancellationCode::ConditionalCheckFailed, .. }) => match self.stale() {
                Some(stale) => write!(f, ": {stale}"),
                None => write!(f, ": {}", self.failed_condition()),
            },
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
