//! The value that a tree stores for a key.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::value::Item;

/// An item as a table or an index stores it. Clones share the item.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Row {
    /// The whole item. An index shares it with its table, so that a local index can fetch what it does not project.
    pub(crate) item: Item,
    /// The projected attributes, if an index stores only part of the item.
    projected: Option<Item>,
    /// Size of the stored attributes in bytes, as the service counts it.
    pub(crate) bytes: usize,
}

impl Row {
    /// Creates the row of a whole item of `bytes` bytes.
    pub(crate) const fn whole(item: Item, bytes: usize) -> Self {
        Self { item, projected: None, bytes }
    }

    /// Creates the entry of an index that projects `projected`, `bytes` bytes, of the item.
    pub(crate) const fn projected(item: Item, projected: Item, bytes: usize) -> Self {
        Self { item, projected: Some(projected), bytes }
    }

    /// Returns the stored attributes: those that an index projects, or the whole item.
    pub(crate) fn stored(&self) -> &Item {
        self.projected.as_ref().unwrap_or(&self.item)
    }

    /// Returns the part of the item that a request selects: all of it without a projection.
    pub(crate) fn select(self, projection: Option<&ProjectionExpression>) -> Item {
        match projection {
            Some(projection) => projection.apply(&self.item),
            None => self.item,
        }
    }
}
