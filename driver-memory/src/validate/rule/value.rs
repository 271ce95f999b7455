//! Values: no empty sets, no empty names, no more than 31 maps and lists around a value, no item over 400 KB.

use djamodb_core::service::limits::{ATTRIBUTE_NAME_BYTES_MAX, ITEM_BYTES_MAX, ITEM_LEVELS_MAX};
use djamodb_core::value::size::{depth, item_bytes};
use djamodb_core::value::{AttributeValue, Item, Map};

use crate::error::Invalid;

/// How many maps and lists can stand around a value; it is itself the last of the levels an item can have.
const AROUND_MAX: usize = ITEM_LEVELS_MAX - 1;

/// The attributes of an item that is to be stored.
pub(crate) fn item(item: &Item) -> Result<(), Invalid> {
    entries(item.as_map(), AROUND_MAX)
}

/// The size of an item that is to be stored, in bytes.
pub(crate) fn item_size(item: &Item) -> Result<usize, Invalid> {
    let bytes = item_bytes(item);
    if bytes > ITEM_BYTES_MAX { Err(Invalid::ItemTooLarge) } else { Ok(bytes) }
}

/// The same of an item after an update, of which the values and the parts that were there have been looked at.
pub(crate) fn updated_item_size(item: &Item) -> Result<usize, Invalid> {
    if item.iter().any(|(_, value)| depth(value) > AROUND_MAX) {
        return Err(Invalid::TooDeepAfterUpdate);
    }
    item_size(item).map_err(|_| Invalid::ItemTooLargeAfterUpdate)
}

/// A value that an expression names. It can be a level deeper than an item can hold.
pub(crate) fn literal(literal: &AttributeValue) -> Result<(), Invalid> {
    value(literal, AROUND_MAX + 1).map_err(|invalid| Invalid::ExpressionValue(Box::new(invalid)))
}

fn entries(map: &Map, levels_left: usize) -> Result<(), Invalid> {
    map.iter().try_for_each(|(name, entry)| {
        if name.is_empty() {
            return Err(Invalid::EmptyAttributeName);
        }
        if name.len() > ATTRIBUTE_NAME_BYTES_MAX {
            return Err(Invalid::AttributeNameTooLarge);
        }
        value(entry, levels_left)
    })
}

fn value(value: &AttributeValue, levels_left: usize) -> Result<(), Invalid> {
    match value {
        AttributeValue::Ss(texts) if texts.is_empty() => Err(Invalid::EmptyStringSet),
        AttributeValue::Ns(numbers) if numbers.is_empty() => Err(Invalid::EmptyNumberSet),
        AttributeValue::Bs(values) if values.is_empty() => Err(Invalid::EmptyBinarySet),
        AttributeValue::M(map) => entries(map, levels_left.checked_sub(1).ok_or(Invalid::TooDeep)?),
        AttributeValue::L(values) => {
            let levels_left = levels_left.checked_sub(1).ok_or(Invalid::TooDeep)?;
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
    fn empty_sets_are_refused_at_any_depth() {
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
    fn empty_names_are_refused_at_any_depth() {
        let empty = AttributeValue::m([("", AttributeValue::null())]);
        assert_eq!(item(&Item::new().with("", 1)), Err(Invalid::EmptyAttributeName));
        assert_eq!(item(&Item::new().with("a", nested(2, empty))), Err(Invalid::EmptyAttributeName));
        assert_eq!(item(&Item::new().with("a".repeat(65536), 1)), Err(Invalid::AttributeNameTooLarge));
    }

    #[test]
    fn thirty_one_levels_around_a_value_are_the_most() {
        assert_eq!(item(&Item::new().with("a", nested(31, 1.into()))), Ok(()));
        assert_eq!(item(&Item::new().with("a", nested(32, 1.into()))), Err(Invalid::TooDeep));
        assert_eq!(item(&Item::new().with("a", nested(31, AttributeValue::l([])))), Err(Invalid::TooDeep));
        assert_eq!(literal(&nested(32, 1.into())), Ok(()));
        assert_eq!(literal(&nested(33, 1.into())), Err(Invalid::ExpressionValue(Box::new(Invalid::TooDeep))));
        let after = updated_item_size(&Item::new().with("a", nested(32, 1.into())));
        assert_eq!(after, Err(Invalid::TooDeepAfterUpdate));
    }

    #[test]
    fn an_item_is_at_most_409600_bytes_names_included() {
        let of = |bytes: usize| Item::new().with("a", "x".repeat(bytes - 1));
        assert_eq!(item_size(&of(409_600)), Ok(409_600));
        assert_eq!(item_size(&of(409_601)), Err(Invalid::ItemTooLarge));
        assert_eq!(updated_item_size(&of(409_601)), Err(Invalid::ItemTooLargeAfterUpdate));
    }
}
