//! Document paths: `station.sensors[2].name`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Item, Name};

/// An attribute, or a place inside one.
///
/// ```
/// use djamodb_core::expression::Path;
/// use djamodb_core::value::{AttributeValue, Item};
///
/// let path = Path::parse("station.sensors[1]")?;
/// assert_eq!(path, Path::new("station").key("sensors").index(1));
///
/// let sensors = AttributeValue::l([AttributeValue::s("wind"), AttributeValue::s("rain")]);
/// let item = Item::new().with("station", AttributeValue::m([("sensors", sensors)]));
/// assert_eq!(path.get(&item), Some(&AttributeValue::s("rain")));
/// # Ok::<(), djamodb_core::expression::PathError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Path {
    /// The attribute of the item.
    pub name: Name,
    /// The way from there, outermost first.
    pub steps: Vec<PathStep>,
}

/// One step into a map or a list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum PathStep {
    /// The entry of a map.
    Key(Name),
    /// The element of a list, counted from 0.
    Index(usize),
}

/// Why a text is no path.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A name was expected and nothing stood there.
    #[error("the path {text:?} lacks a name at byte {at}; write it as `name`, `name.key` or `name[0]`")]
    NameExpected {
        /// The text.
        text: String,
        /// Where in it.
        at: usize,
    },
    /// What stands in brackets is no index.
    #[error("the path {text:?} has no list index at byte {at}; write one as `[0]`")]
    IndexExpected {
        /// The text.
        text: String,
        /// Where in it.
        at: usize,
    },
    /// More steps than an item can be deep.
    #[error("the path {text:?} is deeper than {ITEM_LEVELS_MAX} levels, which is the most that an item can nest")]
    TooDeep {
        /// The text.
        text: String,
    },
}

impl Path {
    /// An attribute of the item. A dot in `name` is part of the name.
    pub fn new(name: impl Into<Name>) -> Self {
        Self { name: name.into(), steps: Vec::new() }
    }

    /// An attribute whose name is declared in the program; usable in constants.
    pub const fn from_static(name: &'static str) -> Self {
        Self { name: Name::from_static(name), steps: Vec::new() }
    }

    /// The entry `name` of the map at this path.
    #[must_use]
    pub fn key(mut self, name: impl Into<Name>) -> Self {
        self.steps.push(PathStep::Key(name.into()));
        self
    }

    /// The element `index`, from 0, of the list at this path.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.push(PathStep::Index(index));
        self
    }

    /// Reads `name.key[0].key`. Names that hold dots or brackets are built with [`new`](Self::new) and [`key`](Self::key).
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let (name, mut at) = name_at(text, 0)?;
        let mut path = Self::new(name);
        while at < text.len() {
            if path.steps.len() == ITEM_LEVELS_MAX {
                return Err(PathError::TooDeep { text: text.into() });
            }
            // What ends a name is a dot or a bracket, and what ends an index is followed by one or is an error below.
            if text[at..].starts_with('.') {
                let (name, next) = name_at(text, at + 1)?;
                path.steps.push(PathStep::Key(name.into()));
                at = next;
            } else {
                let (index, next) = index_at(text, at)?;
                path.steps.push(PathStep::Index(index));
                at = next;
            }
        }
        Ok(path)
    }

    /// The name, when the path is a whole attribute.
    pub(crate) fn as_attribute(&self) -> Option<&Name> {
        self.steps.is_empty().then_some(&self.name)
    }

    /// What stands at this path in an item.
    pub fn get<'a>(&self, item: &'a Item) -> Option<&'a AttributeValue> {
        let mut value = item.get(&self.name)?;
        for step in &self.steps {
            value = match (step, value) {
                (PathStep::Key(name), AttributeValue::M(map)) => map.get(name)?,
                (PathStep::Index(index), AttributeValue::L(values)) => values.get(*index)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

fn name_at(text: &str, start: usize) -> Result<(&str, usize), PathError> {
    let rest = &text[start..];
    let length = rest.find(['.', '[', ']']).unwrap_or(rest.len());
    if length == 0 {
        return Err(PathError::NameExpected { text: text.into(), at: start });
    }
    Ok((&rest[..length], start + length))
}

fn index_at(text: &str, start: usize) -> Result<(usize, usize), PathError> {
    let expected = || PathError::IndexExpected { text: text.into(), at: start };
    let digits = text[start..].strip_prefix('[').ok_or_else(expected)?;
    let length = digits.find(']').ok_or_else(expected)?;
    let digits = &digits[..length];
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(expected());
    }
    Ok((digits.parse().map_err(|_| expected())?, start + length + 2))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for step in &self.steps {
            match step {
                PathStep::Key(name) => write!(f, ".{name}")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_path_are_inverses() {
        for text in ["a", "a.b", "a[0]", "a[0][1].b.c[22]", "é.ü"] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_says_where() {
        for (text, at) in [("", 0), (".a", 0), ("a.", 2), ("a..b", 2), ("[0]", 0)] {
            assert_eq!(Path::parse(text), Err(PathError::NameExpected { text: text.into(), at }), "{text}");
        }
        for (text, at) in
            [("a[", 1), ("a[]", 1), ("a[x]", 1), ("a[-1]", 1), ("a[0]b", 4), ("a]", 1), ("a[99999999999999999999]", 1)]
        {
            assert_eq!(Path::parse(text), Err(PathError::IndexExpected { text: text.into(), at }), "{text}");
        }
        assert!(matches!(Path::parse(&"a.".repeat(40)), Err(PathError::TooDeep { .. })));
    }
}
