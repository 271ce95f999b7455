//! Conversions of models, with errors that name the model.

use crate::error::Error;
use crate::model::Model;
use crate::value::{Item, describe_key};

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
    value.key().map_err(Error::codec::<M>)
}

/// Returns the key of a value for messages, or the cause for which it has none.
pub(super) fn key_text<M: Model>(value: &M) -> String {
    value.key().map_or_else(|error| error.to_string(), |key| describe_key(&key))
}
