//! Rules for keys: every attribute present, of its type, not empty and within the length limits.

use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::service::limits::{HASH_KEY_BYTES_MAX, RANGE_KEY_BYTES_MAX};
use djamodb_core::value::size::value_bytes;
use djamodb_core::value::{AttributeValue, Item};

use super::value;
use crate::error::ValidationError;

/// Checks a key that has exactly the key attributes.
pub(crate) fn exact(schema: &KeySchema, key: &Item) -> Result<(), ValidationError> {
    let matches = if key.len() == schema.hash.len() + schema.range.len() {
        within(schema, key)
    } else {
        Err(ValidationError::KeyElement)
    };
    // The service reports a value that no item can have before one that is no key.
    matches.map_err(|found| value::item(key).err().unwrap_or(found))
}

/// Checks the key attributes of an item.
pub(crate) fn within(schema: &KeySchema, item: &Item) -> Result<(), ValidationError> {
    attributes(schema, item, |_, _| ValidationError::KeyElement)
}

/// Checks the key attributes of an item that is put. The error names the attribute, unlike that of [`within`].
pub(crate) fn put(schema: &KeySchema, item: &Item) -> Result<(), ValidationError> {
    attributes(schema, item, |attribute, value| match value {
        None => ValidationError::MissingKey(attribute.name.clone()),
        Some(value) => ValidationError::KeyType {
            name: attribute.name.clone(),
            expected: attribute.scalar,
            actual: value.value_type(),
        },
    })
}

/// Checks each attribute of a key, hash attributes first. `mismatch` creates the error for an attribute that is missing or
/// of another type.
fn attributes(
    schema: &KeySchema,
    item: &Item,
    mismatch: impl Fn(&KeyAttribute, Option<&AttributeValue>) -> ValidationError,
) -> Result<(), ValidationError> {
    let bytes_of = |attributes: &[KeyAttribute]| {
        attributes.iter().try_fold(0, |bytes, attribute| {
            let value = item.get(&attribute.name);
            match value {
                Some(value) if value.value_type() == attribute.scalar.value_type() => match empty_kind(value) {
                    None => Ok(bytes + value_bytes(value)),
                    Some(kind) => Err(ValidationError::EmptyKey { name: attribute.name.clone(), kind }),
                },
                _ => Err(mismatch(attribute, value)),
            }
        })
    };
    lengths(bytes_of(&schema.hash)?, bytes_of(&schema.range)?)
}

/// Returns the service's word for the type of an empty value, which a key cannot contain, or `None` if it is not empty.
pub(crate) fn empty_kind(value: &AttributeValue) -> Option<&'static str> {
    match value {
        AttributeValue::S(text) if text.is_empty() => Some("string"),
        AttributeValue::B(bytes) if bytes.is_empty() => Some("binary"),
        _ => None,
    }
}

/// Checks the total lengths of the hash attributes and of the range attributes of a key.
pub(crate) const fn lengths(hash_bytes: usize, range_bytes: usize) -> Result<(), ValidationError> {
    if hash_bytes > HASH_KEY_BYTES_MAX {
        Err(ValidationError::HashKeyTooLong)
    } else if range_bytes > RANGE_KEY_BYTES_MAX {
        Err(ValidationError::RangeKeyTooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> KeySchema {
        KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::b("at"))
    }

    fn key(id: impl Into<AttributeValue>, at: &'static [u8]) -> Item {
        Item::new().with("id", id).with("at", AttributeValue::b(at))
    }

    #[test]
    fn an_exact_key_has_all_key_attributes_and_no_others() {
        let good = key("a", b"b");
        assert_eq!(exact(&schema(), &good), Ok(()));
        for bad in [
            Item::new(),
            good.pick(&["id".into()]),
            good.clone().with("x", 1),
            key(1, b"b"),
            good.pick(&["id".into()]).with("x", 1),
        ] {
            assert_eq!(exact(&schema(), &bad), Err(ValidationError::KeyElement), "{bad:?}");
        }
        assert_eq!(within(&schema(), &good.with("x", 1)), Ok(()));
    }

    #[test]
    fn errors_of_puts_name_the_key_attribute() {
        let message = |item: Item| put(&schema(), &item).unwrap_err().to_string();
        assert!(message(Item::new().with("id", "a")).ends_with("Missing the key at in the item"));
        assert!(message(key(1, b"b")).ends_with("Type mismatch for key id expected: S actual: N"));
        assert!(message(key("", b"")).ends_with("cannot contain an empty string value. Key: id"));
        assert!(message(key("a", b"")).ends_with("cannot contain an empty binary value. Key: at"));
    }

    #[test]
    fn hash_keys_are_limited_to_2048_bytes_and_range_keys_to_1024() {
        let lengths = |id: usize, at: usize| {
            let at = AttributeValue::b(vec![1; at]);
            exact(&schema(), &Item::new().with("id", "x".repeat(id)).with("at", at))
        };
        assert_eq!(lengths(2048, 1024), Ok(()));
        assert_eq!(lengths(2049, 1024), Err(ValidationError::HashKeyTooLong));
        assert_eq!(lengths(2048, 1025), Err(ValidationError::RangeKeyTooLong));
    }
}
