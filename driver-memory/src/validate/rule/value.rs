//! Rules for values: no empty sets or attribute names, at most 31 maps and lists around a value, items of at most 400 KB.

use djamodb_core::service::limits::{ATTRIBUTE_NAME_BYTES_MAX, ITEM_BYTES_MAX, ITEM_LEVELS_MAX};
use djamodb_core::value::size::{depth, item_bytes};
use djamodb_core::value::{AttributeValue, Item, Map};

use crate::error::ValidationError;

/// Number of maps and lists around a value at most. The value itself is one more level.
const NESTING_MAX: usize = ITEM_LEVELS_MAX - 1;

/// Checks the attributes of an item that is put.
pub(crate) fn item(item: &Item) -> Result<(), ValidationError> {
    entries(item.as_map(), NESTING_MAX)
}

/// Checks the size of an item that is put and returns it in bytes.
pub(crate) fn item_size(item: &Item) -> Result<usize, ValidationError> {
    let bytes = item_bytes(item);
    if bytes > ITEM_BYTES_MAX { Err(ValidationError::ItemTooLarge) } else { Ok(bytes) }
}

/// Checks the depth and size of the item that an update results in, and returns the size in bytes. Its values are those of
/// the previous item and of the update, which have been checked before.
pub(crate) fn updated_item_size(item: &Item) -> Result<usize, ValidationError> {
    if item.iter().any(|(_, value)| depth(value) > NESTING_MAX) {
        return Err(ValidationError::TooDeepAfterUpdate);
    }
    item_size(item).map_err(|_| ValidationError::ItemTooLargeAfterUpdate)
}

/// Checks a value of an expression, which may be one level deeper than a value of an item.
pub(crate) fn literal(literal: &AttributeValue) -> Result<(), ValidationError> {
    value(literal, NESTING_MAX + 1).map_err(|invalid| ValidationError::ExpressionValue(Box::new(invalid)))
}

fn entries(map: &Map, levels_left: usize) -> Result<(), ValidationError> {
    map.iter().try_for_each(|(name, entry)| {
        if name.is_empty() {
            return Err(ValidationError::EmptyAttributeName);
        }
        if name.len() > ATTRIBUTE_NAME_BYTES_MAX {
            return Err(ValidationError::AttributeNameTooLarge);
        }
        value(entry, levels_left)
    })
}

fn value(value: &AttributeValue, levels_left: usize) -> Result<(), ValidationError> {
    match value {
        AttributeValue::Ss(texts) if texts.is_empty() => Err(ValidationError::EmptyStringSet),
        AttributeValue::Ns(numbers) if numbers.is_empty() => Err(ValidationError::EmptyNumberSet),
        AttributeValue::Bs(values) if values.is_empty() => Err(ValidationError::EmptyBinarySet),
        AttributeValue::M(map) => entries(map, levels_left.checked_sub(1).ok_or(ValidationError::TooDeep)?),
        AttributeValue::L(values) => {
            let levels_left = levels_left.checked_sub(1).ok_or(ValidationError::TooDeep)?;
            values.iter().try_for_each(|element| self::value(element, levels_left))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize, inner: AttributeValue) -> AttributeValue {
        (0..levels).fold(inner, |value, _| AttributeValue::l([value]))
    }

    #[test]
    fn rejects_empty_sets_at_any_depth() {
        for (set, message) in [
            (AttributeValue::ss::<&str>([]), "An string set  may not be empty"),
            (AttributeValue::ns::<i32>([]), "An number set  may not be empty"),
            (AttributeValue::bs::<&[u8]>([]), "Binary sets should not be empty"),
        ] {
            let message = format!("One or more parameter values were invalid: {message}");
            let found = |value| item(&Item::new().with("a", value)).unwrap_err().to_string();
            assert_eq!(found(set.clone()), message);
            assert_eq!(found(AttributeValue::m([("k", nested(3, set))])), message);
        }
    }

    #[test]
    fn rejects_empty_names_at_any_depth() {
        let empty = AttributeValue::m([("", AttributeValue::null())]);
        assert_eq!(item(&Item::new().with("", 1)), Err(ValidationError::EmptyAttributeName));
        assert_eq!(item(&Item::new().with("a", nested(2, empty))), Err(ValidationError::EmptyAttributeName));
        assert_eq!(item(&Item::new().with("a".repeat(65536), 1)), Err(ValidationError::AttributeNameTooLarge));
    }

    #[test]
    fn values_are_nested_in_at_most_31_levels() {
        assert_eq!(item(&Item::new().with("a", nested(31, 1.into()))), Ok(()));
        assert_eq!(item(&Item::new().with("a", nested(32, 1.into()))), Err(ValidationError::TooDeep));
        assert_eq!(item(&Item::new().with("a", nested(31, AttributeValue::l([])))), Err(ValidationError::TooDeep));
        assert_eq!(literal(&nested(32, 1.into())), Ok(()));
        assert_eq!(
            literal(&nested(33, 1.into())),
            Err(ValidationError::ExpressionValue(Box::new(ValidationError::TooDeep)))
        );
        let after = updated_item_size(&Item::new().with("a", nested(32, 1.into())));
        assert_eq!(after, Err(ValidationError::TooDeepAfterUpdate));
    }

    #[test]
    fn items_are_limited_to_409600_bytes_including_names() {
        let of = |bytes: usize| Item::new().with("a", "x".repeat(bytes - 1));
        assert_eq!(item_size(&of(409_600)), Ok(409_600));
        assert_eq!(item_size(&of(409_601)), Err(ValidationError::ItemTooLarge));
        assert_eq!(updated_item_size(&of(409_601)), Err(ValidationError::ItemTooLargeAfterUpdate));
    }
}
