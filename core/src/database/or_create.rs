//! Getting or changing an item, or creating it where there is none, whoever else does the same.

use super::Database;
use super::item::{encode, key_text};
use crate::driver::{Applied, DriverError};
use crate::error::Error;
use crate::expression::{Condition, Path, Update};
use crate::model::Model;
use crate::plan::{GetItem, PutItem, ReturnValues, UpdateItem};
use crate::value::Item;

/// How often an item may come and go between two requests before the other side is let have its way.
const TRIES_MAX: usize = 8;

/// What became of a conditional put.
enum Put {
    Made,
    Exists,
    /// There is an item; whether it is ours is not known, since an answer was lost.
    Unsure,
}

/// Reads the item of the value's key, or creates it: the value, and whether it was created.
pub(super) async fn get_or_create<M: Model>(value: M, db: &Database) -> Result<(M, bool), Error> {
    let (key, item) = (value.key().map_err(Error::codec::<M>)?, encode(&value)?);
    for _ in 0..TRIES_MAX {
        if let Some(found) = read(db, GetItem::new(db.table_name::<M>(), key.clone())).await? {
            return Ok((M::from_item(&found).map_err(Error::codec::<M>)?, false));
        }
        if created::<M>(db, &key, &item).await? {
            return Ok((value, true));
        }
    }
    Err(contended(&value, "get_or_create"))
}

/// Changes the item of the value's key, or creates it from the value: the value as it is then, and whether it was created.
pub(super) async fn update_or_create<M: Model>(value: M, update: Update, db: &Database) -> Result<(M, bool), Error> {
    let (key, item) = (value.key().map_err(Error::codec::<M>)?, encode(&value)?);
    for _ in 0..TRIES_MAX {
        let exists = Condition::AttributeExists(Path::new(&M::schema().table.key.hash[0].name));
        let changed = UpdateItem {
            condition: Some(exists),
            return_values: ReturnValues::AllNew,
            ..UpdateItem::new(db.table_name::<M>(), key.clone(), update.clone())
        };
        match db.run(changed).await {
            Ok(output) => {
                let changed = output.attributes.unwrap_or(key);
                return Ok((M::from_item(&changed).map_err(Error::codec::<M>)?, false));
            }
            // After a lost answer, the item may have been changed before it went away, and must not be changed again.
            Err(error) if is_refused(&error) && error.applied() == Applied::No => {}
            Err(error) => return Err(error.into()),
        }
        if created::<M>(db, &key, &item).await? {
            return Ok((value, true));
        }
    }
    Err(contended(&value, "update_or_create"))
}

/// Creates the item; false where there is one that is not this.
async fn created<M: Model>(db: &Database, key: &Item, item: &Item) -> Result<bool, DriverError> {
    match put::<M>(db, item).await? {
        Put::Made => Ok(true),
        Put::Exists => Ok(false),
        Put::Unsure => {
            let found = read(db, GetItem::new(db.table_name::<M>(), key.clone())).await?;
            Ok(found.as_ref() == Some(item))
        }
    }
}

async fn put<M: Model>(db: &Database, item: &Item) -> Result<Put, DriverError> {
    let is_new = Condition::AttributeNotExists(Path::new(&M::schema().table.key.hash[0].name));
    let put = PutItem { condition: Some(is_new), ..PutItem::new(db.table_name::<M>(), item.clone()) };
    match db.run(put).await {
        Ok(_) => Ok(Put::Made),
        Err(error) if !is_refused(&error) => Err(error),
        Err(error) if error.applied() == Applied::Unknown => Ok(Put::Unsure),
        Err(_) => Ok(Put::Exists),
    }
}

/// A strongly consistent read, so that it sees the item to which a put has just lost.
async fn read(db: &Database, mut get: GetItem) -> Result<Option<Item>, DriverError> {
    get.consistent = true;
    Ok(db.run(get).await?.item)
}

fn is_refused(error: &DriverError) -> bool {
    error.is_conditional_check_failed()
}

fn contended<M: Model>(value: &M, operation: &'static str) -> Error {
    Error::ConditionFailed { model: M::schema().model, key: key_text(value), operation }
}
