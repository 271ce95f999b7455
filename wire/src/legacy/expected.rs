//! `Expected`: conditions of writes by attribute.

use djamodb_core::expression::Condition;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::comparison::{Junction, Operator, check_values, invalid, joined, operator_without_conditions};
use crate::error::RequestError;
use crate::json::{Element, Flag, List, Map, SentValue, Text, TypeName};
use crate::violations::Violations;

/// A condition on an attribute as it is sent.
#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Expected {
    value: Option<SentValue>,
    exists: Option<Flag>,
    comparison_operator: Option<Text>,
    attribute_value_list: Option<List<SentValue>>,
}

impl TypeName for Expected {
    const NAME: &'static str = "ExpectedAttributeValue";
}

/// The conditions of a request, by attribute.
pub(crate) type SentExpected = Vec<(String, Expected, Option<Operator>)>;

/// Reads the operators of the conditions.
pub(crate) fn expected(Map(sent): Map<Element<Expected>>, violations: &mut Violations) -> SentExpected {
    let mut conditions = Vec::with_capacity(sent.len());
    for (attribute, Element(mut expected)) in sent {
        let path = format!("expected.{attribute}.member.comparisonOperator");
        let operator = Operator::read(expected.comparison_operator.take(), &path, violations);
        conditions.push((attribute, expected, operator));
    }
    conditions
}

/// Returns the condition of `Expected` and `ConditionalOperator`.
pub(crate) fn condition_of(
    expected: Option<SentExpected>,
    operator: Option<Junction>,
) -> Result<Option<Condition>, RequestError> {
    let Some(expected) = expected else {
        return match operator {
            None => Ok(None),
            Some(_) => Err(operator_without_conditions()),
        };
    };
    let conditions = expected.into_iter().map(|(attribute, expected, operator)| on(&attribute, expected, operator));
    joined(conditions.collect::<Result<_, _>>()?, operator)
}

/// Returns the condition on an attribute.
fn on(attribute: &str, expected: Expected, operator: Option<Operator>) -> Result<Condition, RequestError> {
    let refused = |reason: String| Err(invalid(format!("{reason} for Attribute: {attribute}")));
    let checked = |value: SentValue| value.checked().map_err(RequestError::Validation);
    let Expected { value, exists, attribute_value_list, .. } = expected;
    let exists = exists.map(|Flag(exists)| exists);
    let Some(operator) = operator else {
        if attribute_value_list.is_some() {
            return refused("AttributeValueList can only be used with a ComparisonOperator".to_owned());
        }
        return match (exists, value) {
            (Some(false), None) => Ok(Operator::Null.condition(attribute, Vec::new())),
            (Some(false), Some(_)) => refused("Value cannot be used when Exists is false".to_owned()),
            (_, Some(value)) => Ok(Operator::Eq.condition(attribute, vec![checked(value)?])),
            (Some(true), None) => refused("Value must be provided when Exists is true".to_owned()),
            (None, None) => refused("Value must be provided when Exists is null".to_owned()),
        };
    };
    if exists.is_some() {
        return refused("Exists and ComparisonOperator cannot be used together".to_owned());
    }
    let values = match (value, attribute_value_list) {
        (Some(_), Some(_)) => return refused("Value and AttributeValueList cannot be used together".to_owned()),
        (Some(value), None) => vec![value],
        (None, Some(List(values))) => values,
        (None, None) if matches!(operator, Operator::Null | Operator::NotNull) => Vec::new(),
        (None, None) => {
            let name = operator.name();
            return refused(format!("Value or AttributeValueList must be used with ComparisonOperator: {name}"));
        }
    };
    let values = values.into_iter().map(checked).collect::<Result<Vec<_>, _>>()?;
    check_values(operator, &values)?;
    Ok(operator.condition(attribute, values))
}
