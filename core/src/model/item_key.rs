//! Keys of items, with the model's type.

use std::fmt;
use std::marker::PhantomData;

use super::{CodecError, IntoKey, KeyOperand as _, Model};
use crate::value::{AttributeValue, Item};

/// The key of one item of the model `M`, for calls that name an item without having its value.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::Weather;
/// use djamodb::model::ItemKey;
///
/// let key: ItemKey<Weather> = Weather::item_key(("Seattle", 1));
/// assert_eq!(key, ItemKey::of(&Weather::seattle(1, "sun", 7.2)));
/// ```
pub struct ItemKey<M> {
    key: Result<Item, CodecError>,
    /// The encoded version of the value that the key was taken from.
    version: Option<AttributeValue>,
    marker: PhantomData<fn() -> M>,
}

impl<M: Model> ItemKey<M> {
    /// Returns the key with these values: the value of the hash key, or a pair of the values of hash key and range key.
    pub fn new(key: impl IntoKey<M::Key>) -> Self {
        Self { key: key_item::<M>(key), version: None, marker: PhantomData }
    }

    /// Returns the key of a value. If the model has a version, a transaction that updates or deletes the item by this key checks that
    /// the stored item has the version of the value.
    pub fn of(value: &M) -> Self {
        let (key, version) = match (value.key(), value.held_version()) {
            (Ok(key), Ok(version)) => (Ok(key), version),
            (Err(error), _) | (_, Err(error)) => (Err(error), None),
        };
        Self { key, version, marker: PhantomData }
    }
}

/// Returns the key attributes of the item with this key.
pub(crate) fn key_item<M: Model>(key: impl IntoKey<M::Key>) -> Result<Item, CodecError> {
    let schema = M::schema();
    let values = key.into_key().into_values();
    schema.key_of_values(values.map_err(|error| schema.key_part_error(schema.table.key.attributes(), error))?)
}

impl<M> ItemKey<M> {
    /// Returns the key attributes.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if DynamoDB cannot store a value of the key.
    pub fn into_item(self) -> Result<Item, CodecError> {
        self.key
    }

    /// Returns the key attributes, and the version of the value that the key was taken from.
    pub(crate) fn into_parts(self) -> Result<(Item, Option<AttributeValue>), CodecError> {
        Ok((self.key?, self.version))
    }
}

impl<M> Clone for ItemKey<M> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), version: self.version.clone(), marker: PhantomData }
    }
}

impl<M> PartialEq for ItemKey<M> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<M> fmt::Debug for ItemKey<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemKey").field(&self.key).finish()
    }
}

/// A value of a model, by reference, or the key of one: each names one item.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name an item",
    label = "expected a reference to a value of a model, or its key",
    note = "pass `&value`, or the result of `Model::item_key(…)`"
)]
pub trait IntoItemKey {
    /// The model of the item.
    type Model: Model;

    /// Returns the key of the item.
    fn into_item_key(self) -> ItemKey<Self::Model>;
}

impl<M: Model> IntoItemKey for ItemKey<M> {
    type Model = M;

    fn into_item_key(self) -> Self {
        self
    }
}

impl<M: Model> IntoItemKey for &M {
    type Model = M;

    fn into_item_key(self) -> ItemKey<M> {
        ItemKey::of(self)
    }
}
