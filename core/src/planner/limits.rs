//! Limits of one expression.
//!
//! See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).

use crate::expression::{Condition, ExpressionSize, Renderer};
use crate::service::limits::{EXPRESSION_BYTES_MAX, EXPRESSION_VALUES_BYTES_MAX, OPERATORS_MAX};

/// Bytes of the values of a request that are left to its key condition.
const KEY_CONDITION_BYTES: usize = 64 * 1024;

/// Returns `true` if the service accepts the conditions, joined by `AND`, as one expression.
pub(super) fn fit(conditions: &[Condition]) -> bool {
    let size = ExpressionSize::of_conjunction(conditions);
    size.operators <= OPERATORS_MAX
        && size.value_bytes <= EXPRESSION_VALUES_BYTES_MAX - KEY_CONDITION_BYTES
        && (size.text_bytes_max <= EXPRESSION_BYTES_MAX
            || Renderer::new().condition(&Condition::And(conditions.to_vec())).len() <= EXPRESSION_BYTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Comparator, Path};

    fn equal(number: i32) -> Condition {
        Condition::compare(Path::new("a"), Comparator::Eq, number)
    }

    #[test]
    fn counts_the_operators_between_conditions() {
        let several = |count: i32| (0..count).map(equal).collect::<Vec<_>>();
        assert!(fit(&several(150)), "150 comparisons and 149 AND");
        assert!(!fit(&several(151)));
        assert!(fit(&[Condition::Or(several(150))]));
        assert!(!fit(&[Condition::Or(several(151))]));
    }

    #[test]
    fn limits_text_and_values() {
        let long = |count: usize| (0..count).fold(Path::new("a"), |path, _| path.key("b"));
        let deep = |count| (0..100).map(|_| Condition::AttributeExists(long(count))).collect::<Vec<_>>();
        assert!(fit(&deep(2)));
        assert!(!fit(&deep(31)));
        let large = Condition::compare(Path::new("a"), Comparator::Eq, "x".repeat(2 * 1024 * 1024));
        assert!(!fit(&[large]));
    }
}
