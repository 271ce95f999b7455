//! Planning of transactions over models.

use std::collections::HashMap;

use super::{PlanError, write_condition};
use crate::expression::{Condition, Update};
use crate::model::{Filter, ModelSchema};
use crate::plan::{
    ConditionCheck, OldItemOnFailure, TransactDelete, TransactGet, TransactGetItems, TransactPut, TransactUpdate,
    TransactWriteItem, TransactWriteItems,
};
use crate::service::limits::{CLIENT_REQUEST_TOKEN_CHARACTERS_MAX, TRANSACTION_BYTES_MAX, TRANSACTION_ITEMS_MAX};
use crate::value::size::item_bytes;
use crate::value::{AttributeValue, Item, Name};

/// One action of a transaction on an item of a model.
#[derive(Clone, Debug)]
pub(crate) struct TransactionAction {
    pub(crate) schema: &'static ModelSchema,
    pub(crate) key: Item,
    pub(crate) kind: ActionKind,
    pub(crate) condition: Option<Filter>,
    /// The version of the value that the action was given, which the stored item must have. `None` for a new item, for a key, and for a
    /// model without a version.
    pub(crate) held_version: Option<AttributeValue>,
    pub(crate) returns_old_item: bool,
}

/// The effect of a [`TransactionAction`].
#[derive(Clone, Debug)]
pub(crate) enum ActionKind {
    /// Stores the item.
    Save(Item),
    /// Stores the item if there is none with its key.
    Create(Item),
    /// Changes the item, which must exist.
    Update(Update),
    Delete,
    /// Only checks the condition.
    Check,
}

impl ActionKind {
    /// Returns the name of the method that requests this action.
    pub(crate) fn method(&self) -> &'static str {
        match self {
            Self::Save(_) => "save",
            Self::Create(_) => "create",
            Self::Update(_) => "update",
            Self::Delete => "delete",
            Self::Check => "check",
        }
    }
}

/// Returns the request that carries out the actions, in their order. `table_name` returns the name of a model's table in the database.
pub(crate) fn transact_write(
    actions: &[TransactionAction],
    token: Option<&str>,
    can_return_old_items: bool,
    table_name: impl Fn(&Name) -> Name,
) -> Result<TransactWriteItems, PlanError> {
    check_items(actions.iter().map(|action| (action.schema, &action.key)))?;
    let stored = actions.iter().map(|action| match &action.kind {
        ActionKind::Save(item) | ActionKind::Create(item) => item_bytes(item),
        ActionKind::Update(_) | ActionKind::Delete | ActionKind::Check => 0,
    });
    let bytes = stored.sum();
    if bytes > TRANSACTION_BYTES_MAX {
        return Err(PlanError::TransactionTooLarge { bytes });
    }
    if let Some(token) = token
        && !(1..=CLIENT_REQUEST_TOKEN_CHARACTERS_MAX).contains(&token.chars().count())
    {
        return Err(PlanError::ClientRequestToken { characters: token.chars().count() });
    }
    let items =
        actions.iter().map(|action| action.write_item(table_name(&action.schema.table.name), can_return_old_items));
    let write = TransactWriteItems::new(items.collect::<Result<Vec<_>, _>>()?);
    Ok(match token {
        None => write,
        Some(token) => write.with_token(token),
    })
}

/// Returns the request that reads the items with these keys.
pub(crate) fn transact_get(
    keys: &[(&'static ModelSchema, Item)],
    table_name: impl Fn(&Name) -> Name,
) -> Result<TransactGetItems, PlanError> {
    check_items(keys.iter().map(|(schema, key)| (*schema, key)))?;
    Ok(TransactGetItems::new(
        keys.iter().map(|(schema, key)| TransactGet::new(table_name(&schema.table.name), key.clone())),
    ))
}

/// Refuses more items than a transaction takes, and two actions on one item.
fn check_items<'a>(items: impl ExactSizeIterator<Item = (&'static ModelSchema, &'a Item)>) -> Result<(), PlanError> {
    let count = items.len();
    if count > TRANSACTION_ITEMS_MAX {
        return Err(PlanError::TransactionTooManyItems { count });
    }
    let mut models = HashMap::with_capacity(count);
    for (schema, key) in items {
        // Models that share a table share its items.
        if let Some(other) = models.insert((&schema.table.name, key), schema.model) {
            return Err(PlanError::TransactionItemTwice { model: schema.model, other, key: key.clone() });
        }
    }
    Ok(())
}

impl TransactionAction {
    /// Returns `true` if the action requests the stored item. The error compares its version with that of the value.
    pub(crate) fn requests_old_item(&self, can_return_old_items: bool) -> bool {
        self.returns_old_item || (self.held_version.is_some() && can_return_old_items)
    }

    /// Returns `true` if the guard items that the action writes depend on the unique values of the stored item.
    pub(crate) fn needs_unique_values(&self) -> bool {
        match &self.kind {
            ActionKind::Save(_) | ActionKind::Delete => !self.schema.unique.is_empty(),
            ActionKind::Update(update) => self.schema.changes_unique(update),
            ActionKind::Create(_) | ActionKind::Check => false,
        }
    }

    fn write_item(&self, table: Name, can_return_old_items: bool) -> Result<TransactWriteItem, PlanError> {
        let requested = match &self.condition {
            None => None,
            Some(filter) => write_condition(self.schema, filter)?,
        };
        let condition = match &self.kind {
            ActionKind::Create(_) => Some(self.schema.no_item_exists()),
            ActionKind::Update(_) => Some(self.schema.item_exists()),
            ActionKind::Save(_) | ActionKind::Delete | ActionKind::Check => None,
        };
        let version = self.held_version.as_ref().and_then(|held| self.schema.holds_version(Some(held)));
        let condition = [condition, version, requested].into_iter().flatten().reduce(Condition::and);
        let old_item_on_failure = if self.requests_old_item(can_return_old_items) {
            OldItemOnFailure::AllOld
        } else {
            OldItemOnFailure::None
        };
        let key = self.key.clone();
        Ok(match &self.kind {
            ActionKind::Save(item) | ActionKind::Create(item) => {
                TransactPut { table, item: item.clone(), condition, old_item_on_failure }.into()
            }
            ActionKind::Update(update) => {
                TransactUpdate { table, key, update: update.clone(), condition, old_item_on_failure }.into()
            }
            ActionKind::Delete => TransactDelete { table, key, condition, old_item_on_failure }.into(),
            ActionKind::Check => {
                // A check needs a condition, and this one holds for every item and for none.
                let always = || Condition::Or(vec![self.schema.item_exists(), self.schema.no_item_exists()]);
                let condition = condition.unwrap_or_else(always);
                ConditionCheck { table, key, condition, old_item_on_failure }.into()
            }
        })
    }
}
