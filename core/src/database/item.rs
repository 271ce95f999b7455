//! Conversions of models, with errors that name the model, and the table and key of an item.

use super::Database;
use super::validation::validate;
use crate::error::Error;
use crate::expression::{Condition, Update};
use crate::model::{CodecError, Model, WriteKind};
use crate::planner::PlanError;
use crate::value::{Item, describe_key};

impl Database {
    /// Decodes an item of the model's table, or of one of its indexes.
    pub(crate) fn decode<M: Model>(&self, item: &Item) -> Result<M, Error> {
        self.decode_owned(item.clone())
    }

    /// Decodes an item of the model's table, or of one of its indexes, that nothing else needs. Takes its values instead of copying them,
    /// unless the driver shares them.
    pub(crate) fn decode_owned<M: Model>(&self, item: Item) -> Result<M, Error> {
        self.init(item)
    }

    /// Returns the error of an item of the model's table that cannot be decoded.
    pub(crate) fn decode_error<M: Model>(&self, item: &Item, error: CodecError) -> Error {
        Error::decode::<M>(self.table_name::<M>(), item, error)
    }
}

/// An item that can be written.
pub(crate) struct Encoded {
    /// The item, whose generated fields are filled in.
    pub(crate) item: Item,
    /// The condition that the stored item has the version that the value has. `None` for a new item, and for a model without a version.
    pub(crate) version: Option<Condition>,
}

/// Returns the item of a value that `operation` is to write, which is valid and which DynamoDB can store.
pub(super) fn encode<M: Model>(
    operation: &'static str,
    value: &M,
    kind: WriteKind,
    db: &Database,
) -> Result<Encoded, Error> {
    validate(operation, value)?;
    encode_valid(operation, None, value, kind, db)
}

/// Returns the item of a valid value that `operation` is to write, which DynamoDB can store.
///
/// `position` is that of the value among several.
pub(crate) fn encode_valid<M: Model>(
    operation: &'static str,
    position: Option<usize>,
    value: &M,
    kind: WriteKind,
    db: &Database,
) -> Result<Encoded, Error> {
    let encoded = || {
        let schema = M::schema();
        let mut item = value.to_item()?;
        let mut version = None;
        if !schema.generated.is_empty() {
            version = schema.count_write(&mut item, kind)?;
            schema.fill_in(&mut item, kind, &*db.driver().clock())?;
        }
        schema.check_item(&item)?;
        Ok(Encoded { item, version })
    };
    encoded().map_err(|error| Error::invalid_value(operation, position, value, error))
}

/// Returns an update that also counts and dates the write, if the model has a version or the time of the last write.
pub(crate) fn generated_update<M: Model>(mut update: Update, db: &Database) -> Result<Update, PlanError> {
    let schema = M::schema();
    if !schema.generated.is_empty() {
        schema.count_update(&mut update);
        let dated = schema.date_update(&mut update, &*db.driver().clock());
        dated.map_err(|error| PlanError::Edit { model: schema.model, error: error.into() })?;
    }
    Ok(update)
}

/// Returns an item that is to be written, if the model has generated fields that are set afterwards.
pub(super) fn with_generated<M: Model>(item: &Item) -> Option<Item> {
    (!M::schema().generated.is_empty()).then(|| item.clone())
}

/// Sets the generated fields of a value whose item was written.
pub(crate) fn set_generated<M: Model>(value: &mut M, item: &Item, db: &Database) -> Result<(), Error> {
    value.set_generated(item).map_err(|error| db.decode_error::<M>(item, error))
}

/// Returns the key of a value whose item `operation` is to write.
pub(super) fn written_key<M: Model>(operation: &'static str, value: &M) -> Result<Item, Error> {
    let key = value.key().and_then(|key| M::schema().check_key(&key).map(|()| key));
    key.map_err(|error| Error::invalid_value(operation, None, value, error))
}

pub(super) fn key<M: Model>(value: &M) -> Result<Item, Error> {
    value.key().map_err(Error::encode::<M>)
}

/// Returns the key of a value for messages, or the cause for which it has none.
pub(super) fn key_text<M: Model>(value: &M) -> String {
    value.key().map_or_else(|error| error.to_string(), |key| describe_key(&key))
}
