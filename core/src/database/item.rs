//! Models as items, and keys in words.

use crate::error::Error;
use crate::model::{CodecError, Model};
use crate::value::{Item, Name};

pub(super) fn encode<M: Model>(value: &M) -> Result<Item, Error> {
    value.to_item().map_err(codec::<M>)
}

pub(super) fn key<M: Model>(value: &M) -> Result<Item, Error> {
    value.key().map_err(codec::<M>)
}

pub(super) fn codec<M: Model>(error: CodecError) -> Error {
    Error::Codec { model: M::schema().model, error }
}

pub(super) fn key_text<M: Model>(value: &M) -> String {
    value.key().map_or_else(|error| error.to_string(), |key| item_text(&key))
}

pub(super) fn item_text(key: &Item) -> String {
    let part = |(name, value): (&Name, _)| format!("{name} = {value}");
    key.iter().map(part).collect::<Vec<_>>().join(", ")
}
