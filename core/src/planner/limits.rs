//! The limits of one expression.
//!
//! See [expressions: limits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).

use crate::expression::{Condition, Operand, Renderer};
use crate::value::size::value_bytes;

/// The most operators and functions in one expression.
const OPERATORS_MAX: usize = 300;
/// The longest expression, in bytes.
const TEXT_BYTES_MAX: usize = 4 * 1024;
/// The most bytes of all values together. The service allows 2 MB; the key condition has its share.
const VALUES_BYTES_MAX: usize = 2 * 1024 * 1024 - 64 * 1024;

/// Whether conditions, joined by `AND`, are one expression that the service takes.
pub(super) fn fit(conditions: &[Condition]) -> bool {
    let mut weight = Weight::default();
    for condition in conditions {
        weight.add(condition);
    }
    let operators = weight.operators + conditions.len().saturating_sub(1);
    operators <= OPERATORS_MAX
        && weight.value_bytes <= VALUES_BYTES_MAX
        && (weight.text_bytes <= TEXT_BYTES_MAX
            || Renderer::new().condition(&Condition::And(conditions.to_vec())).len() <= TEXT_BYTES_MAX)
}

/// What an expression weighs; the text's length is an upper bound, so that most need not be written to know that they fit.
#[derive(Default)]
struct Weight {
    operators: usize,
    text_bytes: usize,
    value_bytes: usize,
}

impl Weight {
    fn add(&mut self, condition: &Condition) {
        // The longest function name, parentheses and separators.
        self.text_bytes += 32;
        self.operators += 1;
        for path in match condition {
            Condition::And(_) | Condition::Or(_) | Condition::Not(_) => Vec::new(),
            leaf => leaf.paths(),
        } {
            self.text_bytes += 8 * (1 + path.steps.len());
        }
        match condition {
            Condition::Compare(left, _, right) => self.add_operands([left, right]),
            Condition::Between(operand, low, high) => self.add_operands([operand, low, high]),
            Condition::In(operand, operands) => self.add_operands(std::iter::once(operand).chain(operands)),
            Condition::BeginsWith(_, operand) | Condition::Contains(_, operand) => self.add_operands([operand]),
            Condition::AttributeExists(_) | Condition::AttributeNotExists(_) | Condition::AttributeType(..) => {}
            Condition::And(conditions) | Condition::Or(conditions) => {
                self.operators += conditions.len().saturating_sub(2);
                for condition in conditions {
                    self.add(condition);
                }
            }
            Condition::Not(condition) => self.add(condition),
        }
    }

    fn add_operands<'a>(&mut self, operands: impl IntoIterator<Item = &'a Operand>) {
        for operand in operands {
            self.text_bytes += 8;
            match operand {
                Operand::Value(value) => self.value_bytes += value_bytes(value),
                Operand::Size(_) => self.operators += 1,
                Operand::Path(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Comparator, Path};

    fn equal(number: i32) -> Condition {
        Condition::compare(Path::new("a"), Comparator::Eq, number)
    }

    #[test]
    fn operators_are_counted_with_those_between() {
        let several = |count: i32| (0..count).map(equal).collect::<Vec<_>>();
        assert!(fit(&several(150)), "150 comparisons and 149 AND");
        assert!(!fit(&several(151)));
        assert!(fit(&[Condition::Or(several(150))]));
        assert!(!fit(&[Condition::Or(several(151))]));
    }

    #[test]
    fn text_and_values_are_weighed() {
        let long = |count: usize| (0..count).fold(Path::new("a"), |path, _| path.key("b"));
        let deep = |count| (0..100).map(|_| Condition::AttributeExists(long(count))).collect::<Vec<_>>();
        assert!(fit(&deep(2)));
        assert!(!fit(&deep(31)));
        let large = Condition::compare(Path::new("a"), Comparator::Eq, "x".repeat(2 * 1024 * 1024));
        assert!(!fit(&[large]));
    }
}
