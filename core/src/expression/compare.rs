//! Comparison of values as in DynamoDB.

use std::cmp::Ordering;

use super::Comparator;
use crate::value::AttributeValue;

/// Returns `true` if the comparison holds, as in a condition expression.
///
/// A missing operand is not equal to anything, so only `<>` holds for it. Values of different types are unequal and have no order.
///
/// See [comparison operators](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Comparators).
pub(crate) fn compare(left: Option<&AttributeValue>, comparator: Comparator, right: Option<&AttributeValue>) -> bool {
    let ordering = || left.zip(right).and_then(|(left, right)| order(left, right));
    match comparator {
        Comparator::Eq => left.is_some() && left == right,
        Comparator::Ne => left.is_none() || left != right,
        Comparator::Lt => ordering().is_some_and(Ordering::is_lt),
        Comparator::Le => ordering().is_some_and(Ordering::is_le),
        Comparator::Gt => ordering().is_some_and(Ordering::is_gt),
        Comparator::Ge => ordering().is_some_and(Ordering::is_ge),
    }
}

/// Returns the order of two values, or `None` if they have none.
///
/// Strings are ordered by their UTF-8 bytes, numbers by value, binary values by unsigned bytes. Values of other types, and of two
/// different types, have no order.
pub fn order(left: &AttributeValue, right: &AttributeValue) -> Option<Ordering> {
    match (left, right) {
        (AttributeValue::S(left), AttributeValue::S(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (AttributeValue::N(left), AttributeValue::N(right)) => Some(left.cmp(right)),
        (AttributeValue::B(left), AttributeValue::B(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unequal_holds_for_missing_values_and_for_different_types() {
        let (number, string) = (AttributeValue::n(1), AttributeValue::s("1"));
        for (left, right) in
            [(Some(&number), Some(&string)), (None, Some(&string)), (Some(&number), None), (None, None)]
        {
            assert!(compare(left, Comparator::Ne, right), "{left:?} <> {right:?}");
            for comparator in [Comparator::Eq, Comparator::Lt, Comparator::Le, Comparator::Gt, Comparator::Ge] {
                assert!(!compare(left, comparator, right), "{left:?} {} {right:?}", comparator.as_str());
            }
        }
    }

    #[test]
    fn strings_numbers_and_binary_values_have_an_order() {
        for (less, greater) in [
            (AttributeValue::s("Z"), AttributeValue::s("a")),
            (AttributeValue::n(9), AttributeValue::n(10)),
            (AttributeValue::b(&[0x7f][..]), AttributeValue::b(&[0x80][..])),
        ] {
            assert_eq!(order(&less, &greater), Some(Ordering::Less));
            assert_eq!(order(&greater, &less), Some(Ordering::Greater));
        }
        assert_eq!(order(&AttributeValue::bool(false), &AttributeValue::bool(true)), None);
    }
}
