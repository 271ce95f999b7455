//! Reading or updating an item, or creating it, so that concurrent calls agree.

use super::Database;
use super::item::{encode, generated_update, key_text, set_generated, written_key};
use super::signals::{SignalContext, post_save, pre_save};
use super::single_write::{Held, WriteFailure, put_item, send_update};
use super::validation::validate_edits;
use crate::driver::{Applied, DriverError};
use crate::error::Error;
use crate::expression::Update;
use crate::model::{Model, WriteKind};
use crate::plan::{GetItem, OldItemOnFailure, ReturnValues, UpdateItem};
use crate::planner::StoredValues;
use crate::value::Item;

/// Number of attempts after which a call gives up on an item that others create and delete between its requests.
const ATTEMPTS_MAX: usize = 8;

/// Returns the item with the key of the value, or creates it. The flag is `true` if it was created.
pub(super) async fn get_or_create<M: Model>(mut value: M, db: &Database) -> Result<(M, bool), Error> {
    let mut creation = Creation::new("get_or_create", &value, db)?;
    for _ in 0..ATTEMPTS_MAX {
        if let Some(found) = read::<M>(db, &creation.key).await? {
            return Ok((db.decode_owned(found)?, false));
        }
        if creation.create(&mut value).await? {
            return Ok((value, true));
        }
    }
    Err(contended(&value, "get_or_create", db))
}

/// Updates and returns the item with the key of the value, or creates it. The flag is `true` if it was created.
pub(super) async fn update_or_create<M: Model>(
    mut value: M,
    update: Update,
    db: &Database,
) -> Result<(M, bool), Error> {
    let mut creation = Creation::new("update_or_create", &value, db)?;
    validate_edits::<M>("update_or_create", &update, || Some(creation.key.clone()))?;
    let update = generated_update::<M>(update, db)?;
    for _ in 0..ATTEMPTS_MAX {
        let request = UpdateItem {
            condition: Some(M::schema().item_exists()),
            return_values: ReturnValues::AllNew,
            ..UpdateItem::new(db.table_name::<M>(), creation.key.clone(), update.clone())
        };
        match send_update::<M>("update_or_create", request, || value.to_item().unwrap_or_default(), db).await {
            Ok(attributes) => {
                return Ok((db.decode_owned(attributes.unwrap_or(creation.key))?, false));
            }
            // After a lost response the item may have been updated before it was deleted, and must not be updated again.
            Err(WriteFailure::Condition(_)) => {}
            Err(failure) => return Err(failure.into_error("update_or_create", &value, &Held::nothing(false), db)),
        }
        if creation.create(&mut value).await? {
            return Ok((value, true));
        }
    }
    Err(contended(&value, "update_or_create", db))
}

/// The creation of an item, between the signals of this.
struct Creation<'a> {
    operation: &'static str,
    db: &'a Database,
    key: Item,
    /// The item that is written. `None` until `pre_save` was sent, whose receivers can change the value.
    item: Option<Item>,
}

impl<'a> Creation<'a> {
    fn new<M: Model>(operation: &'static str, value: &M, db: &'a Database) -> Result<Self, Error> {
        let mut creation = Self { operation, db, key: Item::new(), item: None };
        if db.has_receivers::<M>() {
            creation.key = written_key(operation, value)?;
        } else {
            creation.item = Some(creation.encode(value)?);
        }
        Ok(creation)
    }

    /// Returns the item of the value, which is valid, and sets its key.
    fn encode<M: Model>(&mut self, value: &M) -> Result<Item, Error> {
        let item = encode(self.operation, value, WriteKind::Create, self.db)?.item;
        self.key = item.pick(M::schema().table.key.names());
        Ok(item)
    }

    /// Creates the item. Returns `false` if a different item exists.
    async fn create<M: Model>(&mut self, value: &mut M) -> Result<bool, Error> {
        let signal = SignalContext { db: self.db, operation: self.operation, created: Some(true) };
        let item = if let Some(item) = self.item.take() {
            item
        } else {
            pre_save(value, signal).await?;
            self.encode(value)?
        };
        if !create(self.operation, value, &self.key, &item, self.db).await? {
            self.item = Some(item);
            return Ok(false);
        }
        set_generated(value, &item, self.db)?;
        post_save(value, signal).await?;
        Ok(true)
    }
}

/// Creates the item. Returns `false` if a different item exists.
async fn create<M: Model>(
    operation: &'static str,
    value: &M,
    key: &Item,
    item: &Item,
    db: &Database,
) -> Result<bool, Error> {
    let is_new = Some(M::schema().no_item_exists());
    let none = OldItemOnFailure::None;
    match put_item::<M>(operation, item.clone(), is_new, none, StoredValues::Irrelevant, db).await {
        Ok(()) => Ok(true),
        Err(WriteFailure::Condition(_)) => Ok(false),
        // After a lost response, the item that exists may be this one.
        Err(WriteFailure::Driver(error))
            if error.is_conditional_check_failed() && error.applied() == Applied::Unknown =>
        {
            Ok(read::<M>(db, key).await?.as_ref() == Some(item))
        }
        Err(failure) => Err(failure.into_error(operation, value, &Held::nothing(false), db)),
    }
}

/// Reads strongly consistently, so that the item on which a put has just failed is seen.
async fn read<M: Model>(db: &Database, key: &Item) -> Result<Option<Item>, DriverError> {
    let get = GetItem { consistent: true, ..GetItem::new(db.table_name::<M>(), key.clone()) };
    Ok(db.run(get).await?.item)
}

fn contended<M: Model>(value: &M, operation: &'static str, db: &Database) -> Error {
    let (model, table) = (M::schema().model, db.table_name::<M>());
    Error::ConditionFailed { model, table, key: key_text(value), operation, item: None }
}
