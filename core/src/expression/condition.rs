//! Conditions on items.

use serde::{Deserialize, Serialize};

use super::Path;
use crate::value::{AttributeValue, ValueType};

/// A condition on an item: the condition expression of a write or the filter expression of a read.
///
/// See [condition and filter expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html).
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, Path};
/// use djamodb_core::value::Item;
///
/// let hot = Condition::compare(Path::new("temp_max"), Comparator::Gt, 30);
/// assert!(hot.matches(&Item::new().with("temp_max", 31))?);
/// assert!(!hot.matches(&Item::new())?);
/// assert_eq!(hot.to_string(), "temp_max > 30");
/// # Ok::<(), djamodb_core::expression::EvaluateError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// `left = right`, or another comparison.
    Compare(Operand, Comparator, Operand),
    /// `operand BETWEEN low AND high`, both ends included.
    Between(Operand, Operand, Operand),
    /// `operand IN (…)`: 1 to 100 operands.
    In(Operand, Vec<Operand>),
    /// `attribute_exists(path)`.
    AttributeExists(Path),
    /// `attribute_not_exists(path)`.
    AttributeNotExists(Path),
    /// `attribute_type(path, type)`.
    AttributeType(Path, ValueType),
    /// `begins_with(path, operand)`, for strings and binary values.
    BeginsWith(Path, Operand),
    /// `contains(path, operand)`: a substring of a string, or an element of a set or list.
    Contains(Path, Operand),
    /// All conditions hold.
    And(Vec<Condition>),
    /// At least one condition holds.
    Or(Vec<Condition>),
    /// The condition does not hold.
    Not(Box<Condition>),
}

/// An operand of a comparison or function.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Operand {
    /// Value at a path.
    Path(Path),
    /// Literal value.
    Value(AttributeValue),
    /// `size(path)`: number of characters, bytes or elements of the value at a path.
    Size(Path),
}

/// A comparison operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Comparator {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparator {
    /// Returns the operator as written in an expression.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// Returns the operator that holds for the same operands in reverse order.
    pub(crate) const fn flipped(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Eq | Self::Ne => self,
        }
    }
}

impl Condition {
    /// Creates the comparison `left comparator right`.
    pub fn compare(left: impl Into<Operand>, comparator: Comparator, right: impl Into<Operand>) -> Self {
        Self::Compare(left.into(), comparator, right.into())
    }

    /// Returns the condition that both this one and `other` hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::And(mut all), Self::And(more)) => {
                all.extend(more);
                Self::And(all)
            }
            (Self::And(mut all), other) => {
                all.push(other);
                Self::And(all)
            }
            (this, other) => Self::And(vec![this, other]),
        }
    }

    /// Returns the condition that this one does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Returns every path that the condition refers to, with repetitions.
    pub fn paths(&self) -> Vec<&Path> {
        let mut paths = Vec::new();
        self.collect_paths(&mut paths);
        paths
    }

    fn collect_paths<'a>(&'a self, paths: &mut Vec<&'a Path>) {
        match self {
            Self::Compare(left, _, right) => paths.extend([left, right].into_iter().filter_map(Operand::path)),
            Self::Between(operand, low, high) => {
                paths.extend([operand, low, high].into_iter().filter_map(Operand::path));
            }
            Self::In(operand, operands) => {
                paths.extend(std::iter::once(operand).chain(operands).filter_map(Operand::path));
            }
            Self::AttributeExists(path) | Self::AttributeNotExists(path) | Self::AttributeType(path, _) => {
                paths.push(path);
            }
            Self::BeginsWith(path, operand) | Self::Contains(path, operand) => {
                paths.push(path);
                paths.extend(operand.path());
            }
            Self::And(conditions) | Self::Or(conditions) => {
                for condition in conditions {
                    condition.collect_paths(paths);
                }
            }
            Self::Not(condition) => condition.collect_paths(paths),
        }
    }
}

impl Operand {
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) | Self::Size(path) => Some(path),
            Self::Value(_) => None,
        }
    }
}

impl From<Path> for Operand {
    fn from(path: Path) -> Self {
        Self::Path(path)
    }
}

impl<V: Into<AttributeValue>> From<V> for Operand {
    fn from(value: V) -> Self {
        Self::Value(value.into())
    }
}
