//! Writes of the guard items that belong to the writes of items with unique values.

use std::collections::{HashMap, HashSet};

use super::PlanError;
use crate::expression::Condition;
use crate::model::{ModelSchema, UniqueConstraint, guard_item, is_free_for};
use crate::plan::{
    ConditionCheck, OldItemOnFailure, TransactDelete, TransactPut, TransactWriteItem, TransactWriteItems,
};
use crate::service::limits::TRANSACTION_ITEMS_MAX;
use crate::value::{Item, Name};

/// A write of one item, and the unique values that the stored item is assumed to have.
#[derive(Clone, Debug)]
pub(crate) struct GuardedAction {
    pub(crate) schema: &'static ModelSchema,
    pub(crate) key: Item,
    pub(crate) write: TransactWriteItem,
    pub(crate) stored: StoredValues,
}

/// The unique values of a stored item.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum StoredValues {
    /// The write changes no unique value, or requires that there is no item, so that nothing is assumed.
    Irrelevant,
    /// The item has these and no others, which is also true of no item if there are none. The write requires it.
    Assumed(Item),
    /// The same, of an item whose guard items may be missing. They are added.
    Unguarded(Item),
}

impl StoredValues {
    /// Returns the values that the stored item must have.
    pub(crate) fn assumed(&self) -> Option<&Item> {
        match self {
            Self::Irrelevant => None,
            Self::Assumed(values) | Self::Unguarded(values) => Some(values),
        }
    }

    /// Replaces the values that are assumed.
    pub(crate) fn assume(&mut self, found: Item) {
        match self {
            Self::Unguarded(values) => *values = found,
            Self::Assumed(_) | Self::Irrelevant => *self = Self::Assumed(found),
        }
    }
}

/// A write of a guard item.
#[derive(Clone, Debug)]
pub(crate) struct GuardWrite {
    /// Position of the action that needs it.
    pub(crate) action: usize,
    pub(crate) constraint: &'static UniqueConstraint,
    /// Name of the guard item's table, without a prefix.
    pub(crate) table: Name,
    pub(crate) key: Item,
    pub(crate) change: GuardChange,
}

/// The effect of a [`GuardWrite`].
#[derive(Clone, Debug)]
pub(crate) enum GuardChange {
    /// The item of the action gets the value. The guard item is missing, or owned by the item with the key `from`.
    Claim { from: Option<Item> },
    /// The item of the action no longer has the value.
    Release,
}

/// Facts about guard items that failed attempts have shown. Guard items are named by table, without a prefix, and key.
#[derive(Debug, Default)]
pub(crate) struct GuardKnowledge {
    /// Owners that do not have the value any more.
    stale: HashMap<(Name, Item), StaleOwner>,
    /// Guard items that were to be deleted and have another owner.
    foreign: HashSet<(Name, Item)>,
}

impl GuardKnowledge {
    /// Adds an owner that does not have the value any more, so that another item can claim it.
    pub(crate) fn add_stale(&mut self, guard: &GuardWrite, owner: StaleOwner) {
        self.stale.insert(guard.place(), owner);
    }

    /// Adds a guard item that has another owner, so that it stays.
    pub(crate) fn add_foreign(&mut self, guard: &GuardWrite) {
        self.foreign.insert(guard.place());
    }

    /// Forgets the stale owners, of which one has got its value again.
    pub(crate) fn forget_stale(&mut self) {
        self.stale.clear();
    }
}

/// The owner of a guard item that does not have the value.
#[derive(Clone, Debug)]
pub(crate) struct StaleOwner {
    pub(crate) schema: &'static ModelSchema,
    /// Key of the owner.
    pub(crate) key: Item,
    /// Unique values that the owner has.
    pub(crate) values: Item,
}

/// The writes of a transaction with guard items.
#[derive(Debug)]
pub(crate) struct GuardedPlan {
    /// The actions, then the guard items, then the checks of stale owners.
    pub(crate) writes: Vec<TransactWriteItem>,
    pub(crate) guards: Vec<GuardWrite>,
}

/// Returns the writes of guard items that actions need.
fn guard_writes(actions: &[GuardedAction]) -> Result<Vec<GuardWrite>, PlanError> {
    let mut writes: Vec<GuardWrite> = Vec::new();
    let mut positions: HashMap<(Name, Item), usize> = HashMap::new();
    for (position, action) in actions.iter().enumerate() {
        let schema = action.schema;
        let Some((before, after)) = action.values() else { continue };
        let guard = |constraint: &'static UniqueConstraint, text: &str, change| GuardWrite {
            action: position,
            constraint,
            table: schema.guard_table_name(),
            key: schema.guard_key(constraint, text),
            change,
        };
        let mut changes = Vec::new();
        for constraint in &schema.unique {
            // A stored value without a text has no guard item.
            let before = constraint.text(&before).ok().flatten();
            let after = constraint.text(&after).map_err(|error| PlanError::TransactionValue {
                model: schema.model,
                position: Some(position),
                key: Some(action.key.clone()),
                error,
            })?;
            if before != after {
                changes.extend(before.map(|text| guard(constraint, &text, GuardChange::Release)));
                changes.extend(after.map(|text| guard(constraint, &text, GuardChange::Claim { from: None })));
            }
        }
        for write in changes {
            match positions.get(&write.place()) {
                None => {
                    positions.insert(write.place(), writes.len());
                    writes.push(write);
                }
                Some(&earlier) => writes[earlier] = merge(&writes[earlier], write, actions)?,
            }
        }
    }
    Ok(writes)
}

/// Returns the one write of a guard item that two actions change.
fn merge(earlier: &GuardWrite, later: GuardWrite, actions: &[GuardedAction]) -> Result<GuardWrite, PlanError> {
    let owner = |write: &GuardWrite| Some(actions[write.action].key.clone());
    match (&earlier.change, &later.change) {
        (GuardChange::Claim { .. }, GuardChange::Claim { .. }) => Err(PlanError::UniqueTwice {
            model: actions[later.action].schema.model,
            attributes: later.constraint.attributes().cloned().collect(),
            keys: Box::new([actions[earlier.action].key.clone(), actions[later.action].key.clone()]),
        }),
        (GuardChange::Release, GuardChange::Claim { .. }) => {
            Ok(GuardWrite { change: GuardChange::Claim { from: owner(earlier) }, ..later })
        }
        (GuardChange::Claim { .. }, GuardChange::Release) => {
            Ok(GuardWrite { change: GuardChange::Claim { from: owner(&later) }, ..earlier.clone() })
        }
        (GuardChange::Release, GuardChange::Release) => Ok(earlier.clone()),
    }
}

impl GuardedPlan {
    /// Plans the writes of `actions`, which have conditions of their own already, and of their guard items. `table_name` returns the name of a table in the database.
    pub(crate) fn new(
        actions: &[GuardedAction],
        knowledge: &GuardKnowledge,
        table_name: impl Fn(&Name) -> Name,
    ) -> Result<Self, PlanError> {
        let mut guards = guard_writes(actions)?;
        guards.retain(|guard| {
            !(matches!(guard.change, GuardChange::Release) && knowledge.foreign.contains(&guard.place()))
        });
        let mut writes: Vec<TransactWriteItem> = actions.iter().map(GuardedAction::write_item).collect();
        let mut checks = Vec::new();
        for guard in &guards {
            let stale = knowledge.stale.get(&guard.place());
            writes.push(guard.write_item(&actions[guard.action].key, stale, table_name(&guard.table)));
            // An owner that is written in the same transaction is compared there.
            let is_written = |owner: &StaleOwner| {
                actions
                    .iter()
                    .any(|action| action.schema.table.name == owner.schema.table.name && action.key == owner.key)
            };
            if let Some(owner) = stale.filter(|owner| !is_written(owner)) {
                checks.extend(owner.check(&table_name));
            }
        }
        writes.append(&mut checks);
        if writes.len() > TRANSACTION_ITEMS_MAX {
            return Err(PlanError::TransactionTooManyItems { count: writes.len() });
        }
        Ok(Self { writes, guards })
    }

    /// Returns the request.
    pub(crate) fn request(&self, token: Option<&str>) -> TransactWriteItems {
        let write = TransactWriteItems::new(self.writes.iter().cloned());
        match token {
            None => write,
            Some(token) => write.with_token(token),
        }
    }
}

impl GuardedAction {
    /// Returns the unique values of the item before and after the write, or `None` if it changes none.
    fn values(&self) -> Option<(Item, Item)> {
        if self.schema.unique.is_empty() {
            return None;
        }
        let before = match &self.stored {
            StoredValues::Assumed(values) => values.clone(),
            StoredValues::Unguarded(values) => return Some((Item::new(), values.clone())),
            StoredValues::Irrelevant => Item::new(),
        };
        let after = match &self.write {
            TransactWriteItem::Put(put) => self.schema.unique_values(&put.item),
            TransactWriteItem::Update(update) if self.schema.changes_unique(&update.update) => {
                self.schema.unique_values_after(&before, &update.update)
            }
            TransactWriteItem::Delete(_) => Item::new(),
            TransactWriteItem::Update(_) | TransactWriteItem::ConditionCheck(_) => return None,
        };
        Some((before, after))
    }

    /// Returns the unique values of the item after the write.
    pub(crate) fn values_after(&self) -> Item {
        self.values().map(|(_, after)| after).unwrap_or_default()
    }

    /// Returns the write on the condition that the stored item has the unique values that are assumed.
    fn write_item(&self) -> TransactWriteItem {
        let mut write = self.write.clone();
        if let Some(condition) = self.stored.assumed().and_then(|values| self.schema.has_unique_values(values)) {
            write.require(condition);
            write.return_old_item();
        }
        write
    }
}

impl GuardWrite {
    fn place(&self) -> (Name, Item) {
        (self.table.clone(), self.key.clone())
    }

    fn write_item(&self, owner: &Item, stale: Option<&StaleOwner>, table: Name) -> TransactWriteItem {
        let stale = stale.map(|stale| &stale.key);
        let (from, is_claim) = match &self.change {
            GuardChange::Claim { from } => (from.as_ref(), true),
            GuardChange::Release => (None, false),
        };
        let condition = Some(is_free_for(&self.key, [owner].into_iter().chain(from).chain(stale)));
        let old_item_on_failure = OldItemOnFailure::AllOld;
        if is_claim {
            TransactPut { table, item: guard_item(&self.key, owner), condition, old_item_on_failure }.into()
        } else {
            TransactDelete { table, key: self.key.clone(), condition, old_item_on_failure }.into()
        }
    }
}

impl StaleOwner {
    /// Returns the check that the owner of a guard item still does not have the value.
    fn check(&self, table_name: impl Fn(&Name) -> Name) -> Option<TransactWriteItem> {
        let condition: Condition = self.schema.has_unique_values(&self.values)?;
        Some(ConditionCheck::new(table_name(&self.schema.table.name), self.key.clone(), condition).into())
    }
}

impl PlanError {
    /// Returns the error of a method that cannot keep attributes unique, because it sends many writes together.
    pub(crate) fn unique_in_many(schema: &ModelSchema, method: &'static str, instead: &'static str) -> Self {
        let mut attributes: Vec<Name> = schema.unique.iter().flat_map(UniqueConstraint::attributes).cloned().collect();
        attributes.sort_unstable();
        attributes.dedup();
        Self::UniqueInMany { model: schema.model, method, attributes, instead }
    }
}
