//! Limits of one expression.
//!
//! See [expression parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).

use crate::expression::{Condition, ExpressionSize, KeyCondition, Renderer};
use crate::service::limits::{
    EXPRESSION_BYTES_MAX, EXPRESSION_VALUES_BYTES_MAX, INDEX_KEY_ATTRIBUTES_MAX, OPERATORS_MAX,
};
use crate::value::{AttributeValue, Name};

/// Bytes of the values of a request that are left to its key condition.
const KEY_CONDITION_BYTES: usize = 64 * 1024;

/// Returns `true` if the service accepts the conditions, joined by `AND`, as one expression.
pub(super) fn fit(conditions: &[Condition]) -> bool {
    fitting(conditions) == conditions.len()
}

/// Returns the number of conditions, from the first, that the service accepts as one expression when they are joined by `AND`.
///
/// Each condition is measured once, and rendered a constant number of times if the text may be too long.
pub(super) fn fitting(conditions: &[Condition]) -> usize {
    let mut size = ExpressionSize::default();
    let mut fitting = 0;
    let mut text_bytes_max = 0;
    for condition in conditions {
        size.add_operand(condition);
        // One `AND` for each condition before this one.
        let operators = size.operators + fitting;
        if operators > OPERATORS_MAX || size.value_bytes > EXPRESSION_VALUES_BYTES_MAX - KEY_CONDITION_BYTES {
            break;
        }
        fitting += 1;
        text_bytes_max = size.text_bytes_max;
    }
    if text_bytes_max <= EXPRESSION_BYTES_MAX {
        return fitting;
    }
    // The text grows with each condition, so the longest one that fits is found by halving.
    let (mut fits, mut exceeds) = (0, fitting + 1);
    while exceeds - fits > 1 {
        let middle = fits.midpoint(exceeds);
        if text_bytes(&conditions[..middle]) <= EXPRESSION_BYTES_MAX { fits = middle } else { exceeds = middle }
    }
    fits
}

/// Returns the length of the text of the conditions, joined by `AND`, in bytes.
///
/// The placeholders of a request are numbered throughout, and those of its key condition come first. They are counted as if the key had the
/// most attributes.
fn text_bytes(conditions: &[Condition]) -> usize {
    let mut renderer = Renderer::new();
    // One more, since the bounds of a range are two values.
    let first = (0..=2 * INDEX_KEY_ATTRIBUTES_MAX).map(|at| {
        let text = format!("\u{10ffff}{at}");
        (Name::from(text.clone()), AttributeValue::s(text))
    });
    renderer.key_condition(&KeyCondition { hash: first.collect(), range: Vec::new() });
    renderer.condition(&Condition::And(conditions.to_vec())).len()
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
    fn the_longest_beginning_that_fits_is_found() {
        let long = |count: usize| (0..count).fold(Path::new("a"), |path, at| path.key(format!("b{at}")));
        let conditions: Vec<_> = (1..60).map(|count| Condition::AttributeExists(long(count % 31))).collect();
        let expected = (0..=conditions.len()).rev().find(|count| fit(&conditions[..*count])).unwrap();
        assert!((1..conditions.len()).contains(&expected), "{expected}");
        assert_eq!(fitting(&conditions), expected);
        let text = |count| text_bytes(&conditions[..count]);
        assert!(text(expected) <= EXPRESSION_BYTES_MAX && text(expected + 1) > EXPRESSION_BYTES_MAX);
        assert_eq!(fitting(&vec![equal(1); 10_000]), 150);
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
