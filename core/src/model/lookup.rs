//! Lookups without the model's type, as the planner reads them.

use super::Comparand;
use crate::expression::{Comparator, Condition, Operand, Path};
use crate::value::{AttributeValue, ValueType};

/// A path in the item and the comparison that its value must satisfy.
#[derive(Clone, PartialEq, Debug)]
pub struct Lookup {
    /// Path of the value.
    pub path: Path,
    /// Comparison that the value must satisfy.
    pub operator: LookupOperator,
}

/// A comparison of a lookup.
#[derive(Clone, PartialEq, Debug)]
pub enum LookupOperator {
    /// Equals the value.
    Eq(AttributeValue),
    /// Differs from the value, or is missing.
    Ne(AttributeValue),
    /// Is less than the value.
    Lt(AttributeValue),
    /// Is less than or equal to the value.
    Lte(AttributeValue),
    /// Is greater than the value.
    Gt(AttributeValue),
    /// Is greater than or equal to the value.
    Gte(AttributeValue),
    /// Lies between the low and the high value, both included.
    Between(AttributeValue, AttributeValue),
    /// Equals one of the values.
    In(Vec<AttributeValue>),
    /// Exists, including with the value NULL.
    Exists,
    /// Does not exist.
    NotExists,
    /// Begins with the value.
    StartsWith(AttributeValue),
    /// Contains the value.
    Contains(AttributeValue),
    /// Satisfies the comparison with the value at another path of the same item.
    Field(Comparator, Path),
    /// Has a size that satisfies the comparison.
    Size(SizeLookup),
    /// Is stored as the type.
    Type(ValueType),
}

/// A comparison of the size of a value.
#[derive(Clone, PartialEq, Debug)]
pub enum SizeLookup {
    /// Satisfies the comparison with a number, with the value at another path of the same item, or with its size.
    Compare(Comparator, Operand),
    /// Lies between the low and the high number, both included.
    Between(AttributeValue, AttributeValue),
    /// Equals one of the numbers.
    In(Vec<AttributeValue>),
}

impl Lookup {
    /// Returns the number of values of `is_in`, or 1 for another lookup.
    pub(crate) fn weight(&self) -> usize {
        self.operator.listed().map_or(1, |values| values.len().max(1))
    }

    /// Returns the path of the other attribute that the lookup reads, if there is one.
    pub fn other_path(&self) -> Option<&Path> {
        match &self.operator {
            LookupOperator::Field(_, path)
            | LookupOperator::Size(SizeLookup::Compare(_, Operand::Path(path) | Operand::Size(path))) => Some(path),
            _ => None,
        }
    }

    /// Returns the left side of the comparison: the value at the path, or its size.
    pub(crate) fn operand(&self) -> Operand {
        match self.operator {
            LookupOperator::Size(_) => Operand::Size(self.path.clone()),
            _ => Operand::Path(self.path.clone()),
        }
    }

    /// Returns the lookup as a condition. `In` without values becomes a [`Condition::Or`] without operands, which is never true.
    pub fn condition(&self) -> Condition {
        let path = || self.path.clone();
        let compare = |comparator, value: &AttributeValue| Condition::compare(path(), comparator, value.clone());
        match &self.operator {
            LookupOperator::Eq(value) => compare(Comparator::Eq, value),
            LookupOperator::Ne(value) => compare(Comparator::Ne, value),
            LookupOperator::Lt(value) => compare(Comparator::Lt, value),
            LookupOperator::Lte(value) => compare(Comparator::Le, value),
            LookupOperator::Gt(value) => compare(Comparator::Gt, value),
            LookupOperator::Gte(value) => compare(Comparator::Ge, value),
            LookupOperator::Between(low, high) => {
                Condition::Between(path().into(), low.clone().into(), high.clone().into())
            }
            LookupOperator::In(values) => any_of(path().into(), values),
            LookupOperator::Exists => Condition::AttributeExists(path()),
            LookupOperator::NotExists => Condition::AttributeNotExists(path()),
            LookupOperator::StartsWith(prefix) => Condition::BeginsWith(path().into(), prefix.clone().into()),
            LookupOperator::Contains(part) => Condition::Contains(path().into(), part.clone().into()),
            LookupOperator::Field(comparator, other) => Condition::compare(path(), *comparator, other.clone()),
            LookupOperator::Size(SizeLookup::Compare(comparator, other)) => {
                Condition::Compare(self.operand(), *comparator, other.clone())
            }
            LookupOperator::Size(SizeLookup::Between(low, high)) => {
                Condition::Between(self.operand(), low.clone().into(), high.clone().into())
            }
            LookupOperator::Size(SizeLookup::In(values)) => any_of(self.operand(), values),
            LookupOperator::Type(value_type) => Condition::AttributeType(path().into(), *value_type),
        }
    }
}

/// Returns the condition that the operand equals one of the values. Without values it is never true.
fn any_of(operand: Operand, values: &[AttributeValue]) -> Condition {
    if values.is_empty() {
        return Condition::Or(Vec::new());
    }
    Condition::In(operand, values.iter().cloned().map(Operand::Value).collect())
}

impl LookupOperator {
    /// Returns the values that the operator compares with.
    pub(crate) fn values(&self) -> impl Iterator<Item = &AttributeValue> {
        let (first, second): (&[AttributeValue], Option<&AttributeValue>) = match self {
            Self::Eq(value)
            | Self::Ne(value)
            | Self::Lt(value)
            | Self::Lte(value)
            | Self::Gt(value)
            | Self::Gte(value)
            | Self::StartsWith(value)
            | Self::Contains(value)
            | Self::Size(SizeLookup::Compare(_, Operand::Value(value))) => (std::slice::from_ref(value), None),
            Self::Between(low, high) | Self::Size(SizeLookup::Between(low, high)) => {
                (std::slice::from_ref(low), Some(high))
            }
            Self::In(values) | Self::Size(SizeLookup::In(values)) => (values, None),
            Self::Exists | Self::NotExists | Self::Field(..) | Self::Size(_) | Self::Type(_) => (&[], None),
        };
        first.iter().chain(second)
    }

    /// Returns the values of `is_in`, or `None` for another operator.
    pub(crate) fn listed(&self) -> Option<&[AttributeValue]> {
        match self {
            Self::In(values) | Self::Size(SizeLookup::In(values)) => Some(values),
            _ => None,
        }
    }

    /// Returns the operator for a comparison.
    pub fn compare(comparator: Comparator, right: Comparand) -> Self {
        match (comparator, right) {
            (comparator, Comparand::Path(path)) => Self::Field(comparator, path),
            (Comparator::Eq, Comparand::Value(value)) => Self::Eq(value),
            (Comparator::Ne, Comparand::Value(value)) => Self::Ne(value),
            (Comparator::Lt, Comparand::Value(value)) => Self::Lt(value),
            (Comparator::Le, Comparand::Value(value)) => Self::Lte(value),
            (Comparator::Gt, Comparand::Value(value)) => Self::Gt(value),
            (Comparator::Ge, Comparand::Value(value)) => Self::Gte(value),
        }
    }
}
