//! Conditions on items.

use std::fmt;

use super::Path;
use super::tree::{self, Tree};
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
///
/// A condition can be of any size and depth: no operation on it needs a deep stack. With the feature `serde`,
/// more than 128 levels are not serialized.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self"))]
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
    /// `attribute_type(operand, type)`.
    AttributeType(Operand, ValueType),
    /// `begins_with(operand, prefix)`, for strings and binary values.
    BeginsWith(Operand, Operand),
    /// `contains(operand, part)`: a substring of a string, or an element of a set or list.
    Contains(Operand, Operand),
    /// All conditions hold.
    And(Vec<Condition>),
    /// At least one condition holds.
    Or(Vec<Condition>),
    /// The condition does not hold.
    Not(Box<Condition>),
}

/// An operand of a comparison or function.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Operand {
    /// Value at a path.
    Path(Path),
    /// Literal value.
    Value(AttributeValue),
    /// `size(path)`: number of characters, bytes or elements of the value at a path.
    Size(Path),
    /// `size(value)`: the same number of a literal value.
    SizeOf(AttributeValue),
}

/// A comparison operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    pub fn and(mut self, mut other: Self) -> Self {
        match (&mut self, &mut other) {
            (Self::And(all), Self::And(more)) => all.append(more),
            (Self::And(all), _) => all.push(other),
            _ => return Self::And(vec![self, other]),
        }
        self
    }

    /// Returns the condition that this one does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Returns this condition and all conditions inside it, each before those inside it.
    ///
    /// ```
    /// use djamodb_core::expression::{Condition, Path};
    ///
    /// let exists = Condition::AttributeExists(Path::new("kind"));
    /// assert_eq!(exists.clone().and(exists.negate()).nodes().count(), 4);
    /// ```
    pub fn nodes(&self) -> impl Iterator<Item = &Self> {
        tree::nodes(self).map(|(condition, _)| condition)
    }

    /// Returns every path that the condition refers to, with repetitions.
    pub fn paths(&self) -> Vec<&Path> {
        let mut paths = Vec::new();
        for condition in self.nodes() {
            condition.visit_own_paths(|path| paths.push(path));
        }
        paths
    }

    /// Calls `visit` with each path of the condition, without those of the conditions inside it.
    pub(super) fn visit_own_paths<'a>(&'a self, mut visit: impl FnMut(&'a Path)) {
        match self {
            Self::Compare(left, _, right) | Self::BeginsWith(left, right) | Self::Contains(left, right) => {
                [left, right].into_iter().filter_map(Operand::path).for_each(visit);
            }
            Self::Between(operand, low, high) => {
                [operand, low, high].into_iter().filter_map(Operand::path).for_each(visit);
            }
            Self::In(operand, operands) => {
                std::iter::once(operand).chain(operands).filter_map(Operand::path).for_each(visit);
            }
            Self::AttributeExists(path) | Self::AttributeNotExists(path) => visit(path),
            Self::AttributeType(operand, _) => operand.path().into_iter().for_each(visit),
            Self::And(_) | Self::Or(_) | Self::Not(_) => {}
        }
    }
}

impl Tree for Condition {
    fn parts(&self) -> &[Self] {
        match self {
            Self::And(conditions) | Self::Or(conditions) => conditions,
            Self::Not(condition) => std::slice::from_ref(condition.as_ref()),
            _ => &[],
        }
    }

    fn parts_mut(&mut self) -> &mut [Self] {
        match self {
            Self::And(conditions) | Self::Or(conditions) => conditions,
            Self::Not(condition) => std::slice::from_mut(condition.as_mut()),
            _ => &mut [],
        }
    }

    fn placeholder() -> Self {
        Self::Or(Vec::new())
    }

    fn without_parts(&self) -> Self {
        let placeholders = |count| std::iter::repeat_with(Self::placeholder).take(count).collect();
        match self {
            Self::Compare(left, comparator, right) => Self::Compare(left.clone(), *comparator, right.clone()),
            Self::Between(operand, low, high) => Self::Between(operand.clone(), low.clone(), high.clone()),
            Self::In(operand, operands) => Self::In(operand.clone(), operands.clone()),
            Self::AttributeExists(path) => Self::AttributeExists(path.clone()),
            Self::AttributeNotExists(path) => Self::AttributeNotExists(path.clone()),
            Self::AttributeType(operand, value_type) => Self::AttributeType(operand.clone(), *value_type),
            Self::BeginsWith(operand, prefix) => Self::BeginsWith(operand.clone(), prefix.clone()),
            Self::Contains(operand, part) => Self::Contains(operand.clone(), part.clone()),
            Self::And(conditions) => Self::And(placeholders(conditions.len())),
            Self::Or(conditions) => Self::Or(placeholders(conditions.len())),
            Self::Not(_) => Self::Not(Box::new(Self::placeholder())),
        }
    }

    fn equals_without_parts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Compare(left, comparator, right), Self::Compare(one, operator, two)) => {
                (left, comparator, right) == (one, operator, two)
            }
            (Self::Between(value, low, high), Self::Between(other, from, to)) => {
                (value, low, high) == (other, from, to)
            }
            (Self::In(value, list), Self::In(other, others)) => (value, list) == (other, others),
            (Self::AttributeExists(path), Self::AttributeExists(other))
            | (Self::AttributeNotExists(path), Self::AttributeNotExists(other)) => path == other,
            (Self::AttributeType(operand, value_type), Self::AttributeType(other, found)) => {
                (operand, value_type) == (other, found)
            }
            (Self::BeginsWith(operand, part), Self::BeginsWith(other, found))
            | (Self::Contains(operand, part), Self::Contains(other, found)) => (operand, part) == (other, found),
            (Self::And(conditions), Self::And(others)) | (Self::Or(conditions), Self::Or(others)) => {
                conditions.len() == others.len()
            }
            (Self::Not(_), Self::Not(_)) => true,
            _ => false,
        }
    }

    fn fmt_node(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(left, comparator, right) => {
                f.debug_tuple("Compare").field(left).field(comparator).field(right).finish()
            }
            Self::Between(operand, low, high) => {
                f.debug_tuple("Between").field(operand).field(low).field(high).finish()
            }
            Self::In(operand, operands) => f.debug_tuple("In").field(operand).field(operands).finish(),
            Self::AttributeExists(path) => f.debug_tuple("AttributeExists").field(path).finish(),
            Self::AttributeNotExists(path) => f.debug_tuple("AttributeNotExists").field(path).finish(),
            Self::AttributeType(operand, value_type) => {
                f.debug_tuple("AttributeType").field(operand).field(value_type).finish()
            }
            Self::BeginsWith(operand, prefix) => f.debug_tuple("BeginsWith").field(operand).field(prefix).finish(),
            Self::Contains(operand, part) => f.debug_tuple("Contains").field(operand).field(part).finish(),
            Self::And(_) => f.write_str("And"),
            Self::Or(_) => f.write_str("Or"),
            Self::Not(_) => f.write_str("Not"),
        }
    }
}

impl Clone for Condition {
    fn clone(&self) -> Self {
        tree::copy(self)
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        tree::equal(self, other)
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tree::debug(self, f)
    }
}

impl Drop for Condition {
    fn drop(&mut self) {
        tree::take_deep(self);
    }
}

impl Operand {
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) | Self::Size(path) => Some(path),
            Self::Value(_) | Self::SizeOf(_) => None,
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
