//! Values whose items are written together.

use super::Database;
use super::item::set_generated;
use crate::error::Error;
use crate::expression::Update;
use crate::model::Model;
use crate::value::Item;

/// A value of any model whose item is written. Its generated fields are set afterwards.
pub(super) trait Written: Send + Sync {
    /// Sets the generated fields to those of the item that was written.
    fn set_generated(&mut self, item: &Item, db: &Database) -> Result<(), Error>;

    /// Sets the generated fields after an update of the item. Only the update of a [`Tracked`](super::Tracked) value changes them.
    fn set_updated(&mut self, _update: &Update, _db: &Database) -> Result<(), Error> {
        Ok(())
    }
}

impl<M: Model> Written for M {
    fn set_generated(&mut self, item: &Item, db: &Database) -> Result<(), Error> {
        set_generated(self, item, db)
    }
}
