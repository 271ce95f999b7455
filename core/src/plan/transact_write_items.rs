//! [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html): up to
//! 100 writes, all or none.

use serde::{Deserialize, Serialize};

use super::{ItemCollectionMetrics, OldItemOnFailure, ReturnConsumedCapacity};
use crate::expression::{Condition, Update};
use crate::service::limits;
use crate::value::{Item, Name};

/// Makes up to 100 writes, 4 MB, to items of one or more tables: all of them, or none. Costs twice what the writes cost.
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, Path, Update};
/// use djamodb_core::plan::{TransactUpdate, TransactWriteItems};
/// use djamodb_core::value::Item;
///
/// let account = |id: &str| Item::new().with("id", id);
/// let covered = Condition::compare(Path::new("balance"), Comparator::Ge, 30);
/// let take = TransactUpdate::new("accounts", account("ada"), Update::new().add(Path::new("balance"), -30)).when(covered);
/// let give = TransactUpdate::new("accounts", account("bob"), Update::new().add(Path::new("balance"), 30));
/// let transfer = TransactWriteItems::new([take.into(), give.into()]).with_token("transfer-1");
/// assert_eq!(transfer.transact_items.len(), 2);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactWriteItems {
    /// The writes, at most one for each item.
    pub transact_items: Vec<TransactWriteItem>,
    /// What makes sending the same request again harmless: for ten minutes, a request with this token is carried out once.
    pub client_request_token: Option<String>,
    /// How much the answer tells of what the request cost.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether the answer tells the sizes of the item collections that were touched.
    pub return_item_collection_metrics: bool,
}

/// One action of a transaction that writes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum TransactWriteItem {
    /// Only looks at an item.
    ConditionCheck(ConditionCheck),
    /// Writes a whole item.
    Put(TransactPut),
    /// Deletes an item.
    Delete(TransactDelete),
    /// Changes part of an item.
    Update(TransactUpdate),
}

/// Lets a transaction pass only if an item satisfies a condition.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConditionCheck {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// What the item of this key must satisfy.
    pub condition: Condition,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
}

/// Writes one whole item in a transaction.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactPut {
    /// The table.
    pub table: Name,
    /// The item, its key included.
    pub item: Item,
    /// What the item of this key must satisfy, as it is before.
    pub condition: Option<Condition>,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
}

/// Deletes one item in a transaction.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactDelete {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// What the item must satisfy, as it is before.
    pub condition: Option<Condition>,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
}

/// Changes part of one item in a transaction; creates the item when there is none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TransactUpdate {
    /// The table.
    pub table: Name,
    /// The table's key attributes, all of them and no others.
    pub key: Item,
    /// What to change; it may not touch the key.
    pub update: Update,
    /// What the item must satisfy, as it is before.
    pub condition: Option<Condition>,
    /// What a failed condition tells.
    pub old_item_on_failure: OldItemOnFailure,
}

/// What [`TransactWriteItems`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TransactWriteItemsOutput {
    /// The sizes of the item collections that were touched, table by table, when asked for.
    pub item_collection_metrics: Vec<(Name, Vec<ItemCollectionMetrics>)>,
}

impl TransactWriteItems {
    /// The most actions that one request takes.
    pub const ITEMS_MAX: usize = limits::TRANSACTION_ITEMS_MAX;
    /// The longest token, in characters.
    pub const TOKEN_MAX: usize = limits::CLIENT_REQUEST_TOKEN_CHARACTERS_MAX;

    /// Makes these writes.
    pub fn new(transact_items: impl IntoIterator<Item = TransactWriteItem>) -> Self {
        Self {
            transact_items: transact_items.into_iter().collect(),
            client_request_token: None,
            return_consumed_capacity: ReturnConsumedCapacity::default(),
            return_item_collection_metrics: false,
        }
    }

    /// With a token of 1 to 36 characters, by which a second sending is known.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.client_request_token = Some(token.into());
        self
    }

    pub(super) fn only_table(&self) -> Option<&Name> {
        super::only(self.transact_items.iter().map(TransactWriteItem::table))
    }
}

impl TransactWriteItem {
    /// The table that it is about.
    pub const fn table(&self) -> &Name {
        match self {
            Self::ConditionCheck(check) => &check.table,
            Self::Put(put) => &put.table,
            Self::Delete(delete) => &delete.table,
            Self::Update(update) => &update.table,
        }
    }

    /// What the item must satisfy, if anything.
    pub const fn condition(&self) -> Option<&Condition> {
        match self {
            Self::ConditionCheck(check) => Some(&check.condition),
            Self::Put(put) => put.condition.as_ref(),
            Self::Delete(delete) => delete.condition.as_ref(),
            Self::Update(update) => update.condition.as_ref(),
        }
    }

    /// What a failed condition tells.
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
    /// Looks whether an item satisfies a condition.
    pub fn new(table: impl Into<Name>, key: Item, condition: Condition) -> Self {
        Self { table: table.into(), key, condition, old_item_on_failure: OldItemOnFailure::None }
    }
}

impl TransactPut {
    /// Writes an item, whatever was there.
    pub fn new(table: impl Into<Name>, item: Item) -> Self {
        Self { table: table.into(), item, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Only if the item, as it is before, satisfies this.
    #[must_use]
    pub fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

impl TransactDelete {
    /// Deletes an item, if there is one.
    pub fn new(table: impl Into<Name>, key: Item) -> Self {
        Self { table: table.into(), key, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Only if the item, as it is before, satisfies this.
    #[must_use]
    pub fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }
}

impl TransactUpdate {
    /// Changes an item.
    pub fn new(table: impl Into<Name>, key: Item, update: Update) -> Self {
        Self { table: table.into(), key, update, condition: None, old_item_on_failure: OldItemOnFailure::None }
    }

    /// Only if the item, as it is before, satisfies this.
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
