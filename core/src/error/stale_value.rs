//! The error of a value that is not the latest one.

use std::fmt;

use crate::value::{AttributeValue, Item, Name};

/// A value that was to be written and is not the latest one: another writer changed or deleted the item since it was read, or stored one
/// for a value that was never stored.
pub struct StaleValue {
    /// The model.
    pub model: &'static str,
    /// The table.
    pub table: Name,
    /// The key.
    pub key: String,
    /// Name of the method, `save` for example.
    pub operation: &'static str,
    /// The version of the value; 0 if it was never stored.
    pub held: AttributeValue,
    /// The version of the stored item, or `None` if there is no item or it has no version.
    pub stored: Option<AttributeValue>,
    /// The stored item, if it exists. [`Error::old_item`](super::Error::old_item) decodes it.
    pub item: Option<Item>,
    /// `true` if the driver reports the stored item. Otherwise the call may also have failed because of its condition.
    pub is_known: bool,
}

crate::debug_by_message!(struct StaleValue { model, table, key, operation, held, stored, item, is_known });

impl fmt::Display for StaleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { model, key, operation, held, .. } = self;
        write!(f, "{operation} of {model} with the key {key} failed: the value has the version {held}, but ")?;
        match &self.stored {
            _ if !self.is_known => f.write_str(
                "the stored item has another one, does not exist, or does not satisfy the condition of the call",
            )?,
            Some(version) => write!(f, "the stored item has the version {version}")?,
            None if self.item.is_some() => f.write_str("the stored item has no version")?,
            None => f.write_str("there is no item with this key")?,
        }
        f.write_str("; read the item again, for example with refresh(), and repeat the change; nothing was written")
    }
}

impl std::error::Error for StaleValue {}
