//! The error of a value that another item has already.

use std::fmt;

use crate::value::{Item, Name, describe_key};

/// A value that was to be written and whose unique attribute, or several together, another item has already. Nothing was written.
///
/// Django raises `IntegrityError` for it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NotUnique {
    /// The model.
    pub model: &'static str,
    /// Name of the method: `save`, `create`, `update`, …
    pub operation: &'static str,
    /// Position of the action in a transaction, from 0. `None` if the method writes one value.
    pub position: Option<usize>,
    /// Key of the item that was to be written.
    pub key: Item,
    /// Names of the unique attributes.
    pub attributes: Vec<Name>,
    /// Their values.
    pub values: Item,
    /// Key of the item that has the values. `None` if an item of another kind has the key of the guard item.
    pub owner: Option<Item>,
}

crate::debug_by_message!(struct NotUnique { model, operation, position, key, attributes, values, owner });

impl std::error::Error for NotUnique {}

impl fmt::Display for NotUnique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} with the key {} failed", self.operation, self.model, describe_key(&self.key))?;
        if let Some(position) = self.position {
            write!(f, ", action {position} of the transaction")?;
        }
        let owner = match &self.owner {
            Some(owner) => format!("the item with the key {}", describe_key(owner)),
            None => "another item".to_owned(),
        };
        match &self.attributes[..] {
            [attribute] => {
                let value = self.values.get(attribute).map_or_else(String::new, ToString::to_string);
                write!(f, ": `{attribute}` is unique, and {owner} has the value {value} already")?;
            }
            attributes => {
                let names: Vec<_> = attributes.iter().map(|attribute| format!("`{attribute}`")).collect();
                let values = describe_key(&self.values);
                write!(f, ": {} are unique together, and {owner} has {values} already", names.join(" and "))?;
            }
        }
        f.write_str("; nothing was written")
    }
}
