//! Key conditions from text: the attributes of a key are found in a parsed condition by their names.

use super::{KeyAttribute, KeySchema};
use crate::expression::{Comparator, Condition, KeyCondition, Operand, ParsedKeyCondition, Path, RangeCondition, tree};
use crate::value::{AttributeValue, Name};

/// The reason for which a condition is no key condition. The messages are those of the service.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyConditionError {
    /// A path leads into a key attribute.
    #[error("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {0}")]
    PathIntoKey(Name),
    /// An operator or function is not available for keys.
    #[error("Invalid operator used in KeyConditionExpression: {0}")]
    Operator(&'static str),
    /// An operand is the result of a function.
    #[error("KeyConditionExpressions cannot contain nested operations")]
    NestedOperation,
    /// An operand is inside an attribute.
    #[error("KeyConditionExpressions cannot have conditions on nested attributes")]
    NestedAttribute,
    /// One condition names two attributes.
    #[error("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")]
    SeveralNames,
    /// One condition names no attribute.
    #[error("Invalid condition in KeyConditionExpression: No key attribute specified")]
    NoName,
    /// The first operand is not the attribute.
    #[error(
        "Invalid condition in KeyConditionExpression: {0} operator must have the key attribute as its first operand"
    )]
    FirstOperand(&'static str),
    /// Two conditions name the same attribute.
    #[error("KeyConditionExpressions must only contain one condition per key")]
    TwoConditionsOnKey,
    /// The key has one or two attributes, but there are more conditions than two.
    #[error("Conditions can be of length 1 or 2 only")]
    TooManyConditions,
    /// The conditions select no contiguous range of one partition.
    #[error("Query key condition not supported")]
    NotSupported,
    /// An attribute of the key has no condition.
    #[error("Query condition missed key schema element: {0}")]
    Missed(Name),
    /// A value has another type than its key attribute.
    #[error("One or more parameter values were invalid: Condition parameter type does not match schema type")]
    OperandType,
}

crate::debug_by_message!(
    enum KeyConditionError {
        PathIntoKey(name),
        Operator(operator),
        NestedOperation,
        NestedAttribute,
        SeveralNames,
        NoName,
        FirstOperand(operator),
        TwoConditionsOnKey,
        TooManyConditions,
        NotSupported,
        Missed(name),
        OperandType,
    }
);

impl ParsedKeyCondition {
    /// Returns the key condition on the table or index that has the key `key`.
    ///
    /// ```
    /// use djamodb_core::expression::{Parser, Placeholders};
    /// use djamodb_core::schema::{KeyAttribute, KeySchema};
    /// use djamodb_core::value::AttributeValue;
    ///
    /// let mut placeholders = Placeholders::default();
    /// placeholders.values.insert(":from".into(), AttributeValue::s("2014-01-01"));
    /// let parsed = Parser::new(&placeholders)?.key_condition("visited > :from")?;
    /// let key = KeySchema::hash_and_range(KeyAttribute::s("city"), KeyAttribute::s("visited"));
    /// assert_eq!(parsed.for_key(&key).unwrap_err().to_string(), "Query condition missed key schema element: city");
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`KeyConditionError::PathIntoKey`] or [`KeyConditionError::NestedAttribute`] if an operand is inside an attribute,
    /// - [`KeyConditionError::Operator`] or [`KeyConditionError::NestedOperation`] if an operator or function is not available for keys,
    /// - [`KeyConditionError::SeveralNames`], [`KeyConditionError::NoName`] or [`KeyConditionError::FirstOperand`] if a condition does not
    ///   compare an attribute with values,
    /// - [`KeyConditionError::TwoConditionsOnKey`] or [`KeyConditionError::TooManyConditions`] if there are too many conditions,
    /// - [`KeyConditionError::NotSupported`] or [`KeyConditionError::Missed`] if the conditions select no contiguous range of one partition,
    /// - [`KeyConditionError::OperandType`] if a value has another type than its attribute.
    pub fn for_key(&self, key: &KeySchema) -> Result<KeyCondition, KeyConditionError> {
        let paths = self.condition().paths();
        let is_entered = |name: &Name| paths.iter().any(|path| path.name == *name && !path.steps.is_empty());
        if let Some(name) = key.names().find(|name| is_entered(name)) {
            return Err(KeyConditionError::PathIntoKey(name.clone()));
        }
        in_order_of(key, self.conditions()?)
    }

    /// Returns the key condition on any table or index, if only one of its attributes can be the hash attribute.
    ///
    /// That is so for one or two conditions of which one is an equality, as in most queries. `None` means that the key must be known: for
    /// equalities of several attributes, and for conditions with errors, which [`for_key`](Self::for_key) returns. The table may
    /// have another key, on which the driver refuses the query.
    ///
    /// ```
    /// use djamodb_core::expression::{KeyCondition, Parser, Placeholders, RangeCondition};
    /// use djamodb_core::value::AttributeValue;
    ///
    /// let mut placeholders = Placeholders::default();
    /// placeholders.values.insert(":city".into(), AttributeValue::s("Seattle"));
    /// placeholders.values.insert(":from".into(), AttributeValue::s("2014-01-01"));
    /// let mut parser = Parser::new(&placeholders)?;
    /// let parsed = parser.key_condition("visited > :from AND city = :city")?;
    /// let expected = KeyCondition::hash("city", "Seattle").range("visited", RangeCondition::Gt("2014-01-01".into()));
    /// assert_eq!(parsed.for_any_key(), Some(expected));
    /// assert_eq!(parser.key_condition("visited = :from AND city = :city")?.for_any_key(), None);
    /// # Ok::<(), djamodb_core::expression::ParseError>(())
    /// ```
    pub fn for_any_key(&self) -> Option<KeyCondition> {
        let mut hash = Vec::new();
        let mut range = Vec::new();
        for (name, condition) in self.conditions().ok()? {
            match condition {
                RangeCondition::Eq(value) => hash.push((name.clone(), value)),
                condition => range.push((name.clone(), condition)),
            }
        }
        (hash.len() == 1 && range.len() <= 1).then_some(KeyCondition { hash, range })
    }

    /// Returns the conditions on attributes, each on another one.
    fn conditions(&self) -> Result<Vec<(&Name, RangeCondition)>, KeyConditionError> {
        let mut conditions: Vec<(&Name, RangeCondition)> = Vec::new();
        for (condition, _) in tree::nodes(self.condition()) {
            if matches!(condition, Condition::And(_)) {
                continue;
            }
            let (name, range) = on_attribute(condition)?;
            if conditions.iter().any(|(other, _)| *other == name) {
                return Err(KeyConditionError::TwoConditionsOnKey);
            }
            conditions.push((name, range));
        }
        Ok(conditions)
    }
}

/// Returns the conditions in the order of the attributes of a key.
fn in_order_of(
    key: &KeySchema,
    mut conditions: Vec<(&Name, RangeCondition)>,
) -> Result<KeyCondition, KeyConditionError> {
    let attributes = key.attributes().count();
    if conditions.len() > attributes {
        let is_too_many = attributes <= 2 && conditions.len() > 2;
        return Err(if is_too_many { KeyConditionError::TooManyConditions } else { KeyConditionError::NotSupported });
    }
    let mut ordered = KeyCondition { hash: Vec::new(), range: Vec::new() };
    for attribute in &key.hash {
        let RangeCondition::Eq(value) = take(attribute, &mut conditions)? else {
            return Err(KeyConditionError::NotSupported);
        };
        ordered.hash.push((attribute.name.clone(), value));
    }
    for attribute in &key.range {
        if conditions.is_empty() {
            break;
        }
        let range = take(attribute, &mut conditions)?;
        if !matches!(range, RangeCondition::Eq(_)) && !conditions.is_empty() {
            return Err(KeyConditionError::NotSupported);
        }
        ordered.range.push((attribute.name.clone(), range));
    }
    Ok(ordered)
}

/// Removes the condition on an attribute.
fn take(
    attribute: &KeyAttribute,
    conditions: &mut Vec<(&Name, RangeCondition)>,
) -> Result<RangeCondition, KeyConditionError> {
    let at = conditions.iter().position(|(name, _)| **name == attribute.name);
    let at = at.ok_or_else(|| KeyConditionError::Missed(attribute.name.clone()))?;
    let (_, range) = conditions.swap_remove(at);
    if range.values().any(|value| value.value_type() != attribute.scalar.value_type()) {
        return Err(KeyConditionError::OperandType);
    }
    Ok(range)
}

/// Returns the attribute of a condition, and the condition on it.
fn on_attribute(condition: &Condition) -> Result<(&Name, RangeCondition), KeyConditionError> {
    match condition {
        Condition::Compare(_, Comparator::Ne, _) => Err(KeyConditionError::Operator("<>")),
        Condition::Compare(left, comparator, right) => {
            let (name, value, is_flipped) = name_and_value(left, right)?;
            let comparator = if is_flipped { comparator.flipped() } else { *comparator };
            Ok((name, compared(comparator, value.clone())?))
        }
        Condition::Between(operand, low, high) => {
            let name = first_name("BETWEEN", operand)?;
            let (low, high) = (value_of(low)?, value_of(high)?);
            Ok((name, RangeCondition::Between(low.clone(), high.clone())))
        }
        Condition::BeginsWith(operand, prefix) => {
            let name = first_name("begins_with", operand)?;
            Ok((name, RangeCondition::BeginsWith(value_of(prefix)?.clone())))
        }
        Condition::In(..) => Err(KeyConditionError::Operator("IN")),
        Condition::AttributeExists(_) => Err(KeyConditionError::Operator("attribute_exists")),
        Condition::AttributeNotExists(_) => Err(KeyConditionError::Operator("attribute_not_exists")),
        Condition::AttributeType(..) => Err(KeyConditionError::Operator("attribute_type")),
        Condition::Contains(..) => Err(KeyConditionError::Operator("contains")),
        Condition::And(_) => Err(KeyConditionError::Operator("AND")),
        Condition::Or(_) => Err(KeyConditionError::Operator("OR")),
        Condition::Not(_) => Err(KeyConditionError::Operator("NOT")),
    }
}

/// Returns the attribute and the value of a comparison, and `true` if the value is the left operand.
fn name_and_value<'a>(
    left: &'a Operand,
    right: &'a Operand,
) -> Result<(&'a Name, &'a AttributeValue, bool), KeyConditionError> {
    match (left, right) {
        (Operand::Value(value), Operand::Path(path)) => Ok((attribute(path)?, value, true)),
        (Operand::Value(_), Operand::Value(_)) => Err(KeyConditionError::NoName),
        (Operand::Path(path), right) => Ok((attribute(path)?, value_of(right)?, false)),
        _ => Err(KeyConditionError::NestedOperation),
    }
}

fn first_name<'a>(operator: &'static str, operand: &'a Operand) -> Result<&'a Name, KeyConditionError> {
    match operand {
        Operand::Path(path) => attribute(path),
        Operand::Value(_) => Err(KeyConditionError::FirstOperand(operator)),
        Operand::Size(_) | Operand::SizeOf(_) => Err(KeyConditionError::NestedOperation),
    }
}

fn attribute(path: &Path) -> Result<&Name, KeyConditionError> {
    path.as_attribute().ok_or(KeyConditionError::NestedAttribute)
}

/// Returns the value of an operand after the attribute.
fn value_of(operand: &Operand) -> Result<&AttributeValue, KeyConditionError> {
    match operand {
        Operand::Value(value) => Ok(value),
        Operand::Path(_) => Err(KeyConditionError::SeveralNames),
        Operand::Size(_) | Operand::SizeOf(_) => Err(KeyConditionError::NestedOperation),
    }
}

fn compared(comparator: Comparator, value: AttributeValue) -> Result<RangeCondition, KeyConditionError> {
    Ok(match comparator {
        Comparator::Eq => RangeCondition::Eq(value),
        Comparator::Lt => RangeCondition::Lt(value),
        Comparator::Le => RangeCondition::Le(value),
        Comparator::Gt => RangeCondition::Gt(value),
        Comparator::Ge => RangeCondition::Ge(value),
        Comparator::Ne => return Err(KeyConditionError::Operator("<>")),
    })
}

#[cfg(test)]
mod tests;
