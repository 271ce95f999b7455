//! Rules for key conditions: equality on every hash attribute and on leading range attributes, any condition on the last
//! range attribute.

use djamodb_core::expression::{Comparator, Condition, ExpressionKind, KeyCondition, Operand, Path, RangeCondition};
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::value::size::value_bytes;
use djamodb_core::value::{AttributeValue, Name};

use super::key::{empty_kind, lengths};
use super::{path, value};
use crate::error::ValidationError;
use crate::index_schema::IndexSchema;
use crate::key_range::PartitionSlice;

/// Checks a key condition by itself.
pub(crate) fn request(condition: &KeyCondition) -> Result<(), ValidationError> {
    for (name, value) in &condition.hash {
        path::names(&Path::new(name))?;
        value::literal(value)?;
    }
    for (name, range) in &condition.range {
        path::names(&Path::new(name))?;
        range.values().try_for_each(value::literal)?;
        let reason = as_condition(name, range).validate();
        reason.map_err(|reason| ValidationError::Condition { kind: ExpressionKind::KeyCondition, reason })?;
    }
    let mut names = condition.hash.iter().map(|(name, _)| name).chain(condition.range.iter().map(|(name, _)| name));
    while let Some(name) = names.next() {
        if names.clone().any(|other| other == name) {
            return Err(ValidationError::TwoConditionsOnKey);
        }
    }
    if condition.hash.is_empty() && condition.range.is_empty() {
        return Err(ValidationError::EmptyExpression(ExpressionKind::KeyCondition));
    }
    Ok(())
}

/// Checks a key condition against `schema`, the key schema of a table or of `index`, and returns the slice of a partition
/// that it selects.
///
/// Conditions are matched to attributes by name, as in the service: an expression does not distinguish equality on a hash
/// attribute from equality on a range attribute.
pub(crate) fn slice<'a>(
    schema: &KeySchema,
    index: Option<&IndexSchema>,
    condition: &'a KeyCondition,
) -> Result<PartitionSlice<'a>, ValidationError> {
    let given = condition.hash.len() + condition.range.len();
    let attributes = schema.hash.len() + schema.range.len();
    if given > attributes {
        return Err(if attributes <= 2 && given > 2 {
            ValidationError::TooManyKeyConditions
        } else {
            ValidationError::KeyCondition
        });
    }
    let mut slice = PartitionSlice { equal: Vec::with_capacity(given), range: None };
    let mut bytes = OperandBytes::default();
    for attribute in &schema.hash {
        let on_attribute = AttributeCondition::of(attribute, condition)?;
        on_attribute.check(attribute, index)?;
        let AttributeCondition::Equal(value) = on_attribute else {
            return Err(ValidationError::KeyCondition);
        };
        bytes.hash += value_bytes(value);
        slice.equal.push(value);
    }
    for attribute in &schema.range {
        if slice.equal.len() + usize::from(slice.range.is_some()) == given {
            break;
        }
        // A condition remains. It must be on this attribute.
        let on_attribute = AttributeCondition::of(attribute, condition)?;
        if slice.range.is_some() {
            return Err(ValidationError::KeyCondition);
        }
        on_attribute.check(attribute, index)?;
        bytes.range += on_attribute.bytes();
        match on_attribute {
            AttributeCondition::Equal(value) => slice.equal.push(value),
            AttributeCondition::Range(range) => slice.range = Some(range),
        }
    }
    lengths(bytes.hash, bytes.range)?;
    Ok(slice)
}

/// Sizes of the operands in bytes.
#[derive(Default)]
struct OperandBytes {
    hash: usize,
    range: usize,
}

/// The condition on one key attribute.
#[derive(Clone, Copy)]
enum AttributeCondition<'a> {
    Equal(&'a AttributeValue),
    Range(&'a RangeCondition),
}

impl<'a> AttributeCondition<'a> {
    fn of(attribute: &KeyAttribute, condition: &'a KeyCondition) -> Result<Self, ValidationError> {
        if let Some((_, value)) = condition.hash.iter().find(|(name, _)| *name == attribute.name) {
            return Ok(Self::Equal(value));
        }
        match condition.range.iter().find(|(name, _)| *name == attribute.name) {
            Some((_, RangeCondition::Eq(value))) => Ok(Self::Equal(value)),
            Some((_, range)) => Ok(Self::Range(range)),
            None => Err(ValidationError::KeyConditionMissed(attribute.name.clone())),
        }
    }

    fn check(self, attribute: &KeyAttribute, index: Option<&IndexSchema>) -> Result<(), ValidationError> {
        self.values().try_for_each(|value| {
            if value.value_type() != attribute.scalar.value_type() {
                return Err(ValidationError::KeyConditionType);
            }
            match (empty_kind(value), index) {
                (None, _) => Ok(()),
                (Some(kind), None) => Err(ValidationError::EmptyKey { name: attribute.name.clone(), kind }),
                (Some(kind), Some(index)) => Err(ValidationError::EmptyIndexKey {
                    index: index.name.clone(),
                    name: attribute.name.clone(),
                    kind,
                }),
            }
        })
    }

    /// Returns the size of the larger operand in bytes.
    fn bytes(self) -> usize {
        self.values().map(value_bytes).max().unwrap_or(0)
    }

    fn values(self) -> impl Iterator<Item = &'a AttributeValue> {
        let (one, two) = match self {
            Self::Equal(value) => (Some(value), None),
            Self::Range(range) => {
                let mut values = range.values();
                (values.next(), values.next())
            }
        };
        one.into_iter().chain(two)
    }
}

/// Converts a range condition into a [`Condition`], whose validation covers the operand types.
fn as_condition(name: &Name, range: &RangeCondition) -> Condition {
    let path = Path::new(name);
    let operand = |value: &AttributeValue| Operand::Value(value.clone());
    let compare = |comparator, value| Condition::Compare(path.clone().into(), comparator, operand(value));
    match range {
        RangeCondition::Eq(value) => compare(Comparator::Eq, value),
        RangeCondition::Lt(value) => compare(Comparator::Lt, value),
        RangeCondition::Le(value) => compare(Comparator::Le, value),
        RangeCondition::Gt(value) => compare(Comparator::Gt, value),
        RangeCondition::Ge(value) => compare(Comparator::Ge, value),
        RangeCondition::Between(low, high) => Condition::Between(path.clone().into(), operand(low), operand(high)),
        RangeCondition::BeginsWith(prefix) => Condition::BeginsWith(path.clone().into(), operand(prefix)),
    }
}
