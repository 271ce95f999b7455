//! Updates: what is changed in an item.

use serde::{Deserialize, Serialize};

use super::Path;
use crate::value::AttributeValue;

/// What is changed in an item. Every clause sees the item as it was before.
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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Update {
    /// `SET path = value`.
    pub set: Vec<(Path, SetValue)>,
    /// `REMOVE path`.
    pub remove: Vec<Path>,
    /// `ADD path value`: adds to a number, or elements to a set; starts from nothing when the attribute is missing.
    pub add: Vec<(Path, AttributeValue)>,
    /// `DELETE path value`: takes elements out of a set.
    pub delete: Vec<(Path, AttributeValue)>,
}

/// The right side of a `SET`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum SetValue {
    /// One operand.
    Operand(UpdateOperand),
    /// The sum of two numbers.
    Plus(UpdateOperand, UpdateOperand),
    /// The difference of two numbers.
    Minus(UpdateOperand, UpdateOperand),
}

/// What a `SET` can name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum UpdateOperand {
    /// What stands at a path; an error when nothing does.
    Path(Path),
    /// A value.
    Value(AttributeValue),
    /// `if_not_exists(path, operand)`: what stands at a path, or else the operand.
    IfNotExists(Path, Box<UpdateOperand>),
    /// `list_append(list, list)`.
    ListAppend(Box<UpdateOperand>, Box<UpdateOperand>),
}

impl Update {
    /// An update that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a path.
    #[must_use]
    pub fn set(mut self, path: Path, value: impl Into<SetValue>) -> Self {
        self.set.push((path, value.into()));
        self
    }

    /// Removes what stands at a path.
    #[must_use]
    pub fn remove(mut self, path: Path) -> Self {
        self.remove.push(path);
        self
    }

    /// Adds to a number or a set.
    #[must_use]
    pub fn add(mut self, path: Path, value: impl Into<AttributeValue>) -> Self {
        self.add.push((path, value.into()));
        self
    }

    /// Takes elements out of a set.
    #[must_use]
    pub fn delete(mut self, path: Path, value: impl Into<AttributeValue>) -> Self {
        self.delete.push((path, value.into()));
        self
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty() && self.add.is_empty() && self.delete.is_empty()
    }

    /// Every path that is changed, clause by clause.
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
    /// A value.
    pub fn value(value: impl Into<AttributeValue>) -> Self {
        Self::Value(value.into())
    }

    /// What stands at `path`, or else `otherwise`.
    pub fn if_not_exists(path: Path, otherwise: impl Into<UpdateOperand>) -> Self {
        Self::IfNotExists(path, Box::new(otherwise.into()))
    }

    /// The elements of `first`, then those of `second`.
    pub fn list_append(first: impl Into<UpdateOperand>, second: impl Into<UpdateOperand>) -> Self {
        Self::ListAppend(Box::new(first.into()), Box::new(second.into()))
    }
}

impl From<Path> for UpdateOperand {
    fn from(path: Path) -> Self {
        Self::Path(path)
    }
}

impl From<AttributeValue> for UpdateOperand {
    fn from(value: AttributeValue) -> Self {
        Self::Value(value)
    }
}

impl<O: Into<UpdateOperand>> From<O> for SetValue {
    fn from(operand: O) -> Self {
        Self::Operand(operand.into())
    }
}
