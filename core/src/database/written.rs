//! Values whose items are written together.

use super::Database;
use super::item::set_generated;
use crate::error::Error;
use crate::model::Model;
use crate::value::Item;

/// A value of any model whose item is written. Its generated fields are set afterwards.
pub(super) trait Written: Send + Sync {
    fn set_generated(&mut self, item: &Item, db: &Database) -> Result<(), Error>;
}

impl<M: Model> Written for M {
    fn set_generated(&mut self, item: &Item, db: &Database) -> Result<(), Error> {
        set_generated(self, item, db)
    }
}
