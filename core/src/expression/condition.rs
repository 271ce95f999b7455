//! Conditions: what an item must satisfy.

use serde::{Deserialize, Serialize};

use super::Path;
use crate::value::{AttributeValue, ValueType};

/// What an item must satisfy, as a condition or as a filter.
///
/// See [condition expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html).
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
    /// `left op right`.
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
    /// `begins_with(path, operand)`: texts and binary data.
    BeginsWith(Path, Operand),
    /// `contains(path, operand)`: a text in a text, an element of a set or of a list.
    Contains(Path, Operand),
    /// All of them.
    And(Vec<Condition>),
    /// At least one of them.
    Or(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// One side of a comparison.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Operand {
    /// What stands at a path.
    Path(Path),
    /// A value.
    Value(AttributeValue),
    /// The size of what stands at a path: characters, bytes or elements.
    Size(Path),
}

/// How two operands compare.
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
    /// As it is written in an expression.
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

    /// What holds of the operands the other way round.
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
    /// `left op right`.
    pub fn compare(left: impl Into<Operand>, comparator: Comparator, right: impl Into<Operand>) -> Self {
        Self::Compare(left.into(), comparator, right.into())
    }

    /// Both this and `other`.
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

    /// Not this.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Every path that this condition looks at.
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
