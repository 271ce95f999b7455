//! Sizes of expressions, as the limits of the service count them.

use super::{Condition, Operand, Path, PathStep, ProjectionExpression, SetValue, Update, UpdateOperand};
use crate::value::{AttributeValue, size::value_bytes};

/// Upper bound of the bytes of a placeholder and the separator after it, in a text within the limit.
const PLACEHOLDER_BYTES_MAX: usize = 8;
/// Upper bound of the bytes of an operator or function with the parentheses around its operands.
const OPERATOR_BYTES_MAX: usize = 24;
/// Upper bound of the bytes of the parentheses around a nested condition and the `AND` or `OR` after it.
const JOINT_BYTES_MAX: usize = 8;

/// Bytes of the longest keyword of a section of an update, with the spaces around it.
const SECTION_BYTES_MAX: usize = " DELETE ".len();

/// The size of an expression, as the limits of the service count it.
///
/// The length of the text is an upper bound, computed without rendering: most expressions are known to fit without it. Where
/// the bound exceeds [`EXPRESSION_BYTES_MAX`](crate::service::limits::EXPRESSION_BYTES_MAX), the text itself decides.
///
/// ```
/// use djamodb_core::expression::{Comparator, Condition, ExpressionSize, Path};
///
/// let warm = Condition::compare(Path::new("temp_max"), Comparator::Ge, 20);
/// let size = ExpressionSize::of_condition(&warm.clone().and(warm.negate()));
/// assert_eq!(size.operators, 4); // two comparisons, NOT, AND
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[non_exhaustive]
pub struct ExpressionSize {
    /// Number of operators and functions, including the `AND` or `OR` between each two conditions.
    pub operators: usize,
    /// Upper bound of the length of the rendered text, in bytes.
    pub text_bytes_max: usize,
    /// Size of all values together, in bytes. A value that occurs twice counts twice.
    pub value_bytes: usize,
}

impl ExpressionSize {
    /// Returns the size of a condition expression or filter expression.
    pub fn of_condition(condition: &Condition) -> Self {
        let mut size = Self::default();
        size.add_condition(condition);
        size
    }

    /// Returns the size of several conditions joined by `AND`.
    pub fn of_conjunction(conditions: &[Condition]) -> Self {
        let mut size = Self::default();
        size.add_joints(conditions.len());
        for condition in conditions {
            size.add_condition(condition);
        }
        size
    }

    /// Adds one of several conditions that are joined, without the operators that join them.
    pub(crate) fn add_operand(&mut self, condition: &Condition) {
        self.text_bytes_max += JOINT_BYTES_MAX;
        self.add_condition(condition);
    }

    /// Returns the size of an update expression.
    pub fn of_update(update: &Update) -> Self {
        let mut size = Self::default();
        let sections = [update.set.len(), update.remove.len(), update.add.len(), update.delete.len()];
        size.text_bytes_max += SECTION_BYTES_MAX * sections.iter().filter(|actions| **actions > 0).count();
        for path in update.targets() {
            size.add_path(path);
        }
        for (_, value) in &update.set {
            match value {
                SetValue::Operand(operand) => size.add_update_operand(operand),
                SetValue::Plus(left, right) | SetValue::Minus(left, right) => {
                    size.add_operator();
                    size.add_update_operand(left);
                    size.add_update_operand(right);
                }
            }
        }
        for (_, value) in update.add.iter().chain(&update.delete) {
            size.add_value(value);
        }
        size
    }

    /// Returns the size of a projection expression.
    pub fn of_projection(projection: &ProjectionExpression) -> Self {
        let mut size = Self::default();
        for path in &projection.paths {
            size.add_path(path);
        }
        size
    }

    fn add_condition(&mut self, condition: &Condition) {
        for node in condition.nodes() {
            match node {
                Condition::Compare(left, _, right)
                | Condition::BeginsWith(left, right)
                | Condition::Contains(left, right) => self.add_comparison([left, right]),
                Condition::Between(operand, low, high) => self.add_comparison([operand, low, high]),
                Condition::In(operand, operands) => self.add_comparison(std::iter::once(operand).chain(operands)),
                // The type is a value of a few bytes, which the bound of an operator covers.
                Condition::AttributeType(operand, _) => self.add_comparison([operand]),
                Condition::AttributeExists(path) | Condition::AttributeNotExists(path) => {
                    self.add_path(path);
                    self.add_operator();
                }
                Condition::And(conditions) | Condition::Or(conditions) => self.add_joints(conditions.len()),
                Condition::Not(_) => self.add_operator(),
            }
        }
    }

    fn add_joints(&mut self, conditions: usize) {
        self.operators += conditions.saturating_sub(1);
        self.text_bytes_max += JOINT_BYTES_MAX * conditions;
    }

    fn add_comparison<'a>(&mut self, operands: impl IntoIterator<Item = &'a Operand>) {
        self.add_operator();
        for operand in operands {
            match operand {
                Operand::Path(path) => self.add_path(path),
                Operand::Value(value) => self.add_value(value),
                Operand::Size(path) => {
                    self.add_operator();
                    self.add_path(path);
                }
                Operand::SizeOf(value) => {
                    self.add_operator();
                    self.add_value(value);
                }
            }
        }
    }

    fn add_update_operand(&mut self, operand: &UpdateOperand) {
        for node in operand.nodes() {
            match node {
                UpdateOperand::Path(path) => self.add_path(path),
                UpdateOperand::Value(value) => self.add_value(value),
                UpdateOperand::IfNotExists(path, _) => {
                    self.add_operator();
                    self.add_path(path);
                }
                UpdateOperand::ListAppend(_) => self.add_operator(),
            }
        }
    }

    fn add_operator(&mut self) {
        self.operators += 1;
        self.text_bytes_max += OPERATOR_BYTES_MAX;
    }

    fn add_value(&mut self, value: &AttributeValue) {
        self.text_bytes_max += PLACEHOLDER_BYTES_MAX;
        self.value_bytes += value_bytes(value);
    }

    fn add_path(&mut self, path: &Path) {
        self.text_bytes_max += PLACEHOLDER_BYTES_MAX;
        for step in path.steps.iter() {
            self.text_bytes_max += match step {
                PathStep::Key(_) => PLACEHOLDER_BYTES_MAX,
                // The digits of an index are part of the text; there is no placeholder for them.
                PathStep::Index(index) => "[]".len() + index.checked_ilog10().map_or(1, |log| log as usize + 1),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Comparator, Renderer};
    use crate::value::ValueType;

    fn path(at: usize) -> Path {
        Path::new(format!("a{at}")).key(format!("b{at}")).index(4_000_000_000)
    }

    fn value(at: usize) -> Operand {
        Operand::Value(AttributeValue::s(format!("value {at}")))
    }

    #[test]
    fn operators_and_functions_are_counted_with_those_between_conditions() {
        let exists = || Condition::AttributeExists(path(0));
        let size = Condition::compare(Operand::Size(path(0)), Comparator::Eq, 1);
        for (condition, operators) in [
            (exists(), 1),
            (exists().negate(), 2),
            (size, 2),
            (Condition::And(vec![exists(); 3]), 5),
            (Condition::Or(vec![exists()]), 1),
            (Condition::Or(vec![]), 0),
        ] {
            assert_eq!(ExpressionSize::of_condition(&condition).operators, operators, "{condition}");
        }
        assert_eq!(ExpressionSize::of_conjunction(&[exists(), exists()]).operators, 3);
    }

    #[test]
    fn values_are_counted_wherever_an_expression_has_them() {
        let between = Condition::Between(path(0).into(), "abc".into(), "defg".into());
        assert_eq!(ExpressionSize::of_condition(&between).value_bytes, 7);
        let sum = SetValue::Plus(UpdateOperand::if_not_exists(path(0), UpdateOperand::value("ab")), path(1).into());
        let update = Update::new().set(path(0), sum).add(path(2), AttributeValue::ss(["c"]));
        let size = ExpressionSize::of_update(&update);
        assert_eq!((size.value_bytes, size.operators), (3, 2));
    }

    #[test]
    fn no_rendered_text_is_longer_than_the_bound() {
        let conditions: [fn(usize) -> Condition; 9] = [
            |at| Condition::compare(path(at), Comparator::Ne, value(at)),
            |at| Condition::compare(Operand::Size(path(at)), Comparator::Ge, Operand::Size(path(at + 1))),
            |at| Condition::Between(path(at).into(), value(at), value(at + 1)),
            |at| Condition::In(path(at).into(), (at..at + 20).map(value).collect()),
            |at| Condition::AttributeNotExists(Path::new(format!("a{at}"))),
            |at| Condition::AttributeType(Path::new(format!("a{at}")).into(), ValueType::Bool),
            |at| Condition::BeginsWith(path(at).into(), value(at)),
            |at| Condition::And(vec![Condition::AttributeNotExists(path(at)); 2]).negate(),
            |at| Condition::Or(vec![Condition::And(vec![Condition::AttributeExists(Path::new(format!("a{at}")))])]),
        ];
        for condition in conditions {
            for count in [1, 150] {
                let any = Condition::Or((0..count).map(condition).collect());
                let text = Renderer::new().condition(&any);
                assert!(text.len() <= ExpressionSize::of_condition(&any).text_bytes_max, "{text}");
            }
        }
        let update = (0..150).fold(Update::new(), |update, at| {
            let operand = UpdateOperand::if_not_exists(path(at), UpdateOperand::value(1));
            let list = UpdateOperand::list_append(operand, path(at));
            update.set(path(at), list).remove(path(at)).add(path(at), 1).delete(path(at), 2)
        });
        assert!(Renderer::new().update(&update).len() <= ExpressionSize::of_update(&update).text_bytes_max);
        let (short, value) = (|| Path::new("a"), || UpdateOperand::value(1));
        for update in [
            Update::new().set(short(), value()),
            Update::new().remove(short()),
            Update::new().add(short(), 1),
            Update::new().delete(short(), 1),
            Update::new()
                .set(short(), SetValue::Minus(value(), value()))
                .remove(short())
                .add(short(), 1)
                .delete(short(), 1),
        ] {
            let text = Renderer::new().update(&update);
            assert!(text.len() <= ExpressionSize::of_update(&update).text_bytes_max, "{text}");
        }
        let projection = ProjectionExpression::new((0..300).map(path));
        assert!(
            Renderer::new().projection(&projection).len() <= ExpressionSize::of_projection(&projection).text_bytes_max
        );
    }
}
