//! Comparison of values as in DynamoDB.

use std::cmp::Ordering;

use super::Comparator;
use crate::value::AttributeValue;

/// Returns `true` if the comparison holds, as in a condition expression.
///
/// A missing operand is not equal to anything, so only `<>` holds for it. Values of different types are unequal and have no order.
///
/// See [comparison operators](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Comparators).
///
/// ```
/// use djamodb_core::expression::{Comparator, compare};
/// use djamodb_core::value::AttributeValue;
///
/// let (number, string) = (AttributeValue::n(1), AttributeValue::s("1"));
/// assert!(compare(Some(&number), Comparator::Ne, Some(&string)));
/// assert!(!compare(Some(&number), Comparator::Lt, Some(&string)));
/// assert!(compare(None, Comparator::Ne, Some(&string)));
/// ```
pub fn compare(left: Option<&AttributeValue>, comparator: Comparator, right: Option<&AttributeValue>) -> bool {
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
