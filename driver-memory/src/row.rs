//! What a tree keeps for a key.

use djamodb_core::value::Item;

/// An item as a table or an index holds it. A clone shares the items.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Row {
    /// The whole item. An index shares it with its table, so that a local index can fetch what it does not hold.
    pub(crate) item: Item,
    /// What an index holds of the item, when that is not all of it.
    part: Option<Item>,
    /// The size of what is held, as the service counts it.
    pub(crate) bytes: usize,
}

impl Row {
    /// A whole item of `bytes` bytes.
    pub(crate) const fn whole(item: Item, bytes: usize) -> Self {
        Self { item, part: None, bytes }
    }

    /// An item of which an index holds `part`, `bytes` bytes.
    pub(crate) const fn part(item: Item, part: Item, bytes: usize) -> Self {
        Self { item, part: Some(part), bytes }
    }

    /// What is held of the item.
    pub(crate) fn held(&self) -> &Item {
        self.part.as_ref().unwrap_or(&self.item)
    }
}
