//! Conditions and filters: not empty, not too many operators, operands that the operators take.

use djamodb_core::expression::{Condition, Operand, Path};
use djamodb_core::schema::TableSchema;

use super::{path, text, value};
use crate::error::{Invalid, Kind};

/// How many operators and functions an expression can have.
pub(crate) const OPERATORS_MAX: usize = 300;
/// How many operands `IN` can have.
const OPERANDS_MAX: usize = 100;

/// A condition by itself.
pub(crate) fn request(kind: Kind, condition: Option<&Condition>) -> Result<(), Invalid> {
    let Some(condition) = condition else {
        return Ok(());
    };
    let mut walk = Walk { kind, operators: 0, text_bytes: 0 };
    walk.condition(condition)?;
    text::within(kind, walk.text_bytes, |renderer| renderer.condition(condition))?;
    condition.validate().map_err(|reason| Invalid::Condition { kind, reason })
}

/// A condition on items of a table.
pub(crate) fn against(schema: &TableSchema, condition: Option<&Condition>) -> Result<(), Invalid> {
    condition.map_or(Ok(()), |condition| path::outside_keys(schema, condition.paths()))
}

/// A walk over a condition that counts its operators and looks at its names and values.
struct Walk {
    kind: Kind,
    operators: usize,
    /// At least as many bytes as its text has.
    text_bytes: usize,
}

impl Walk {
    fn condition(&mut self, condition: &Condition) -> Result<(), Invalid> {
        match condition {
            Condition::Compare(left, _, right) => self.operator(&[left, right]),
            Condition::Between(operand, low, high) => self.operator(&[operand, low, high]),
            Condition::In(operand, operands) => {
                match operands.len() {
                    0 => return Err(Invalid::NoOperands(self.kind)),
                    1..=OPERANDS_MAX => {}
                    count => return Err(Invalid::TooManyOperands { kind: self.kind, count }),
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
                    return Err(Invalid::EmptyExpression(self.kind));
                }
                for (at, condition) in conditions.iter().enumerate() {
                    // One operator stands between each two of them.
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

    fn operator(&mut self, operands: &[&Operand]) -> Result<(), Invalid> {
        self.count()?;
        operands.iter().try_for_each(|operand| self.operand(operand))
    }

    fn function(&mut self, path: &Path, operands: &[&Operand]) -> Result<(), Invalid> {
        self.path(path)?;
        self.operator(operands)
    }

    fn path(&mut self, path: &Path) -> Result<(), Invalid> {
        self.text_bytes += text::path_bytes_max(path);
        path::names(path)
    }

    fn operand(&mut self, operand: &Operand) -> Result<(), Invalid> {
        self.text_bytes += text::PLACEHOLDER_BYTES_MAX;
        match operand {
            Operand::Path(path) => self.path(path),
            Operand::Value(value) => value::literal(value),
            Operand::Size(path) => self.function(path, &[]),
        }
    }

    fn count(&mut self) -> Result<(), Invalid> {
        self.operators += 1;
        self.text_bytes += text::OPERATOR_BYTES_MAX;
        if self.operators > OPERATORS_MAX { Err(Invalid::TooManyOperators(self.kind)) } else { Ok(()) }
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
