//! Updates of items.

use std::fmt;

use super::Path;
use super::tree::{self, Tree};
use crate::value::AttributeValue;

/// The changes that an update makes to an item. Every clause reads the item as it was before the update.
///
/// See [update expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html).
///
/// ```
/// use djamodb_core::expression::{Path, Update, UpdateOperand};
/// use djamodb_core::value::Item;
///
/// let update = Update::new()
///     .set(Path::new("kind"), UpdateOperand::value("rain"))
///     .add(Path::new("readings"), 1);
/// let changed = update.apply(&Item::new().with("readings", 2))?;
/// assert_eq!(changed, Item::new().with("kind", "rain").with("readings", 3));
/// # Ok::<(), djamodb_core::expression::UpdateError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Update {
    /// `SET path = value`.
    pub set: Vec<(Path, SetValue)>,
    /// `REMOVE path`.
    pub remove: Vec<Path>,
    /// `ADD path value`: adds to a number, or elements to a set. A missing value counts as zero or as the empty set.
    pub add: Vec<(Path, AttributeValue)>,
    /// `DELETE path value`: removes elements from a set.
    pub delete: Vec<(Path, AttributeValue)>,
}

/// The right-hand side of a `SET` action.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SetValue {
    /// Single operand.
    Operand(UpdateOperand),
    /// `left + right`: the sum of two numbers.
    Plus(UpdateOperand, UpdateOperand),
    /// `left - right`: the difference of two numbers.
    Minus(UpdateOperand, UpdateOperand),
}

/// An operand of a `SET` action.
///
/// An operand can be of any depth. With the feature `serde`, more than 128 levels are not serialized.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self"))]
pub enum UpdateOperand {
    /// Value at a path. The update fails if there is none.
    Path(Path),
    /// Literal value.
    Value(AttributeValue),
    /// `if_not_exists(path, operand)`: the value at a path, or the operand if there is none.
    IfNotExists(Path, Box<UpdateOperand>),
    /// `list_append(list, list)`: the elements of both lists. It must be the whole value of its action, not an operand in it.
    ListAppend(Box<[UpdateOperand; 2]>),
}

impl Update {
    /// Creates an update without changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value at `path`.
    #[must_use]
    pub fn set(mut self, path: Path, value: impl Into<SetValue>) -> Self {
        self.set.push((path, value.into()));
        self
    }

    /// Removes the value at `path`.
    #[must_use]
    pub fn remove(mut self, path: Path) -> Self {
        self.remove.push(path);
        self
    }

    /// Adds `value` to the number or set at `path`.
    #[must_use]
    pub fn add(mut self, path: Path, value: impl Into<AttributeValue>) -> Self {
        self.add.push((path, value.into()));
        self
    }

    /// Removes the elements of `value` from the set at `path`.
    #[must_use]
    pub fn delete(mut self, path: Path, value: impl Into<AttributeValue>) -> Self {
        self.delete.push((path, value.into()));
        self
    }

    /// Returns `true` if the update has no changes.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty() && self.add.is_empty() && self.delete.is_empty()
    }

    /// Returns the paths of the operands, which the update reads, with repetitions.
    pub fn read_paths(&self) -> impl Iterator<Item = &Path> {
        let operands = self.set.iter().flat_map(|(_, value)| value.operands()).flat_map(UpdateOperand::nodes);
        operands.filter_map(|operand| match operand {
            UpdateOperand::Path(path) | UpdateOperand::IfNotExists(path, _) => Some(path),
            UpdateOperand::Value(_) | UpdateOperand::ListAppend(_) => None,
        })
    }

    /// Returns the paths that the update changes, clause by clause.
    pub fn targets(&self) -> impl Iterator<Item = &Path> {
        self.set
            .iter()
            .map(|(path, _)| path)
            .chain(&self.remove)
            .chain(self.add.iter().map(|(path, _)| path))
            .chain(self.delete.iter().map(|(path, _)| path))
    }
}

impl UpdateOperand {
    /// Creates a literal operand.
    pub fn value(value: impl Into<AttributeValue>) -> Self {
        Self::Value(value.into())
    }

    /// Creates the operand `if_not_exists(path, otherwise)`.
    pub fn if_not_exists(path: Path, otherwise: impl Into<UpdateOperand>) -> Self {
        Self::IfNotExists(path, Box::new(otherwise.into()))
    }

    /// Creates the operand `list_append(first, second)`.
    pub fn list_append(first: impl Into<UpdateOperand>, second: impl Into<UpdateOperand>) -> Self {
        Self::ListAppend(Box::new([first.into(), second.into()]))
    }

    /// Returns the literal value, or for `if_not_exists` the literal value that is stored if there is no other.
    pub(crate) fn literal(&self) -> Option<&AttributeValue> {
        let mut operand = self;
        while let Self::IfNotExists(_, otherwise) = operand {
            operand = otherwise;
        }
        match operand {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Returns this operand and all operands inside it, each before those inside it.
    pub fn nodes(&self) -> impl Iterator<Item = &Self> {
        tree::nodes(self).map(|(operand, _)| operand)
    }
}

impl Tree for UpdateOperand {
    fn parts(&self) -> &[Self] {
        match self {
            Self::Path(_) | Self::Value(_) => &[],
            Self::IfNotExists(_, otherwise) => std::slice::from_ref(otherwise.as_ref()),
            Self::ListAppend(lists) => lists.as_slice(),
        }
    }

    fn parts_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Path(_) | Self::Value(_) => &mut [],
            Self::IfNotExists(_, otherwise) => std::slice::from_mut(otherwise.as_mut()),
            Self::ListAppend(lists) => lists.as_mut_slice(),
        }
    }

    fn placeholder() -> Self {
        Self::Value(AttributeValue::Null)
    }

    fn without_parts(&self) -> Self {
        match self {
            Self::Path(path) => Self::Path(path.clone()),
            Self::Value(value) => Self::Value(value.clone()),
            Self::IfNotExists(path, _) => Self::IfNotExists(path.clone(), Box::new(Self::placeholder())),
            Self::ListAppend(_) => Self::ListAppend(Box::new([Self::placeholder(), Self::placeholder()])),
        }
    }

    fn equals_without_parts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(path), Self::Path(other)) | (Self::IfNotExists(path, _), Self::IfNotExists(other, _)) => {
                path == other
            }
            (Self::Value(value), Self::Value(other)) => value == other,
            (Self::ListAppend(_), Self::ListAppend(_)) => true,
            _ => false,
        }
    }

    fn fmt_node(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Value(value) => f.debug_tuple("Value").field(value).finish(),
            Self::IfNotExists(path, _) => write!(f, "IfNotExists {path}"),
            Self::ListAppend(_) => f.write_str("ListAppend"),
        }
    }
}

impl Clone for UpdateOperand {
    fn clone(&self) -> Self {
        tree::copy(self)
    }
}

impl PartialEq for UpdateOperand {
    fn eq(&self, other: &Self) -> bool {
        tree::equal(self, other)
    }
}

impl fmt::Debug for UpdateOperand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tree::debug(self, f)
    }
}

impl Drop for UpdateOperand {
    fn drop(&mut self) {
        tree::take_deep(self);
    }
}

impl From<Path> for UpdateOperand {
    fn from(path: Path) -> Self {
        Self::Path(path)
    }
}

impl<V: Into<AttributeValue>> From<V> for UpdateOperand {
    fn from(value: V) -> Self {
        Self::Value(value.into())
    }
}

impl<O: Into<UpdateOperand>> From<O> for SetValue {
    fn from(operand: O) -> Self {
        Self::Operand(operand.into())
    }
}
