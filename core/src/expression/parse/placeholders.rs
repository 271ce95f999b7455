//! Lookup of placeholders.

use std::collections::BTreeSet;

use super::token::word_length;
use super::{ExpressionFault, ParseError, PlaceholderMap};
use crate::expression::Placeholders;
use crate::service::limits::ATTRIBUTE_NAME_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{AttributeValue, Name};

/// Maximum number of characters of a placeholder.
const PLACEHOLDER_CHARACTERS_MAX: usize = 255;
/// Maximum size of the values that the expressions of a request refer to, in bytes: 32 MB. A tree has a copy of the value for each reference,
/// so that a short text could otherwise need any amount of memory.
pub(super) const REFERENCED_VALUES_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The placeholders of a request, with those that its expressions have referred to.
#[derive(Debug)]
pub(super) struct References<'p> {
    placeholders: &'p Placeholders,
    names: BTreeSet<&'p str>,
    values: BTreeSet<&'p str>,
    value_bytes: usize,
}

impl<'p> References<'p> {
    /// Checks the placeholders and the names that they stand for.
    pub(super) fn new(placeholders: &'p Placeholders) -> Result<Self, ParseError> {
        placeholders.names.keys().try_for_each(|key| check_key(PlaceholderMap::Names, '#', key))?;
        for (key, name) in &placeholders.names {
            if name.is_empty() {
                return Err(ParseError::EmptyName { key: key.clone() });
            }
            if name.len() > ATTRIBUTE_NAME_BYTES_MAX {
                return Err(ParseError::NameTooLong { key: key.clone() });
            }
        }
        placeholders.values.keys().try_for_each(|key| check_key(PlaceholderMap::Values, ':', key))?;
        Ok(Self { placeholders, names: BTreeSet::new(), values: BTreeSet::new(), value_bytes: 0 })
    }

    /// Returns the name that a placeholder such as `#n` stands for.
    pub(super) fn name(&mut self, placeholder: &str) -> Result<&'p Name, ExpressionFault> {
        let (key, name) = self
            .placeholders
            .names
            .get_key_value(placeholder)
            .ok_or_else(|| ExpressionFault::UndefinedName { placeholder: placeholder.into() })?;
        self.names.insert(key);
        Ok(name)
    }

    /// Returns the value that a placeholder such as `:v` stands for.
    pub(super) fn value(&mut self, placeholder: &str) -> Result<&'p AttributeValue, ExpressionFault> {
        let (key, value) = self
            .placeholders
            .values
            .get_key_value(placeholder)
            .ok_or_else(|| ExpressionFault::UndefinedValue { placeholder: placeholder.into() })?;
        self.values.insert(key);
        self.value_bytes += value_bytes(value);
        if self.value_bytes > REFERENCED_VALUES_BYTES_MAX {
            return Err(ExpressionFault::ReferencedValuesTooLarge);
        }
        Ok(value)
    }

    /// Checks that all placeholders have been referred to.
    pub(super) fn check_all_used(&self) -> Result<(), ParseError> {
        let unused = |map, keys: Vec<&str>| match keys.as_slice() {
            [] => Ok(()),
            _ => Err(ParseError::Unused { map, keys: keys.join(", ") }),
        };
        let names = self.placeholders.names.keys().map(String::as_str);
        unused(PlaceholderMap::Names, names.filter(|key| !self.names.contains(key)).collect())?;
        let values = self.placeholders.values.keys().map(String::as_str);
        unused(PlaceholderMap::Values, values.filter(|key| !self.values.contains(key)).collect())
    }
}

fn check_key(map: PlaceholderMap, first: char, key: &str) -> Result<(), ParseError> {
    if key.is_empty() {
        return Err(ParseError::EmptyKey { map });
    }
    let size = key.chars().count();
    if size > PLACEHOLDER_CHARACTERS_MAX {
        return Err(ParseError::KeyTooLong { map, size });
    }
    match key.strip_prefix(first) {
        Some(word) if !word.is_empty() && word_length(word) == word.len() => Ok(()),
        _ => Err(ParseError::KeySyntax { map, key: key.into() }),
    }
}
