//! Sizes of items and values, as DynamoDB counts them for its limits and capacity units.
//!
//! Follows [item sizes and formats](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
//! [`service::limits`](crate::service::limits) contains the limits.

use super::{AttributeValue, Item, Map, Number, nested};

/// Returns the size of an item in bytes, names included.
///
/// ```
/// use djamodb_core::value::{Item, size::item_bytes};
///
/// // 8 + 7 bytes for the string, 8 + 3 for the number
/// assert_eq!(item_bytes(&Item::new().with("location", "Seattle").with("temp_max", 128)), 26);
/// ```
pub fn item_bytes(item: &Item) -> usize {
    entries_bytes(item.as_map())
}

/// Returns the size of a value in bytes, without the name of its attribute.
pub fn value_bytes(value: &AttributeValue) -> usize {
    nested::with_levels(value).map(|(value, _)| own_bytes(value)).sum()
}

/// Returns the number of levels of maps and lists in a value: 0 for a scalar or a set.
pub fn depth(value: &AttributeValue) -> usize {
    let levels = nested::with_levels(value).filter_map(|(value, level)| match value {
        AttributeValue::M(_) | AttributeValue::L(_) => Some(level + 1),
        _ => None,
    });
    levels.max().unwrap_or(0)
}

fn entries_bytes(map: &Map) -> usize {
    map.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

/// Returns the size of a value without the values inside it.
fn own_bytes(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number_bytes(*number),
        AttributeValue::B(bytes) => bytes.len(),
        AttributeValue::Bool(_) | AttributeValue::Null => 1,
        // A map or list takes three bytes itself and one more for each element.
        AttributeValue::M(map) => 3 + map.iter().map(|(name, _)| 1 + name.len()).sum::<usize>(),
        AttributeValue::L(values) => 3 + values.len(),
        AttributeValue::Ss(strings) => strings.iter().map(String::len).sum(),
        AttributeValue::Ns(numbers) => numbers.iter().copied().map(number_bytes).sum(),
        AttributeValue::Bs(values) => values.iter().map(bytes::Bytes::len).sum(),
    }
}

/// Returns one byte, plus one byte for each pair of digits counted from the decimal point without zero pairs at either end, plus one
/// byte for a negative sign.
fn number_bytes(number: Number) -> usize {
    if number.is_zero() {
        return 1;
    }
    let lowest = number.exponent();
    let highest = lowest + i32::try_from(number.digits()).unwrap_or(0) - 1;
    let pairs = highest.div_euclid(2) - lowest.div_euclid(2) + 1;
    1 + usize::try_from(pairs).unwrap_or(0) + usize::from(number.is_negative())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_pairs_of_digits() {
        for (text, bytes) in [
            ("0", 1),
            ("1", 2),
            ("-1", 3),
            ("12", 2),
            ("123", 3),
            ("12345", 4),
            ("1.5", 3),
            ("1.25", 3),
            ("1000", 2),
            ("0.001", 2),
            ("0.012", 3),
            ("123.45", 4),
            ("-1234567", 6),
            ("1e100", 2),
            ("1.2e-10", 3),
            ("12345678901234567890123456789012345678", 20),
        ] {
            assert_eq!(number_bytes(text.parse().unwrap()), bytes, "{text}");
        }
    }

    #[test]
    fn maps_and_lists_count_three_bytes_and_one_for_each_element() {
        let list = |values: Vec<AttributeValue>| AttributeValue::l(values);
        for (value, bytes) in [
            (list(vec![]), 3),
            (list(vec![AttributeValue::s("ab")]), 6),
            (list(vec![list(vec![])]), 7),
            (AttributeValue::m([("abc", list(vec![AttributeValue::n(1)]))]), 13),
            (AttributeValue::ss(["a", "bc"]), 3),
            (AttributeValue::bool(true), 1),
        ] {
            assert_eq!(value_bytes(&value), bytes, "{value}");
        }
    }
}
