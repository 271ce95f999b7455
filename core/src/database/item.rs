//! Conversions of models, with errors that name the model.

use crate::error::Error;
use crate::model::Model;
use crate::value::{Item, describe_key};

pub(super) fn encode<M: Model>(value: &M) -> Result<Item, Error> {
    value.to_item().map_err(Error::codec::<M>)
}

pub(super) fn key<M: Model>(value: &M) -> Result<Item, Error> {
    value.key().map_err(Error::codec::<M>)
}

/// Returns the key of a value for messages, or the cause for which it has none.
pub(super) fn key_text<M: Model>(value: &M) -> String {
    value.key().map_or_else(|error| error.to_string(), |key| describe_key(&key))
}
