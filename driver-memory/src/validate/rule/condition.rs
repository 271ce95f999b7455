//! Rules for conditions and filters: not empty, within the limits, with operands of valid types.

use djamodb_core::expression::{Condition, ExpressionKind, ExpressionSize, Operand};
use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::IN_OPERANDS_MAX;

use super::expression::Expression;
use super::expression_size;
use super::{path, value};
use crate::error::ValidationError;

/// Checks a condition by itself. `before` are the expressions of the request that a driver renders before it.
pub(crate) fn request<'a>(
    kind: ExpressionKind,
    before: impl IntoIterator<Item = Expression<'a>>,
    condition: &Condition,
) -> Result<(), ValidationError> {
    condition.nodes().try_for_each(|node| check_node(kind, node))?;
    let size = ExpressionSize::of_condition(condition);
    expression_size::check(kind, size, before, Expression::Condition(condition))?;
    condition.validate().map_err(|reason| ValidationError::Condition { kind, reason })
}

/// Checks a condition against the schema of its table.
pub(crate) fn against(schema: &TableSchema, condition: Option<&Condition>) -> Result<(), ValidationError> {
    condition.map_or(Ok(()), |condition| path::outside_keys(schema, condition.paths()))
}

/// Checks the names, the values and the numbers of operands in a condition, without the conditions inside it.
fn check_node(kind: ExpressionKind, condition: &Condition) -> Result<(), ValidationError> {
    match condition {
        Condition::Compare(left, _, right) | Condition::BeginsWith(left, right) | Condition::Contains(left, right) => {
            check_operands([left, right])
        }
        Condition::Between(operand, low, high) => check_operands([operand, low, high]),
        Condition::In(operand, list) => {
            match list.len() {
                0 => return Err(ValidationError::NoOperands(kind)),
                1..=IN_OPERANDS_MAX => {}
                count => return Err(ValidationError::TooManyOperands { kind, count }),
            }
            check_operands(std::iter::once(operand).chain(list))
        }
        Condition::AttributeExists(path) | Condition::AttributeNotExists(path) => path::names(path),
        Condition::AttributeType(operand, _) => check_operands([operand]),
        Condition::And(conditions) | Condition::Or(conditions) if conditions.is_empty() => {
            Err(ValidationError::EmptyExpression(kind))
        }
        Condition::And(_) | Condition::Or(_) | Condition::Not(_) => Ok(()),
    }
}

fn check_operands<'a>(operands: impl IntoIterator<Item = &'a Operand>) -> Result<(), ValidationError> {
    operands.into_iter().try_for_each(|operand| match operand {
        Operand::Path(path) | Operand::Size(path) => path::names(path),
        Operand::Value(value) | Operand::SizeOf(value) => value::literal(value),
    })
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Comparator, Path};
    use djamodb_core::value::AttributeValue;

    use super::*;

    fn exists() -> Condition {
        Condition::AttributeExists(Path::new("a"))
    }

    fn message(condition: &Condition) -> String {
        request(ExpressionKind::Filter, [], condition)
            .map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn text_is_limited_to_4_kilobytes() {
        let one_of = |count: i32| {
            let operands = (0..count).map(|number| Operand::Value(number.into())).collect();
            Condition::In(Path::new("a").into(), operands)
        };
        assert_eq!(message(&Condition::Or(vec![one_of(100); 8])), "accepted");
        assert_eq!(
            message(&Condition::Or(vec![one_of(100); 9])),
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;"
        );
    }

    #[test]
    fn the_text_is_measured_after_the_expressions_before_it() {
        let filter =
            Condition::Or((0..140).map(|at| Condition::AttributeNotExists(Path::new(format!("a{at}")))).collect());
        let accepted =
            |before: &[Expression<'_>]| request(ExpressionKind::Filter, before.iter().copied(), &filter).is_ok();
        let before =
            Condition::Or((0..100).map(|at| Condition::AttributeExists(Path::new(format!("b{at}")))).collect());
        assert!(accepted(&[]));
        assert!(!accepted(&[Expression::Condition(&before)]), "each placeholder has three digits");
    }

    #[test]
    fn operators_are_limited_to_300() {
        let too_many = "Invalid FilterExpression: The expression contains too many operators; operator count: 301";
        // 150 functions are joined by 149 operators.
        assert_eq!(message(&Condition::Or(vec![exists(); 150])), "accepted");
        assert_eq!(message(&Condition::Or(vec![exists(); 151])), too_many);
        let negated = |times: usize| (0..times).fold(exists(), |condition, _| condition.negate());
        assert_eq!(message(&negated(299)), "accepted");
        assert_eq!(message(&negated(300)), too_many);
        let size = Condition::compare(Operand::Size(Path::new("a")), Comparator::Eq, 1);
        assert_eq!(message(&Condition::And(vec![size.clone(); 100])), "accepted");
        assert_eq!(message(&Condition::And(vec![size; 101])), too_many);
    }

    #[test]
    fn in_takes_1_to_100_operands() {
        let of = |count| Condition::In(Path::new("a").into(), vec![1.into(); count]);
        assert_eq!(message(&of(100)), "accepted");
        assert!(message(&of(101)).ends_with("too many operands; number of operands: 101"));
        assert!(message(&of(0)).ends_with(r#"Syntax error; token: ")", near: "()""#));
    }

    #[test]
    fn nested_values_and_names_are_checked() {
        let empty_set = Condition::compare(Path::new("a"), Comparator::Eq, AttributeValue::ss::<&str>([]));
        assert!(
            message(&exists().and(empty_set)).starts_with("ExpressionAttributeValues contains invalid value: One or")
        );
        let empty_name = Condition::AttributeExists(Path::new("a").key(""));
        assert!(message(&empty_name.negate()).starts_with("ExpressionAttributeNames contains invalid value: Empty"));
        assert!(message(&Condition::And(vec![])).ends_with("The expression can not be empty;"));
        assert!(message(&Condition::compare(Path::new("a"), Comparator::Lt, true)).contains("operand type: BOOL"));
    }
}
