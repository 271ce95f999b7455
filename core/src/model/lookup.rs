//! Lookups and their combinations, as the planner sees them: without the model's type.

use super::{CodecError, Compared, TextLookupError};
use crate::expression::{Comparator, Condition, Operand, Path};
use crate::value::AttributeValue;

/// One lookup: a place in the item, and what must be true of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Lookup {
    /// The place.
    pub path: Path,
    /// What must be true of it.
    pub operator: LookupOperator,
}

/// What a lookup asks.
#[derive(Clone, PartialEq, Debug)]
pub enum LookupOperator {
    /// Is this value.
    Eq(AttributeValue),
    /// Is not this value, or is missing.
    Ne(AttributeValue),
    /// Is less.
    Lt(AttributeValue),
    /// Is this or less.
    Lte(AttributeValue),
    /// Is greater.
    Gt(AttributeValue),
    /// Is this or greater.
    Gte(AttributeValue),
    /// Lies between, both included.
    Between(AttributeValue, AttributeValue),
    /// Is one of these.
    In(Vec<AttributeValue>),
    /// Is there.
    Exists,
    /// Is not there.
    NotExists,
    /// Begins with this.
    StartsWith(AttributeValue),
    /// Contains this.
    Contains(AttributeValue),
    /// Compares so with what stands at another place of the same item.
    Field(Comparator, Path),
}

/// Lookups combined.
#[derive(Clone, PartialEq, Debug)]
pub enum Filter {
    /// One lookup.
    Lookup(Lookup),
    /// All of them; true when there are none.
    All(Vec<Filter>),
    /// At least one of them; false when there are none.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// A lookup that could not be made; the error is told when the queryset is planned.
    Invalid(InvalidLookup),
}

/// Why a lookup could not be made.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidLookup {
    /// The operand is nothing that DynamoDB can hold.
    #[error(transparent)]
    Operand(#[from] CodecError),
    /// The text is no lookup.
    #[error(transparent)]
    Text(#[from] TextLookupError),
}

impl Lookup {
    /// The same as a condition. `In` without values has no such form: [`Condition::Or`] of nothing, which is never true.
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
    /// A comparison.
    pub fn compare(comparator: Comparator, right: Compared) -> Self {
        match (comparator, right) {
            (comparator, Compared::Field(path)) => Self::Field(comparator, path),
            (Comparator::Eq, Compared::Value(value)) => Self::Eq(value),
            (Comparator::Ne, Compared::Value(value)) => Self::Ne(value),
            (Comparator::Lt, Compared::Value(value)) => Self::Lt(value),
            (Comparator::Le, Compared::Value(value)) => Self::Lte(value),
            (Comparator::Gt, Compared::Value(value)) => Self::Gt(value),
            (Comparator::Ge, Compared::Value(value)) => Self::Gte(value),
        }
    }
}

impl Filter {
    /// Both this and `other`, without nesting deeper than needed.
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

    /// This or `other`, without nesting deeper than needed.
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

    /// Not this.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Not(filter) => *filter,
            filter => Self::Not(Box::new(filter)),
        }
    }
}
