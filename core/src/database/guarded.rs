//! Writes of items with unique values, in transactions with their guard items.

use super::Database;
use crate::driver::{Applied, CancellationCode, CancellationReason, DriverError, DriverErrorKind};
use crate::error::NotUnique;
use crate::model::{Model, guard_owner};
use crate::plan::{DeleteItem, GetItem, OldItemOnFailure, PutItem, TransactWriteItem, UpdateItem};
use crate::planner::{
    GuardChange, GuardKnowledge, GuardWrite, GuardedAction, GuardedPlan, PlanError, StaleOwner, StoredValues,
};
use crate::value::{Item, Name};

/// Number of attempts after which a call gives up on an item that others change between its requests.
const ATTEMPTS_MAX: usize = 8;

/// The failure of a write with guard items.
pub(super) enum GuardedFailure {
    Plan(PlanError),
    NotUnique(Box<NotUnique>),
    Driver(DriverError),
}

impl From<PlanError> for GuardedFailure {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}

impl From<DriverError> for GuardedFailure {
    fn from(error: DriverError) -> Self {
        Self::Driver(error)
    }
}

/// Writes of items that are made together with those of their guard items.
///
/// The unique values of a stored item are assumed first, and are a condition of its write. A failed condition brings the stored item, with which
/// the write is planned again.
pub(super) struct GuardedWrite<'a> {
    pub(super) actions: Vec<GuardedAction>,
    pub(super) operation: &'static str,
    pub(super) db: &'a Database,
    /// The transaction of the caller. `None` for a single write, which is no transaction if it changes no guard item.
    pub(super) transaction: Option<TransactionOptions<'a>>,
    knowledge: GuardKnowledge,
    /// The actions of the guard items of the last attempt.
    guard_actions: Vec<usize>,
}

/// The options of a transaction of several actions.
#[derive(Clone, Copy)]
pub(super) struct TransactionOptions<'a> {
    pub(super) token: Option<&'a str>,
}

impl<'a> GuardedWrite<'a> {
    /// Creates the write of one item of a model.
    pub(super) fn of_one<M: Model>(
        operation: &'static str,
        key: Item,
        write: impl Into<TransactWriteItem>,
        stored: StoredValues,
        db: &'a Database,
    ) -> Self {
        let action = GuardedAction { schema: M::schema(), key, write: write.into(), stored };
        Self {
            actions: vec![action],
            operation,
            db,
            transaction: None,
            knowledge: GuardKnowledge::default(),
            guard_actions: Vec::new(),
        }
    }

    /// Creates a transaction.
    pub(super) fn of_transaction(
        actions: Vec<GuardedAction>,
        options: TransactionOptions<'a>,
        db: &'a Database,
    ) -> Self {
        Self {
            actions,
            operation: "transaction",
            db,
            transaction: Some(options),
            knowledge: GuardKnowledge::default(),
            guard_actions: Vec::new(),
        }
    }

    /// Makes the writes.
    pub(super) async fn run(&mut self) -> Result<(), GuardedFailure> {
        let mut attempts = 0;
        loop {
            let plan = GuardedPlan::new(&self.actions, &self.knowledge, |table| self.db.defaults().table_name(table))?;
            self.guard_actions = plan.guards.iter().map(|guard| guard.action).collect();
            let Err(error) = self.send(&plan).await else { return Ok(()) };
            attempts += 1;
            if attempts == ATTEMPTS_MAX || error.applied() != Applied::No || !self.learn(&plan, &error).await? {
                return Err(error.into());
            }
        }
    }

    /// Returns the reasons of a cancelled transaction by the actions, to which those of their guard items belong.
    pub(super) fn reasons_of_actions(&self, error: &DriverError) -> Vec<Option<CancellationReason>> {
        let mut reasons = error.cancellation_reasons().to_vec();
        for (offset, action) in self.guard_actions.iter().enumerate() {
            if let Some(Some(reason)) = reasons.get(self.actions.len() + offset).cloned() {
                reasons[*action].get_or_insert(reason);
            }
        }
        reasons.truncate(self.actions.len());
        reasons
    }

    async fn send(&self, plan: &GuardedPlan) -> Result<(), DriverError> {
        match (&self.transaction, &plan.writes[..]) {
            (None, [write]) => send_alone(write, self.db).await,
            (None, _) => self.db.run(plan.request(None)).await.map(drop),
            (Some(options), _) => self.db.run(plan.request(options.token)).await.map(drop),
        }
    }

    /// Learns from a failure. Returns `false` if the same writes would fail again.
    async fn learn(&mut self, plan: &GuardedPlan, error: &DriverError) -> Result<bool, GuardedFailure> {
        let (mut has_learned, mut has_failed) = (false, false);
        for position in 0..self.actions.len() {
            let Some(item) = failed_condition(error, position) else { continue };
            has_failed = true;
            let action = &self.actions[position];
            let Some(assumed) = action.stored.assumed() else { continue };
            let item = match item {
                None if self.transaction.is_none() && !self.db.driver().capability().write_with_old_item_on_failure => {
                    self.read(&action.schema.table.name, &action.key).await?
                }
                item => item.cloned(),
            };
            let values = action.schema.unique_values(&item.unwrap_or_default());
            if values != *assumed {
                self.actions[position].stored.assume(values);
                has_learned = true;
            }
        }
        if has_learned || has_failed {
            return Ok(has_learned);
        }
        for (offset, guard) in plan.guards.iter().enumerate() {
            let Some(item) = failed_condition(error, self.actions.len() + offset) else { continue };
            match guard.change {
                GuardChange::Claim { .. } => self.learn_owner(guard, item).await?,
                GuardChange::Release => self.knowledge.add_foreign(guard),
            }
            has_learned = true;
        }
        for position in self.actions.len() + plan.guards.len()..plan.writes.len() {
            if failed_condition(error, position).is_some() {
                self.knowledge.forget_stale();
                has_learned = true;
            }
        }
        Ok(has_learned)
    }

    /// Learns that the owner of a guard item no longer has the value, as after it expired or was deleted by another program.
    ///
    /// # Errors
    ///
    /// Returns [`NotUnique`] if the owner has the value.
    async fn learn_owner(&mut self, guard: &GuardWrite, item: Option<&Item>) -> Result<(), GuardedFailure> {
        // The guard item was deleted since.
        let Some(item) = item else { return Ok(()) };
        let action = &self.actions[guard.action];
        let (schema, owner) = (action.schema, guard_owner(item));
        if let Some(owner) = &owner {
            let stored = self.read(&schema.table.name, owner).await?;
            let values = schema.unique_values(&stored.unwrap_or_default());
            let text = guard.constraint.text(&values).ok().flatten();
            if text.is_none_or(|text| schema.guard_key(guard.constraint, &text) != guard.key) {
                let stale = StaleOwner { schema, key: owner.clone(), values: values.clone() };
                let is_owner = |action: &&mut GuardedAction| {
                    action.schema.table.name == schema.table.name
                        && action.key == *owner
                        && action.stored == StoredValues::Irrelevant
                };
                if let Some(action) = self.actions.iter_mut().find(is_owner) {
                    action.stored.assume(values);
                }
                self.knowledge.add_stale(guard, stale);
                return Ok(());
            }
        }
        let attributes: Vec<Name> = guard.constraint.attributes().cloned().collect();
        Err(GuardedFailure::NotUnique(Box::new(NotUnique {
            model: schema.model,
            operation: self.operation,
            position: self.transaction.map(|_| guard.action),
            key: action.key.clone(),
            values: action.values_after().pick(&attributes),
            attributes,
            owner,
        })))
    }

    /// Reads an item strongly consistently.
    async fn read(&self, table: &Name, key: &Item) -> Result<Option<Item>, DriverError> {
        let get = GetItem { consistent: true, ..GetItem::new(self.db.defaults().table_name(table), key.clone()) };
        Ok(self.db.run(get).await?.item)
    }
}

/// Returns the stored item of an action whose condition failed, `Some(None)` if there is none or it was not returned, and `None` if the condition
/// did not fail.
#[allow(clippy::option_option, reason = "a condition can fail without an item")]
fn failed_condition(error: &DriverError, position: usize) -> Option<Option<&Item>> {
    match error.kind() {
        DriverErrorKind::ConditionalCheckFailed { item } if position == 0 => Some(item.as_ref()),
        _ => match error.cancellation_reasons().get(position)? {
            Some(reason) if reason.code == CancellationCode::ConditionalCheckFailed => Some(reason.item.as_ref()),
            _ => None,
        },
    }
}

/// Returns the content of the error of a write, as far as the driver can return it.
fn old_item_on_failure(write: &TransactWriteItem, db: &Database) -> OldItemOnFailure {
    if db.driver().capability().write_with_old_item_on_failure {
        write.old_item_on_failure()
    } else {
        OldItemOnFailure::None
    }
}

/// Makes one write without a transaction.
async fn send_alone(write: &TransactWriteItem, db: &Database) -> Result<(), DriverError> {
    let old_item_on_failure = old_item_on_failure(write, db);
    match write.clone() {
        TransactWriteItem::Put(put) => {
            let condition = put.condition;
            db.run(PutItem { condition, old_item_on_failure, ..PutItem::new(put.table, put.item) }).await.map(drop)
        }
        TransactWriteItem::Delete(delete) => {
            let condition = delete.condition;
            let request = DeleteItem { condition, old_item_on_failure, ..DeleteItem::new(delete.table, delete.key) };
            db.run(request).await.map(drop)
        }
        TransactWriteItem::Update(update) => {
            let condition = update.condition;
            let request = UpdateItem::new(update.table, update.key, update.update);
            db.run(UpdateItem { condition, old_item_on_failure, ..request }).await.map(drop)
        }
        check @ TransactWriteItem::ConditionCheck(_) => {
            db.run(crate::plan::TransactWriteItems::new([check])).await.map(drop)
        }
    }
}
