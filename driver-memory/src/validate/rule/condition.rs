//! Rules for conditions and filters: not empty, within the limits, with operands of valid types.

use djamodb_core::expression::{Condition, Operand, Path};
use djamodb_core::schema::TableSchema;

use super::{path, text, value};
use crate::error::{ExpressionKind, ValidationError};

/// Number of operators and functions in one expression at most.
pub(crate) const OPERATORS_MAX: usize = 300;
/// Number of operands of one `IN` at most.
const OPERANDS_MAX: usize = 100;

/// Checks a condition by itself.
pub(crate) fn request(kind: ExpressionKind, condition: Option<&Condition>) -> Result<(), ValidationError> {
    let Some(condition) = condition else {
        return Ok(());
    };
    let mut walk = Walk { kind, operators: 0, text_bytes: 0 };
    walk.condition(condition)?;
    text::within(kind, walk.text_bytes, |renderer| renderer.condition(condition))?;
    condition.validate().map_err(|reason| ValidationError::Condition { kind, reason })
}

/// Checks a condition against the schema of its table.
pub(crate) fn against(schema: &TableSchema, condition: Option<&Condition>) -> Result<(), ValidationError> {
    condition.map_or(Ok(()), |condition| path::outside_keys(schema, condition.paths()))
}

/// A traversal of a condition that counts operators and checks names and values.
struct Walk {
    kind: ExpressionKind,
    operators: usize,
    /// Upper bound on the length of the condition's text in bytes.
    text_bytes: usize,
}

impl Walk {
    fn condition(&mut self, condition: &Condition) -> Result<(), ValidationError> {
        match condition {
            Condition::Compare(left, _, right) => self.operator(&[left, right]),
            Condition::Between(operand, low, high) => self.operator(&[operand, low, high]),
            Condition::In(operand, operands) => {
                match operands.len() {
                    0 => return Err(ValidationError::NoOperands(self.kind)),
                    1..=OPERANDS_MAX => {}
                    count => return Err(ValidationError::TooManyOperands { kind: self.kind, count }),
                }
                self.operator(&[operand])?;
                operands.iter().try_for_each(|operand| self.operand(operand))
            }
            Condition::AttributeExists(path)
            | Condition::AttributeNotExists(path)
            | Condition::AttributeType(path, _) => self.function(path, &[]),
            Condition::BeginsWith(path, operand) | Condition::Contains(path, operand) => {
                self.function(path, &[operand])
            }
            Condition::And(conditions) | Condition::Or(conditions) => {
                if conditions.is_empty() {
                    return Err(ValidationError::EmptyExpression(self.kind));
                }
                for (at, condition) in conditions.iter().enumerate() {
                    // Each condition after the first adds one `AND` or `OR`.
                    if at > 0 {
                        self.count()?;
                    }
                    self.condition(condition)?;
                }
                Ok(())
            }
            Condition::Not(condition) => {
                self.count()?;
                self.condition(condition)
            }
        }
    }

    fn operator(&mut self, operands: &[&Operand]) -> Result<(), ValidationError> {
        self.count()?;
        operands.iter().try_for_each(|operand| self.operand(operand))
    }

    fn function(&mut self, path: &Path, operands: &[&Operand]) -> Result<(), ValidationError> {
        self.path(path)?;
        self.operator(operands)
    }

    fn path(&mut self, path: &Path) -> Result<(), ValidationError> {
        self.text_bytes += text::path_bytes_max(path);
        path::names(path)
    }

    fn operand(&mut self, operand: &Operand) -> Result<(), ValidationError> {
        self.text_bytes += text::PLACEHOLDER_BYTES_MAX;
        match operand {
            Operand::Path(path) => self.path(path),
            Operand::Value(value) => value::literal(value),
            Operand::Size(path) => self.function(path, &[]),
        }
    }

    fn count(&mut self) -> Result<(), ValidationError> {
        self.operators += 1;
        self.text_bytes += text::OPERATOR_BYTES_MAX;
        if self.operators > OPERATORS_MAX { Err(ValidationError::TooManyOperators(self.kind)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::Comparator;
    use djamodb_core::value::AttributeValue;

    use super::*;

    fn exists() -> Condition {
        Condition::AttributeExists(Path::new("a"))
    }

    fn message(condition: &Condition) -> String {
        request(ExpressionKind::Filter, Some(condition))
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
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4496"
        );
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
