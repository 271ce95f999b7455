//! Document paths: `station.sensors[2].name`.

use std::borrow::Cow;
use std::fmt;

use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Item, Name};

/// A document path: an attribute, or a value inside its maps and lists.
///
/// See [document paths](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html#Expressions.Attributes.NestedElements.DocumentPathExamples).
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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Path {
    /// Name of the attribute.
    pub name: Name,
    /// Steps from the attribute into its maps and lists, outermost first.
    pub steps: Cow<'static, [PathStep]>,
}

/// One step into a map or a list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PathStep {
    /// Entry of a map with this name.
    Key(Name),
    /// Element of a list, counted from 0.
    Index(usize),
}

/// The reason for which two paths cannot be in one update or projection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathCollision {
    /// One path contains the other, or they are equal.
    Overlap,
    /// The paths use the same value as a map and as a list.
    Conflict,
}

/// The reason for which a text is not a path.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A name is missing at the start, or after a dot.
    #[error("path {text:?} has no name at byte {at}; write it as `name`, `name.key` or `name[0]`")]
    NameExpected {
        /// Refused text.
        text: String,
        /// Position in the text, in bytes.
        at: usize,
    },
    /// A list index in brackets is missing or not a number.
    #[error("path {text:?} has no list index at byte {at}; write it as `[0]`")]
    IndexExpected {
        /// Refused text.
        text: String,
        /// Position in the text, in bytes.
        at: usize,
    },
    /// The path has more levels than an item.
    #[error("path {text:?} has more than {ITEM_LEVELS_MAX} levels, but no item has more; shorten the path")]
    TooDeep {
        /// Refused text.
        text: String,
    },
}

crate::debug_by_message!(enum PathError {
    NameExpected { text, at },
    IndexExpected { text, at },
    TooDeep { text },
});

impl Path {
    /// Creates the path of an attribute. A dot in `name` is part of the name.
    pub fn new(name: impl Into<Name>) -> Self {
        Self { name: name.into(), steps: Cow::Borrowed(&[]) }
    }

    /// Creates the path of an attribute whose name lives as long as the program. Usable in constants.
    pub const fn from_static(name: &'static str) -> Self {
        Self::inside_static(name, &[])
    }

    /// Creates a path into an attribute, both of which live as long as the program. Usable in constants.
    ///
    /// ```
    /// use djamodb_core::expression::{Path, PathStep};
    /// use djamodb_core::value::Name;
    ///
    /// const STEPS: &[PathStep] = &[PathStep::Key(Name::from_static("city"))];
    /// const CITY: Path = Path::inside_static("station", STEPS);
    /// assert_eq!(CITY, Path::new("station").key("city"));
    /// ```
    pub const fn inside_static(name: &'static str, steps: &'static [PathStep]) -> Self {
        Self { name: Name::from_static(name), steps: Cow::Borrowed(steps) }
    }

    /// Extends the path by the entry `name` of the map at its end.
    #[must_use]
    pub fn key(mut self, name: impl Into<Name>) -> Self {
        self.steps.to_mut().push(PathStep::Key(name.into()));
        self
    }

    /// Extends the path by the element `index`, counted from 0, of the list at its end.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.to_mut().push(PathStep::Index(index));
        self
    }

    /// Parses a path such as `name.key[0].key`.
    ///
    /// Names that contain dots or brackets cannot be parsed. Build their paths with [`new`](Self::new) and [`key`](Self::key).
    ///
    /// # Errors
    ///
    /// - [`PathError::NameExpected`] if a name is missing,
    /// - [`PathError::IndexExpected`] if brackets contain no list index, or if other text follows them,
    /// - [`PathError::TooDeep`] if the path has more levels than an item.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let (name, mut at) = name_at(text, 0)?;
        let mut path = Self::new(name);
        while at < text.len() {
            if path.levels() == ITEM_LEVELS_MAX {
                return Err(PathError::TooDeep { text: text.into() });
            }
            // A name ends at a dot or a bracket. After an index, other text is refused as a missing index.
            if text[at..].starts_with('.') {
                let (name, next) = name_at(text, at + 1)?;
                path.steps.to_mut().push(PathStep::Key(name.into()));
                at = next;
            } else {
                let (index, next) = index_at(text, at)?;
                path.steps.to_mut().push(PathStep::Index(index));
                at = next;
            }
        }
        Ok(path)
    }

    /// Returns the number of levels that the path leads through, counting the attribute itself.
    ///
    /// The service refuses expressions with paths of more than [32 levels](ITEM_LEVELS_MAX).
    pub fn levels(&self) -> usize {
        1 + self.steps.len()
    }

    /// Returns the name and the steps as the service lists them in its messages: `a, b, [0]`.
    ///
    /// ```
    /// use djamodb_core::expression::Path;
    ///
    /// assert_eq!(Path::new("station").key("sensors").index(1).listed(), "station, sensors, [1]");
    /// ```
    pub fn listed(&self) -> String {
        let steps = self.steps.iter().map(|step| match step {
            PathStep::Key(name) => format!(", {name}"),
            PathStep::Index(index) => format!(", [{index}]"),
        });
        std::iter::once(self.name.to_string()).chain(steps).collect()
    }

    /// Returns the reason for which this path and another cannot be in one update or projection, or `None` if they can.
    ///
    /// ```
    /// use djamodb_core::expression::{Path, PathCollision};
    ///
    /// let sensors = Path::new("station").key("sensors");
    /// assert_eq!(sensors.collision(&sensors.clone().index(0)), Some(PathCollision::Overlap));
    /// assert_eq!(sensors.collision(&Path::new("station").index(0)), Some(PathCollision::Conflict));
    /// assert_eq!(sensors.collision(&Path::new("station").key("name")), None);
    /// ```
    pub fn collision(&self, other: &Self) -> Option<PathCollision> {
        if self.name != other.name {
            return None;
        }
        for (left, right) in self.steps.iter().zip(other.steps.iter()) {
            match (left, right) {
                (PathStep::Key(_), PathStep::Index(_)) | (PathStep::Index(_), PathStep::Key(_)) => {
                    return Some(PathCollision::Conflict);
                }
                _ if left != right => return None,
                _ => {}
            }
        }
        Some(PathCollision::Overlap)
    }

    /// Returns the name if the path is a whole attribute.
    pub(crate) fn as_attribute(&self) -> Option<&Name> {
        self.steps.is_empty().then_some(&self.name)
    }

    /// Returns the value at the path in `item`, or `None` if there is none.
    pub fn get<'a>(&self, item: &'a Item) -> Option<&'a AttributeValue> {
        value_at(item, &self.name, &self.steps)
    }
}

/// Returns the value at these steps inside an attribute, or `None` if there is none.
pub(super) fn value_at<'a>(item: &'a Item, name: &Name, steps: &[PathStep]) -> Option<&'a AttributeValue> {
    let mut value = item.get(name)?;
    for step in steps {
        value = match (step, value) {
            (PathStep::Key(name), AttributeValue::M(map)) => map.get(name)?,
            (PathStep::Index(index), AttributeValue::L(values)) => values.get(*index)?,
            _ => return None,
        };
    }
    Some(value)
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
        for step in self.steps.iter() {
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
    fn displayed_paths_parse_to_the_same_path() {
        for text in ["a", "a.b", "a[0]", "a[0][1].b.c[22]", "é.ü"] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn refused_paths_name_the_position() {
        for (text, at) in [("", 0), (".a", 0), ("a.", 2), ("a..b", 2), ("[0]", 0)] {
            assert_eq!(Path::parse(text), Err(PathError::NameExpected { text: text.into(), at }), "{text}");
        }
        for (text, at) in
            [("a[", 1), ("a[]", 1), ("a[x]", 1), ("a[-1]", 1), ("a[0]b", 4), ("a]", 1), ("a[99999999999999999999]", 1)]
        {
            assert_eq!(Path::parse(text), Err(PathError::IndexExpected { text: text.into(), at }), "{text}");
        }
        let deepest = format!("a{}", ".a".repeat(31));
        assert_eq!(Path::parse(&deepest).map(|path| path.levels()), Ok(32));
        assert!(matches!(Path::parse(&(deepest + "[0]")), Err(PathError::TooDeep { .. })));
    }
}
