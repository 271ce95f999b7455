//! Conditions and filters: not empty, not too many operators, operands that the operators take.

use djamodb_core::expression::{Condition, ExpressionSize, Operand};
use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::IN_OPERANDS_MAX;

use super::{path, text, value};
use crate::error::{Invalid, Kind};

/// Refuses a condition that is invalid on every table.
pub(crate) fn request(kind: Kind, condition: Option<&Condition>) -> Result<(), Invalid> {
    let Some(condition) = condition else {
        return Ok(());
    };
    parts(kind, condition)?;
    text::within(kind, ExpressionSize::of_condition(condition), |renderer| renderer.condition(condition))?;
    condition.validate().map_err(|reason| Invalid::Condition { kind, reason })
}

/// Refuses a condition that is invalid on items of the table.
pub(crate) fn against(schema: &TableSchema, condition: Option<&Condition>) -> Result<(), Invalid> {
    condition.map_or(Ok(()), |condition| path::outside_keys(schema, condition.paths()))
}

/// Checks the names, values and numbers of operands in a condition.
fn parts(kind: Kind, condition: &Condition) -> Result<(), Invalid> {
    match condition {
        Condition::Compare(left, _, right) => operands([left, right]),
        Condition::Between(operand, low, high) => operands([operand, low, high]),
        Condition::In(operand, list) => {
            match list.len() {
                0 => return Err(Invalid::NoOperands(kind)),
                1..=IN_OPERANDS_MAX => {}
                count => return Err(Invalid::TooManyOperands { kind, count }),
            }
            operands(std::iter::once(operand).chain(list))
        }
        Condition::AttributeExists(path) | Condition::AttributeNotExists(path) | Condition::AttributeType(path, _) => {
            path::names(path)
        }
        Condition::BeginsWith(path, operand) | Condition::Contains(path, operand) => {
            path::names(path)?;
            operands([operand])
        }
        Condition::And(conditions) | Condition::Or(conditions) => {
            if conditions.is_empty() {
                return Err(Invalid::EmptyExpression(kind));
            }
            conditions.iter().try_for_each(|condition| parts(kind, condition))
        }
        Condition::Not(condition) => parts(kind, condition),
    }
}

fn operands<'a>(operands: impl IntoIterator<Item = &'a Operand>) -> Result<(), Invalid> {
    operands.into_iter().try_for_each(|operand| match operand {
        Operand::Path(path) | Operand::Size(path) => path::names(path),
        Operand::Value(value) => value::literal(value),
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
        request(Kind::Filter, Some(condition)).map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn four_kilobytes_of_text_are_the_most() {
        let one_of = |count: i32| {
            let operands = (0..count).map(|number| Operand::Value(number.into())).collect();
            Condition::In(Path::new("a").into(), operands)
        };
        assert_eq!(message(&Condition::Or(vec![one_of(100); 8])), "accepted");
        assert_eq!(
            message(&Condition::Or(vec![one_of(100); 9])),
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4496"
        );
    }

    #[test]
    fn three_hundred_operators_are_the_most() {
        let too_many = "Invalid FilterExpression: The expression contains too many operators; operator count: 301";
        // 150 functions have 149 operators between them.
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
    fn values_and_names_inside_are_looked_at() {
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
