//! Key conditions: every hash attribute by equality, range attributes from the left, any condition on the last.

use djamodb_core::expression::{Comparator, Condition, KeyCondition, Operand, Path, RangeCondition};
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::value::size::value_bytes;
use djamodb_core::value::{AttributeValue, Name};

use super::key::{empty_kind, lengths};
use super::{path, value};
use crate::error::{Invalid, Kind};
use crate::key_range::Part;
use crate::schema::IndexSchema;

/// A key condition by itself.
pub(crate) fn request(condition: &KeyCondition) -> Result<(), Invalid> {
    for (name, value) in &condition.hash {
        path::names(&Path::new(name))?;
        value::literal(value)?;
    }
    for (name, range) in &condition.range {
        path::names(&Path::new(name))?;
        values(range).try_for_each(value::literal)?;
        let reason = as_condition(name, range).validate();
        reason.map_err(|reason| Invalid::Condition { kind: Kind::KeyCondition, reason })?;
    }
    let mut names = condition.hash.iter().map(|(name, _)| name).chain(condition.range.iter().map(|(name, _)| name));
    while let Some(name) = names.next() {
        if names.clone().any(|other| other == name) {
            return Err(Invalid::TwoConditionsOnKey);
        }
    }
    if condition.hash.is_empty() && condition.range.is_empty() {
        return Err(Invalid::EmptyExpression(Kind::KeyCondition));
    }
    Ok(())
}

/// The part of a partition that a key condition names under `schema`, the key schema of a table or of `index`.
///
/// It goes by the names alone, as the service does: to an expression it is the same whether an equality was meant for a
/// hash or for a range attribute.
pub(crate) fn part<'a>(
    schema: &KeySchema,
    index: Option<&IndexSchema>,
    condition: &'a KeyCondition,
) -> Result<Part<'a>, Invalid> {
    let given = condition.hash.len() + condition.range.len();
    let attributes = schema.hash.len() + schema.range.len();
    if given > attributes {
        return Err(if attributes <= 2 && given > 2 { Invalid::TooManyKeyConditions } else { Invalid::KeyCondition });
    }
    let mut part = Part { equal: Vec::with_capacity(given), last: None };
    let mut bytes = Bytes::default();
    for attribute in &schema.hash {
        let found = Found::of(attribute, condition)?;
        found.check(attribute, index)?;
        let Found::Equal(value) = found else {
            return Err(Invalid::KeyCondition);
        };
        bytes.hash += value_bytes(value);
        part.equal.push(value);
    }
    for attribute in &schema.range {
        if part.equal.len() + usize::from(part.last.is_some()) == given {
            break;
        }
        // Something is left, so that it can only be for this attribute.
        let found = Found::of(attribute, condition)?;
        if part.last.is_some() {
            return Err(Invalid::KeyCondition);
        }
        found.check(attribute, index)?;
        bytes.range += found.bytes();
        match found {
            Found::Equal(value) => part.equal.push(value),
            Found::Range(range) => part.last = Some(range),
        }
    }
    lengths(bytes.hash, bytes.range)?;
    Ok(part)
}

/// The bytes of the operands.
#[derive(Default)]
struct Bytes {
    hash: usize,
    range: usize,
}

/// What a key condition says about one attribute.
#[derive(Clone, Copy)]
enum Found<'a> {
    Equal(&'a AttributeValue),
    Range(&'a RangeCondition),
}

impl<'a> Found<'a> {
    fn of(attribute: &KeyAttribute, condition: &'a KeyCondition) -> Result<Self, Invalid> {
        if let Some((_, value)) = condition.hash.iter().find(|(name, _)| *name == attribute.name) {
            return Ok(Self::Equal(value));
        }
        match condition.range.iter().find(|(name, _)| *name == attribute.name) {
            Some((_, RangeCondition::Eq(value))) => Ok(Self::Equal(value)),
            Some((_, range)) => Ok(Self::Range(range)),
            None => Err(Invalid::KeyConditionMissed(attribute.name.clone())),
        }
    }

    fn check(self, attribute: &KeyAttribute, index: Option<&IndexSchema>) -> Result<(), Invalid> {
        self.values().try_for_each(|value| {
            if value.value_type() != attribute.scalar.value_type() {
                return Err(Invalid::KeyConditionType);
            }
            match (empty_kind(value), index) {
                (None, _) => Ok(()),
                (Some(kind), None) => Err(Invalid::EmptyKey { name: attribute.name.clone(), kind }),
                (Some(kind), Some(index)) => {
                    Err(Invalid::EmptyIndexKey { index: index.name.clone(), name: attribute.name.clone(), kind })
                }
            }
        })
    }

    /// The size of the larger operand.
    fn bytes(self) -> usize {
        self.values().map(value_bytes).max().unwrap_or(0)
    }

    fn values(self) -> impl Iterator<Item = &'a AttributeValue> {
        let (one, two) = match self {
            Self::Equal(value) => (Some(value), None),
            Self::Range(range) => {
                let mut values = values(range);
                (values.next(), values.next())
            }
        };
        one.into_iter().chain(two)
    }
}

/// The one or two operands of a range condition.
fn values(range: &RangeCondition) -> impl Iterator<Item = &AttributeValue> {
    let (one, two) = match range {
        RangeCondition::Eq(value)
        | RangeCondition::Lt(value)
        | RangeCondition::Le(value)
        | RangeCondition::Gt(value)
        | RangeCondition::Ge(value)
        | RangeCondition::BeginsWith(value) => (value, None),
        RangeCondition::Between(low, high) => (low, Some(high)),
    };
    std::iter::once(one).chain(two)
}

/// The same as a condition, which knows what operands each operator takes.
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
        RangeCondition::BeginsWith(prefix) => Condition::BeginsWith(path.clone(), operand(prefix)),
    }
}
