//! Comparisons of attributes with values: `KeyConditions`, `QueryFilter`, `ScanFilter`.

use djamodb_core::expression::{Comparator, Condition, Operand, ParsedKeyCondition, Path, order};
use djamodb_core::value::{AttributeValue, ValueType};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, List, Map, SentValue, Text, TypeName};
use crate::violations::Violations;

/// A comparison as it is sent.
#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Comparison {
    attribute_value_list: Option<List<SentValue>>,
    comparison_operator: Option<Text>,
}

impl TypeName for Comparison {
    const NAME: &'static str = "Condition";
}

/// The value of `ComparisonOperator`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operator {
    In,
    Null,
    Between,
    Lt,
    NotContains,
    Eq,
    Gt,
    NotNull,
    Ne,
    Le,
    BeginsWith,
    Ge,
    Contains,
}

/// The operators by their names, in the order in which the service lists them.
const OPERATORS: [(&str, Operator); 13] = [
    ("IN", Operator::In),
    ("NULL", Operator::Null),
    ("BETWEEN", Operator::Between),
    ("LT", Operator::Lt),
    ("NOT_CONTAINS", Operator::NotContains),
    ("EQ", Operator::Eq),
    ("GT", Operator::Gt),
    ("NOT_NULL", Operator::NotNull),
    ("NE", Operator::Ne),
    ("LE", Operator::Le),
    ("BEGINS_WITH", Operator::BeginsWith),
    ("GE", Operator::Ge),
    ("CONTAINS", Operator::Contains),
];

impl Operator {
    /// Reads an operator. `member` is its path in the request.
    pub(super) fn read(text: Option<Text>, member: &str, violations: &mut Violations) -> Option<Self> {
        violations.one_of(member, text, &OPERATORS)
    }

    pub(super) fn name(self) -> &'static str {
        OPERATORS.iter().find(|(_, operator)| *operator == self).map_or("", |(name, _)| name)
    }

    /// Returns `true` if the operator can have this number of values.
    fn takes(self, values: usize) -> bool {
        match self {
            Self::Null | Self::NotNull => values == 0,
            Self::Between => values == 2,
            Self::In => values > 0,
            _ => values == 1,
        }
    }

    /// Returns `true` if the operator can be used on values of this type.
    fn accepts(self, value_type: ValueType) -> bool {
        match self {
            Self::Lt | Self::Le | Self::Gt | Self::Ge | Self::Between | Self::In => {
                matches!(value_type, ValueType::S | ValueType::N | ValueType::B)
            }
            Self::BeginsWith => matches!(value_type, ValueType::S | ValueType::B),
            Self::Contains | Self::NotContains => {
                matches!(value_type, ValueType::S | ValueType::N | ValueType::B | ValueType::Bool | ValueType::Null)
            }
            Self::Eq | Self::Ne | Self::Null | Self::NotNull => true,
        }
    }

    /// Returns the condition on an attribute, whose values have been checked.
    pub(super) fn condition(self, attribute: &str, values: Vec<AttributeValue>) -> Condition {
        let path = Path::new(attribute);
        let operand = Operand::Path(path.clone());
        let mut values = values.into_iter().map(Operand::Value);
        let mut next = || values.next().unwrap_or_else(|| Operand::Value(AttributeValue::Null));
        let compare = |comparator, value| Condition::Compare(operand.clone(), comparator, value);
        match self {
            Self::Null => Condition::AttributeNotExists(path),
            Self::NotNull => Condition::AttributeExists(path),
            Self::Eq => compare(Comparator::Eq, next()),
            Self::Ne => compare(Comparator::Ne, next()),
            Self::Lt => compare(Comparator::Lt, next()),
            Self::Le => compare(Comparator::Le, next()),
            Self::Gt => compare(Comparator::Gt, next()),
            Self::Ge => compare(Comparator::Ge, next()),
            Self::BeginsWith => Condition::BeginsWith(operand.clone(), next()),
            Self::Contains => Condition::Contains(operand.clone(), next()),
            // Unlike the negation of `contains`, the operator requires the attribute.
            Self::NotContains => Condition::And(vec![
                Condition::AttributeExists(path),
                Condition::Not(Box::new(Condition::Contains(operand.clone(), next()))),
            ]),
            Self::Between => {
                let (low, high) = (next(), next());
                Condition::Between(operand.clone(), low, high)
            }
            Self::In => Condition::In(operand.clone(), values.collect()),
        }
    }
}

/// Checks the number and the types of the values of an operator.
pub(super) fn check_values(operator: Operator, values: &[AttributeValue]) -> Result<(), RequestError> {
    let name = operator.name();
    if !operator.takes(values.len()) {
        return Err(invalid(format!("Invalid number of argument(s) for the {name} ComparisonOperator")));
    }
    if let Some(value) = values.iter().find(|value| !operator.accepts(value.value_type())) {
        let value_type = value.value_type();
        return Err(invalid(format!("ComparisonOperator {name} is not valid for {value_type} AttributeValue type")));
    }
    if let [first, rest @ ..] = values
        && rest.iter().any(|value| value.value_type() != first.value_type())
    {
        return Err(invalid("AttributeValues inside AttributeValueList must be of same type"));
    }
    if let (Operator::Between, [low, high]) = (operator, values)
        && order(low, high).is_some_and(std::cmp::Ordering::is_gt)
    {
        return Err(RequestError::validation(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
        ));
    }
    Ok(())
}

/// Returns the error of an invalid parameter.
pub(super) fn invalid(reason: impl AsRef<str>) -> RequestError {
    RequestError::validation(format!("One or more parameter values were invalid: {}", reason.as_ref()))
}

/// The comparisons of a request, by attribute.
pub(crate) type SentComparisons = Vec<(String, Option<Operator>, Vec<SentValue>)>;

/// Reads comparisons. `member` is the name of the parameter.
pub(crate) fn comparisons(
    Map(sent): Map<Element<Comparison>>,
    member: &str,
    violations: &mut Violations,
) -> SentComparisons {
    let mut comparisons = Vec::with_capacity(sent.len());
    for (attribute, Element(comparison)) in sent {
        let path = format!("{member}.{attribute}.member.comparisonOperator");
        if comparison.comparison_operator.is_none() {
            violations.null(&path);
        }
        let operator = Operator::read(comparison.comparison_operator, &path, violations);
        comparisons.push((attribute, operator, comparison.attribute_value_list.unwrap_or_default().0));
    }
    comparisons
}

/// Returns the conditions on attributes, with checked values.
fn conditions(comparisons: SentComparisons) -> Result<Vec<Condition>, RequestError> {
    let conditions = comparisons.into_iter().map(|(attribute, operator, values)| {
        // An unknown operator is a violation.
        let operator = operator.unwrap_or(Operator::Null);
        let values = values.into_iter().map(SentValue::checked).collect::<Result<Vec<_>, _>>();
        let values = values.map_err(RequestError::Validation)?;
        check_values(operator, &values)?;
        Ok(operator.condition(&attribute, values))
    });
    conditions.collect()
}

/// The value of `ConditionalOperator`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Junction {
    And,
    Or,
}

/// Reads `ConditionalOperator`.
pub(crate) fn operator(text: Option<Text>, violations: &mut Violations) -> Option<Junction> {
    violations.one_of("conditionalOperator", text, &[("OR", Junction::Or), ("AND", Junction::And)])
}

/// Returns the error of a `ConditionalOperator` that joins nothing.
pub(super) fn operator_without_conditions() -> RequestError {
    RequestError::validation("ConditionalOperator cannot be used without Filter or Expected")
}

/// Joins conditions by `ConditionalOperator`, which needs two or more of them.
pub(super) fn joined(
    mut conditions: Vec<Condition>,
    operator: Option<Junction>,
) -> Result<Option<Condition>, RequestError> {
    match (operator, conditions.len()) {
        (Some(_), 0) => return Err(operator_without_conditions()),
        (Some(_), 1) => {
            return Err(RequestError::validation(
                "ConditionalOperator can only be used when Filter or Expected has two or more elements",
            ));
        }
        _ => {}
    }
    Ok(match (conditions.len(), operator) {
        (0, _) => None,
        (1, _) => conditions.pop(),
        (_, Some(Junction::Or)) => Some(Condition::Or(conditions)),
        (_, _) => Some(Condition::And(conditions)),
    })
}

/// Returns the filter of `QueryFilter` or `ScanFilter`.
pub(crate) fn filter(
    comparisons: SentComparisons,
    operator: Option<Junction>,
) -> Result<Option<Condition>, RequestError> {
    joined(conditions(comparisons)?, operator)
}

/// Returns the condition of `KeyConditions`.
pub(crate) fn key_conditions(comparisons: SentComparisons) -> Result<ParsedKeyCondition, RequestError> {
    if comparisons.is_empty() {
        return Err(RequestError::validation("Conditions must be at least length 1"));
    }
    for (_, operator, _) in &comparisons {
        if let Some(
            operator @ (Operator::In
            | Operator::Null
            | Operator::NotNull
            | Operator::Ne
            | Operator::Contains
            | Operator::NotContains),
        ) = operator
        {
            let name = operator.name();
            return Err(RequestError::validation(format!(
                "Attempted conditional constraint is not an indexable operation: {name}"
            )));
        }
    }
    let mut conditions = conditions(comparisons)?;
    let condition = if conditions.len() == 1 { conditions.pop() } else { None };
    Ok(condition.unwrap_or(Condition::And(conditions)).into())
}
