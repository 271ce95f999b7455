//! Conditions of writes of one item, and the meaning of their failures.

use super::guarded::{GuardedFailure, GuardedWrite};
use super::item::{generated_update, key_text, written_key};
use super::{CallOptions, Database, with_edit_advice};
use crate::driver::{Applied, CancellationCode, DriverError, DriverErrorKind};
use crate::error::{Error, NotUnique, StaleValue};
use crate::expression::{Condition, Update};
use crate::model::{Filter, Model};
use crate::plan::{
    ConditionCheck, DeleteItem, GetItem, OldItemOnFailure, PutItem, ReturnValues, TransactDelete, TransactPut,
    TransactUpdate, UpdateItem,
};
use crate::planner::{PlanError, StoredValues, write_condition};
use crate::value::{AttributeValue, Item, describe_key};

/// The failure of a single write, without the value that was written.
pub(crate) enum WriteFailure {
    /// The condition failed, and nothing was written. Holds the stored item if it was requested and exists.
    Condition(Option<Item>),
    NotUnique(Box<NotUnique>),
    Plan(PlanError),
    Driver(DriverError),
}

impl From<DriverError> for WriteFailure {
    fn from(error: DriverError) -> Self {
        match error.kind() {
            // Otherwise the condition may have failed on the item of an earlier attempt, whose response was lost.
            DriverErrorKind::ConditionalCheckFailed { item } if error.applied() == Applied::No => {
                Self::Condition(item.clone())
            }
            _ => Self::Driver(error),
        }
    }
}

/// The failure of a write of one item with guard items.
impl From<GuardedFailure> for WriteFailure {
    fn from(failure: GuardedFailure) -> Self {
        let error = match failure {
            GuardedFailure::Plan(error) => return Self::Plan(error),
            GuardedFailure::NotUnique(error) => return Self::NotUnique(error),
            GuardedFailure::Driver(error) => error,
        };
        match error.cancellation_reasons().first() {
            Some(Some(reason))
                if reason.code == CancellationCode::ConditionalCheckFailed && error.applied() == Applied::No =>
            {
                Self::Condition(reason.item.clone())
            }
            _ => Self::from(error),
        }
    }
}

impl WriteFailure {
    pub(super) fn into_error<M: Model>(self, operation: &'static str, value: &M, held: &Held, db: &Database) -> Error {
        let item = match self {
            Self::Driver(error) => return error.into(),
            Self::Plan(error) => return error.into(),
            Self::NotUnique(error) => return Error::NotUnique(error),
            Self::Condition(item) => item,
        };
        let (model, table, key) = (M::schema().model, db.table_name::<M>(), key_text(value));
        match &held.version {
            Some(version) if !held.knows_item() || !M::schema().has_version(item.as_ref(), version) => {
                let (held, is_known) = (version.clone(), held.knows_item());
                let stored = item.as_ref().and_then(|item| item.get(M::schema().version_name()?)).cloned();
                Error::Stale(Box::new(StaleValue { model, table, key, operation, held, stored, item, is_known }))
            }
            _ => {
                let item = item.filter(|_| held.returns_old_item);
                Error::ConditionFailed { model, table, key, operation, item }
            }
        }
    }
}

/// The part of a value and of the options of its call that decides on the meaning of a failed condition.
pub(super) struct Held {
    /// The version of the value, if its model has one.
    version: Option<AttributeValue>,
    /// `true` if the error of a failed condition has the stored item.
    returns_old_item: bool,
    /// `true` if the driver returns the stored item of a failed condition.
    can_return_old_item: bool,
}

impl Held {
    pub(super) fn of<M: Model>(
        operation: &'static str,
        value: &M,
        options: &CallOptions,
        db: &Database,
    ) -> Result<Self, Error> {
        let version = value.held_version();
        let version = version.map_err(|error| Error::invalid_value(operation, None, value, error))?;
        let can_return_old_item = db.driver().capability().write_with_old_item_on_failure;
        Ok(Self { version, returns_old_item: options.returns_old_item, can_return_old_item })
    }

    /// Returns the part of a call that checks no version.
    pub(super) fn nothing(returns_old_item: bool) -> Self {
        Self { version: None, returns_old_item, can_return_old_item: false }
    }

    /// Returns `true` unless the failure of a condition leaves open whether the item is missing or has another version.
    pub(super) fn knows_item(&self) -> bool {
        self.version.is_none() || self.can_return_old_item
    }

    /// Returns the condition that the stored item has this version.
    pub(super) fn condition<M: Model>(&self) -> Option<Condition> {
        M::schema().holds_version(Some(self.version.as_ref()?))
    }

    /// A version is compared with that of the stored item, to distinguish a stale value from a condition that does not hold.
    pub(super) fn old_item_on_failure(&self) -> OldItemOnFailure {
        let compares = self.version.is_some() && self.can_return_old_item;
        if self.returns_old_item || compares { OldItemOnFailure::AllOld } else { OldItemOnFailure::None }
    }
}

/// Returns the conjunction of those conditions that there are.
pub(super) fn all_of<const N: usize>(conditions: [Option<Condition>; N]) -> Option<Condition> {
    conditions.into_iter().flatten().reduce(Condition::and)
}

/// Returns the condition of a call.
pub(super) fn condition<M: Model>(filter: Option<Filter>) -> Result<Option<Condition>, PlanError> {
    filter.map_or(Ok(None), |filter| write_condition(M::schema(), &filter))
}

/// Puts an item of a model, with the guard items of its unique values. `stored` are those of the item that it replaces.
pub(crate) async fn put_item<M: Model>(
    operation: &'static str,
    item: Item,
    condition: Option<Condition>,
    old_item_on_failure: OldItemOnFailure,
    stored: StoredValues,
    db: &Database,
) -> Result<(), WriteFailure> {
    let table = db.table_name::<M>();
    if M::schema().unique.is_empty() {
        db.run(PutItem { condition, old_item_on_failure, ..PutItem::new(table, item) }).await?;
        return Ok(());
    }
    let key = item.pick(M::schema().table.key.names());
    let put = TransactPut { table, item, condition, old_item_on_failure };
    Ok(Box::pin(GuardedWrite::of_one::<M>(operation, key, put, stored, db).run()).await?)
}

/// Deletes an item of a model, with the guard items of its unique values, which are assumed to be those of `before`.
pub(crate) async fn delete_item<M: Model>(
    operation: &'static str,
    key: Item,
    condition: Option<Condition>,
    old_item_on_failure: OldItemOnFailure,
    before: impl FnOnce() -> Item,
    db: &Database,
) -> Result<(), WriteFailure> {
    let table = db.table_name::<M>();
    if M::schema().unique.is_empty() {
        db.run(DeleteItem { condition, old_item_on_failure, ..DeleteItem::new(table, key) }).await?;
        return Ok(());
    }
    let stored = StoredValues::Assumed(M::schema().unique_values(&before()));
    let delete = TransactDelete { table, key: key.clone(), condition, old_item_on_failure };
    Ok(Box::pin(GuardedWrite::of_one::<M>(operation, key, delete, stored, db).run()).await?)
}

/// Adds the guard items of the unique values of a stored item, which were `values` when it was read. Fails as a condition if there is no item.
pub(crate) async fn add_guards<M: Model>(key: Item, values: &Item, db: &Database) -> Result<(), WriteFailure> {
    let schema = M::schema();
    let values = schema.unique_values(values);
    if schema.unique.iter().all(|constraint| matches!(constraint.text(&values), Ok(None))) {
        return Ok(());
    }
    let check = ConditionCheck::new(db.table_name::<M>(), key.clone(), schema.item_exists());
    let stored = StoredValues::Unguarded(values);
    Ok(Box::pin(GuardedWrite::of_one::<M>("add_guards", key, check, stored, db).run()).await?)
}

/// Updates the item of a value, on the conditions that it exists, that it has the version of the value, and those of the call. Returns the
/// attributes that `return_values` requests, or more, or the key if the response has none. `before` returns the item whose unique values the
/// stored item is assumed to have.
pub(super) async fn update_item<M: Model>(
    operation: &'static str,
    value: &M,
    update: Update,
    return_values: ReturnValues,
    before: impl FnOnce() -> Item,
    options: CallOptions,
    db: &Database,
) -> Result<Item, Error> {
    let held = Held::of(operation, value, &options, db)?;
    let has_condition = options.condition.is_some();
    let exists = M::schema().item_exists();
    let request = UpdateItem {
        condition: all_of([Some(exists), held.condition::<M>(), condition::<M>(options.condition)?]),
        old_item_on_failure: held.old_item_on_failure(),
        return_values,
        ..UpdateItem::new(db.table_name::<M>(), written_key(operation, value)?, generated_update::<M>(update, db)?)
    };
    let key = request.key.clone();
    match send_update::<M>(operation, request, before, db).await {
        Ok(item) => Ok(item.unwrap_or(key)),
        Err(WriteFailure::Condition(None)) if !has_condition && held.knows_item() => {
            let query = format!("key {}", describe_key(&key));
            Err(Error::ObjectDoesNotExist { model: M::schema().model, query })
        }
        Err(failure) => Err(failure.into_error(operation, value, &held, db)),
    }
}

/// Updates an item of a model, with the guard items of the unique values that change. Returns the attributes that the request asks for, or more.
pub(super) async fn send_update<M: Model>(
    operation: &'static str,
    request: UpdateItem,
    before: impl FnOnce() -> Item,
    db: &Database,
) -> Result<Option<Item>, WriteFailure> {
    if !M::schema().changes_unique(&request.update) {
        let update = request.update.clone();
        return match db.run(request).await {
            Ok(output) => Ok(output.attributes),
            Err(error) => Err(with_edit_advice::<M>(error, &update).into()),
        };
    }
    let UpdateItem { table, key, update, condition, old_item_on_failure, return_values, .. } = request;
    let stored = StoredValues::Assumed(M::schema().unique_values(&before()));
    let action = TransactUpdate {
        table: table.clone(),
        key: key.clone(),
        update: update.clone(),
        condition,
        old_item_on_failure,
    };
    let written = Box::pin(GuardedWrite::of_one::<M>(operation, key.clone(), action, stored, db).run()).await;
    written.map_err(|failure| match failure {
        GuardedFailure::Driver(error) => GuardedFailure::Driver(with_edit_advice::<M>(error, &update)),
        failure => failure,
    })?;
    if return_values == ReturnValues::None {
        return Ok(None);
    }
    // A transaction returns no attributes.
    Ok(db.run(GetItem { consistent: true, ..GetItem::new(table, key) }).await?.item)
}
