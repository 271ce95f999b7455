//! The one place where items become rows.

use std::sync::Arc;

use crate::database::Database;
use crate::error::Error;
use crate::model::{CodecError, Model};
use crate::value::Item;

type DecodeItem<R> = dyn Fn(&Item, &Database) -> Result<R, Error> + Send + Sync;

/// Appends the rows of items that were read from a database.
type DecodeItems<R> = fn(Vec<Item>, &Database, &mut Vec<R>) -> Result<(), Error>;

/// Decodes items into rows of type `R`.
pub(super) enum RowDecoder<R> {
    /// Rows are whole items. A page is decoded by one call, so that no item costs an indirect call.
    Model { item: fn(Item, &Database) -> Result<R, Error>, items: DecodeItems<R> },
    /// Rows are parts of items.
    Parts(Arc<DecodeItem<R>>),
}

impl<M: Model> RowDecoder<M> {
    /// Returns the decoder of whole items.
    pub(super) fn model() -> Self {
        Self::Model { item: decode::<M>, items: decode_all::<M> }
    }
}

impl<R> RowDecoder<R> {
    /// Returns a decoder of whole items.
    pub(super) fn whole(item: fn(Item, &Database) -> Result<R, Error>, items: DecodeItems<R>) -> Self {
        Self::Model { item, items }
    }

    /// Returns a decoder of parts of the items of the model `M`.
    pub(super) fn parts<M: Model>(decode: impl Fn(&Item) -> Result<R, CodecError> + Send + Sync + 'static) -> Self {
        Self::Parts(Arc::new(move |item, db| decode(item).map_err(|error| db.decode_error::<M>(item, error))))
    }

    /// Returns `true` if rows are parts of items.
    pub(super) fn is_of_parts(&self) -> bool {
        matches!(self, Self::Parts(_))
    }

    /// Returns the row of an item that was read from `db`.
    pub(super) fn row(&self, item: Item, db: &Database) -> Result<R, Error> {
        match self {
            Self::Model { item: decode, .. } => decode(item, db),
            Self::Parts(decode) => decode(&item, db),
        }
    }

    /// Appends the rows of a page's items.
    pub(super) fn append(&self, items: Vec<Item>, db: &Database, rows: &mut Vec<R>) -> Result<(), Error> {
        match self {
            Self::Model { items: decode, .. } => decode(items, db, rows),
            Self::Parts(decode) => append(items, rows, |item| decode(&item, db)),
        }
    }

    pub(super) fn rows(&self, items: Vec<Item>, db: &Database) -> Result<Vec<R>, Error> {
        let mut rows = Vec::new();
        self.append(items, db, &mut rows)?;
        Ok(rows)
    }
}

impl<R> Clone for RowDecoder<R> {
    fn clone(&self) -> Self {
        match self {
            Self::Model { item, items } => Self::Model { item: *item, items: *items },
            Self::Parts(decode) => Self::Parts(decode.clone()),
        }
    }
}

fn decode<M: Model>(item: Item, db: &Database) -> Result<M, Error> {
    db.decode_owned(item)
}

fn decode_all<M: Model>(items: Vec<Item>, db: &Database, rows: &mut Vec<M>) -> Result<(), Error> {
    append(items, rows, |item| db.decode_owned(item))
}

fn append<R>(items: Vec<Item>, rows: &mut Vec<R>, decode: impl Fn(Item) -> Result<R, Error>) -> Result<(), Error> {
    rows.reserve(items.len());
    for item in items {
        rows.push(decode(item)?);
    }
    Ok(())
}
