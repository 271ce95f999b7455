//! The request of a transaction, with the guard items of unique values, and its error.

use futures_util::{StreamExt, TryStreamExt, stream};

use super::super::guarded::{GuardedFailure, GuardedWrite, TransactionOptions};
use super::{Database, Transaction};
use crate::driver::{CancellationReason, DriverError};
use crate::error::{CanceledAction, Error, HeldVersion, TransactionCanceled};
use crate::plan::{GetItem, TransactWriteItem, TransactWriteItems};
use crate::planner::{GuardedAction, StoredValues, TransactionAction};

impl Transaction<'_> {
    /// Sends the request, with the guard items of unique values.
    pub(super) async fn send(&mut self, write: TransactWriteItems, db: &Database) -> Result<(), Error> {
        if self.actions.iter().all(|action| action.schema.unique.is_empty()) {
            return match db.run(write).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    let reasons = error.cancellation_reasons().to_vec();
                    Err(canceled(error, &reasons, self.canceled_actions(db)))
                }
            };
        }
        let actions = self.guarded_actions(write.transact_items, db).await?;
        let options = TransactionOptions { token: self.token.as_deref() };
        let mut guarded = GuardedWrite::of_transaction(actions, options, db);
        let result = guarded.run().await;
        let stored = guarded.actions.iter().enumerate();
        let stored = stored.filter_map(|(position, action)| Some((position, action.stored.assumed()?.clone())));
        self.stored = stored.collect();
        result.map_err(|failure| match failure {
            GuardedFailure::Plan(error) => error.into(),
            GuardedFailure::NotUnique(error) => Error::NotUnique(error),
            GuardedFailure::Driver(error) => {
                let reasons = guarded.reasons_of_actions(&error);
                canceled(error, &reasons, self.canceled_actions(db))
            }
        })
    }

    /// Returns the actions without reasons.
    fn canceled_actions(&self, db: &Database) -> Vec<CanceledAction> {
        self.actions.iter().map(|action| canceled_action(action, db)).collect()
    }

    /// Returns the actions with the unique values of their items, which are read strongly consistently where they are needed.
    async fn guarded_actions(
        &self,
        writes: Vec<TransactWriteItem>,
        db: &Database,
    ) -> Result<Vec<GuardedAction>, DriverError> {
        let guarded = |(position, (action, write)): (usize, (&TransactionAction, TransactWriteItem))| {
            let known = self.stored.get(&position).cloned();
            let (schema, key) = (action.schema, action.key.clone());
            let is_needed = action.needs_unique_values();
            async move {
                let stored = match known {
                    Some(values) => StoredValues::Assumed(values),
                    None if is_needed => {
                        let table = db.defaults().table_name(&schema.table.name);
                        let get = GetItem { consistent: true, ..GetItem::new(table, key.clone()) };
                        let item = db.run(get).await?.item.unwrap_or_default();
                        StoredValues::Assumed(schema.unique_values(&item))
                    }
                    None => StoredValues::Irrelevant,
                };
                Ok(GuardedAction { schema, key, write, stored })
            }
        };
        let actions = self.actions.iter().zip(writes).enumerate().map(guarded);
        stream::iter(actions.collect::<Vec<_>>()).buffered(db.write_concurrency()).try_collect().await
    }
}

/// Returns the error of a transaction's request. `reasons` are those of the `actions`, which have none yet.
pub(super) fn canceled(
    error: DriverError,
    reasons: &[Option<CancellationReason>],
    mut actions: Vec<CanceledAction>,
) -> Error {
    if error.cancellation_reasons().is_empty() {
        return error.into();
    }
    for (action, reason) in actions.iter_mut().zip(reasons) {
        action.reason.clone_from(reason);
    }
    Error::TransactionCanceled(Box::new(TransactionCanceled { actions, error }))
}

fn canceled_action(action: &TransactionAction, db: &Database) -> CanceledAction {
    CanceledAction {
        model: action.schema.model,
        method: action.kind.method(),
        table: db.defaults().table_name(&action.schema.table.name),
        key: action.key.clone(),
        has_condition: action.condition.is_some(),
        held_version: held_version(action),
        returns_old_item: action.requests_old_item(db.driver().capability().write_with_old_item_on_failure),
        reason: None,
    }
}

fn held_version(action: &TransactionAction) -> Option<HeldVersion> {
    let attribute = action.schema.version_name()?.clone();
    action.held_version.clone().map(|version| HeldVersion { attribute, version })
}
