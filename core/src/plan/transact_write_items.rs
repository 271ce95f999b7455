//! The [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)
//! operation: makes up to 100 writes in one transaction.

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity};
use crate::expression::{Condition, Update};
use crate::service::limits;
use crate::value::{Item, Name};

/// A request that makes up to 100 writes, 4 MB in total, to items of one or more tables in one transaction: either all of them
/// or none.
///
/// It consumes twice the units of the table for the same writes outside a transaction, and the same units of the indexes. A
/// condition check consumes as much as a write of the checked item.
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, Path, Update};
/// use djamodb_core::plan::{TransactUpdate, TransactWriteItems};
/// use djamodb_core::value::Item;
///
/// let account = |id: &str| Item::new().with("id", id);
/// let covered = Condition::compare(Path::new("balance"), Comparator::Ge, 30);
/// let debit = TransactUpdate::new("accounts", account("ada"), Update::new().add(Path::new("balance"), -30)).when(covered);
/// let credit = TransactUpdate::new("accounts", account("bob"), Update::new().add(Path::new("balance"), 30));
/// let transfer = TransactWriteItems::new([debit.into(), credit.into()]).with_token("transfer-1");
/// assert_eq!(transfer.transact_items.len(), 2);
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactWriteItems {
    /// Actions, at most one for each item.
    pub transact_items: Vec<TransactWriteItem>,
    /// Idempotency token of 1 to 36 characters. The service executes requests with the same token once within ten minutes. Each
    /// further request consumes two read units per 4 KB of the larger of each item before and after the transaction. Without a token,
    /// the driver or layer that repeats failed requests generates one.
    pub client_request_token: Option<String>,
    /// Detail of the consumed capacity that the response reports.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// `true` if the response reports the sizes of the item collections that the writes change.
    pub return_item_collection_metrics: bool,
}

/// One action of a [`TransactWriteItems`] transaction.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum TransactWriteItem {
    /// Checks a condition on an item without writing it.
    ConditionCheck(ConditionCheck),
    /// Stores a whole item.
    Put(TransactPut),
    /// Deletes an item.
    Delete(TransactDelete),
    /// Updates an item.
    Update(TransactUpdate),
}

/// A condition on an item that the transaction does not write.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConditionCheck {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Condition that the stored item must satisfy. If no item is stored, every attribute counts as missing.
    pub condition: Condition,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
}

/// A put of one whole item in a transaction.
///
/// For an item of a model, [`ModelSchema::check_item`](crate::model::ModelSchema::check_item) names the attribute that DynamoDB would
/// refuse.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactPut {
    /// The table.
    pub table: Name,
    /// Whole item, including its key.
    pub item: Item,
    /// Condition that the stored item must satisfy; `None` for an unconditional write. If no item is stored, every attribute
    /// counts as missing.
    pub condition: Option<Condition>,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
}

/// A delete of one item in a transaction.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactDelete {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Condition that the stored item must satisfy; `None` for an unconditional write. If no item is stored, every attribute
    /// counts as missing.
    pub condition: Option<Condition>,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
}

/// An update of one item in a transaction. It creates the item if there is none.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactUpdate {
    /// The table.
    pub table: Name,
    /// Key of the item: all key attributes of the table and no others.
    pub key: Item,
    /// Changes to the item. Key attributes cannot be changed.
    pub update: Update,
    /// Condition that the stored item must satisfy; `None` for an unconditional write. If no item is stored, every attribute
    /// counts as missing.
    pub condition: Option<Condition>,
    /// Content of the error if the condition fails.
    pub old_item_on_failure: OldItemOnFailure,
}

/// The output of [`TransactWriteItems`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactWriteItemsOutput {
    /// Sizes of the changed item collections by table, if requested.
    pub item_collection_metrics: Vec<(Name, Vec<ItemCollectionMetrics>)>,
}

impl TransactWriteItems {
    /// Maximum number of actions in one request.
    pub const ITEMS_MAX: usize = limits::TRANSACTION_ITEMS_MAX;
    /// Maximum length of a client request token, in characters.
    pub const TOKEN_MAX: usize = limits::CLIENT_REQUEST_TOKEN_CHARACTERS_MAX;

    /// Creates a request without a client request token that makes these writes.
    pub fn new(transact_items: impl IntoIterator<Item = TransactWriteItem>) -> Self {
        Self {
            transact_items: transact_items.into_iter().collect(),
            client_request_token: None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }

    /// Sets the client request token, 1 to 36 characters, by which the service recognises a repeated request.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.client_request_token = Some(token.into());
        self
    }

    pub(super) fn single_table(&self) -> Option<&Name> {
        super::single(self.transact_items.iter().map(TransactWriteItem::table))
    }
}

impl TransactWriteItem {
    /// Returns the table of the item.
    pub const fn table(&self) -> &Name {
        match self {
            Self::ConditionCheck(check) => &check.table,
            Self::Put(put) => &put.table,
            Self::Delete(delete) => &delete.table,
            Self::Update(update) => &update.table,
        }
    }

    /// Returns the condition on the item, if there is one.
    pub const fn condition(&self) -> Option<&Condition> {
        match self {
            Self::ConditionCheck(check) => Some(&check.condition),
            Self::Put(put) => put.condition.as_ref(),
            Self::Delete(delete) => delete.condition.as_ref(),
            Self::Update(update) => update.condition.as_ref(),
        }
    }

    /// Makes the action depend on a further condition.
    pub(crate) fn require(&mut self, condition: Condition) {
        let own = match self {
            Self::ConditionCheck(check) => {
                check.condition = check.condition.clone().and(condition);
                return;
            }
            Self::Put(put) => &mut put.condition,
            Self::Delete(delete) => &mut delete.condition,
            Self::Update(update) => &mut update.condition,
        };
        *own = Some(match own.take() {
            Some(own) => own.and(condition),
            None => condition,
        });
    }

    /// Requests the stored item in the error if the condition fails.
    pub(crate) fn return_old_item(&mut self) {
        let old_item_on_failure = match self {
            Self::ConditionCheck(check) => &mut check.old_item_on_failure,
            Self::Put(put) => &mut put.old_item_on_failure,
            Self::Delete(delete) => &mut delete.old_item_on_failure,
            Self::Update(update) => &mut update.old_item_on_failure,
        };
        *old_item_on_failure = OldItemOnFailure::AllOld;
    }

    /// Returns the content of the error if the condition fails.
    pub const fn old_item_on_failure(&self) -> OldItemOnFailure {
        match self {
            Self::ConditionCheck(check) => check.old_item_on_failure,
            Self::Put(put) => put.old_item_on_failure,
            Self::Delete(delete) => delete.old_item_on_failure,
            Self::Update(update) => update.old_item_on_failure,
        }
    }
}

impl ConditionCheck {
    /// Creates a check of `condition` on the item stored at `key`.
    pub fn new(table: impl Into<Name>, key: Item, condition: Condition) -> Self {
        Self { table: table.into(), key, condition, old_item_on_failure: OldItemOnFailure::None }
    }
}

impl TransactPut {
    /// Creates an unconditional put of `item`.
    pub fn new(table: impl Into<Name>, item: Item) -> Self {
        Self { table: table.into(), item, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Makes the action depend on a condition that the stored item must satisfy.
    #[must_use]
    pub fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

impl TransactDelete {
    /// Creates an unconditional delete of the item stored at `key`.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self { table: table.into(), key, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Makes the action depend on a condition that the stored item must satisfy.
    #[must_use]
    pub fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

impl TransactUpdate {
    /// Creates an unconditional update of the item stored at `key`.
    pub fn new(table: impl Into<Name>, key: Item, update: Update) -> Self {
        Self { table: table.into(), key, update, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Makes the action depend on a condition that the stored item must satisfy.
    #[must_use]
    pub fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

impl From<ConditionCheck> for TransactWriteItem {
    fn from(check: ConditionCheck) -> Self {
        Self::ConditionCheck(check)
    }
}

impl From<TransactPut> for TransactWriteItem {
    fn from(put: TransactPut) -> Self {
        Self::Put(put)
    }
}

impl From<TransactDelete> for TransactWriteItem {
    fn from(delete: TransactDelete) -> Self {
        Self::Delete(delete)
    }
}

impl From<TransactUpdate> for TransactWriteItem {
    fn from(update: TransactUpdate) -> Self {
        Self::Update(update)
    }
}
