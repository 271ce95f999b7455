//! Lookups and their combinations without the model's type, as the planner reads them.

use super::{CodecError, Comparand, TextLookupError};
use crate::expression::{Comparator, Condition, Operand, Path};
use crate::value::AttributeValue;

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
}

/// A combination of lookups.
#[derive(Clone, PartialEq, Debug)]
pub enum Filter {
    /// One lookup.
    Lookup(Lookup),
    /// All of these; true if there are none.
    All(Vec<Filter>),
    /// At least one of these; false if there are none.
    Any(Vec<Filter>),
    /// The negation of this.
    Not(Box<Filter>),
    /// A lookup that is invalid. Planning the queryset returns the error.
    Invalid(InvalidLookup),
}

/// Reason why a lookup is invalid.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidLookup {
    /// DynamoDB cannot store the operand.
    #[error(transparent)]
    Operand(#[from] CodecError),
    /// The text is not a lookup of the model.
    #[error(transparent)]
    Text(#[from] TextLookupError),
}

crate::debug_by_message!(
    enum InvalidLookup {
        Operand(error),
        Text(error),
    }
);

impl Lookup {
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
            LookupOperator::In(values) if values.is_empty() => Condition::Or(Vec::new()),
            LookupOperator::In(values) => {
                Condition::In(path().into(), values.iter().cloned().map(Operand::Value).collect())
            }
            LookupOperator::Exists => Condition::AttributeExists(path()),
            LookupOperator::NotExists => Condition::AttributeNotExists(path()),
            LookupOperator::StartsWith(prefix) => Condition::BeginsWith(path(), prefix.clone().into()),
            LookupOperator::Contains(part) => Condition::Contains(path(), part.clone().into()),
            LookupOperator::Field(comparator, other) => Condition::compare(path(), *comparator, other.clone()),
        }
    }
}

impl LookupOperator {
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

impl Filter {
    /// Returns the conjunction of `self` and `other`. Nested conjunctions are flattened.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut all), Self::All(more)) => {
                all.extend(more);
                Self::All(all)
            }
            (Self::All(mut all), other) => {
                all.push(other);
                Self::All(all)
            }
            (this, Self::All(mut all)) => {
                all.insert(0, this);
                Self::All(all)
            }
            (this, other) => Self::All(vec![this, other]),
        }
    }

    /// Returns the disjunction of `self` and `other`. Nested disjunctions are flattened.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any(mut any), Self::Any(more)) => {
                any.extend(more);
                Self::Any(any)
            }
            (Self::Any(mut any), other) => {
                any.push(other);
                Self::Any(any)
            }
            (this, other) => Self::Any(vec![this, other]),
        }
    }

    /// Returns the negation. A double negation is removed.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Not(filter) => *filter,
            filter => Self::Not(Box::new(filter)),
        }
    }
}
