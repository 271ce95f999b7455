//! Conversions of models, with errors that name the model, and the table and key of an item.

use super::Database;
use crate::error::Error;
use crate::model::{CodecError, Model};
use crate::value::{Item, describe_key};

impl Database {
    /// Decodes an item of the model's table, or of one of its indexes.
    pub(crate) fn decode<M: Model>(&self, item: &Item) -> Result<M, Error> {
        M::from_item(item).map_err(|error| self.decode_error::<M>(item, error))
    }

    /// Returns the error of an item of the model's table that cannot be decoded.
    pub(crate) fn decode_error<M: Model>(&self, item: &Item, error: CodecError) -> Error {
        Error::decode::<M>(self.table_name::<M>(), item, error)
    }
}

/// Returns the item of a value that `operation` is to write, which DynamoDB can store.
///
/// `position` is that of the value among several.
pub(crate) fn encode<M: Model>(operation: &'static str, position: Option<usize>, value: &M) -> Result<Item, Error> {
    let item = value.to_item().and_then(|item| M::schema().check_item(&item).map(|()| item));
    item.map_err(|error| Error::invalid_value(operation, position, value, error))
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
