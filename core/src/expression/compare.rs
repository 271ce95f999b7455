//! How DynamoDB compares values.

use std::cmp::Ordering;

use super::Comparator;
use crate::value::AttributeValue;

/// Compares as a condition does. A missing operand is equal to nothing, so that only `<>` holds for it; values of different
/// types are unequal and have no order.
///
/// ```
/// use djamodb_core::expression::{Comparator, compare};
/// use djamodb_core::value::AttributeValue;
///
/// let (one, text) = (AttributeValue::n(1), AttributeValue::s("1"));
/// assert!(compare(Some(&one), Comparator::Ne, Some(&text)));
/// assert!(!compare(Some(&one), Comparator::Lt, Some(&text)));
/// assert!(compare(None, Comparator::Ne, Some(&text)));
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

/// The order of two values: texts by their UTF-8 bytes, numbers by value, binary data by unsigned bytes; of other types, and
/// of two types, none.
pub fn order(left: &AttributeValue, right: &AttributeValue) -> Option<Ordering> {
    match (left, right) {
        (AttributeValue::S(left), AttributeValue::S(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (AttributeValue::N(left), AttributeValue::N(right)) => Some(left.cmp(right)),
        (AttributeValue::B(left), AttributeValue::B(right)) => Some(left.cmp(right)),
        _ => None,
    }
}
