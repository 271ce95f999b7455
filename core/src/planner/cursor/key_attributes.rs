//! The attributes of a key as bytes, at most as long as the key itself and a few bytes for each attribute.
//!
//! For each attribute: the length of the name (2 bytes), the name, the type (`S`, `N` or `B`), the length of the value (4 bytes),
//! the value. A number is its text. All lengths are big-endian.

use bytes::Bytes;

use crate::value::{AttributeValue, Item, Name, Number};

/// Appends the attributes of `key`. Attributes that no key can have are left out, so that the token of such a key is refused.
pub(super) fn write(key: &Item, out: &mut Vec<u8>) {
    for (name, value) in key.iter() {
        match value {
            AttributeValue::S(text) => write_one(name, b'S', text.as_bytes(), out),
            AttributeValue::N(number) => write_one(name, b'N', number.to_string().as_bytes(), out),
            AttributeValue::B(bytes) => write_one(name, b'B', bytes, out),
            _ => {}
        }
    }
}

fn write_one(name: &str, value_type: u8, value: &[u8], out: &mut Vec<u8>) {
    let lengths = (u16::try_from(name.len()), u32::try_from(value.len()));
    let (Ok(name_bytes), Ok(value_bytes)) = lengths else { return };
    out.extend(name_bytes.to_be_bytes());
    out.extend(name.as_bytes());
    out.push(value_type);
    out.extend(value_bytes.to_be_bytes());
    out.extend(value);
}

/// Returns the key with these attributes, or `None` if the bytes are not those of a key.
pub(super) fn read(mut bytes: &[u8]) -> Option<Item> {
    let mut key = Item::new();
    while !bytes.is_empty() {
        let name = std::str::from_utf8(take_with_length::<2>(&mut bytes)?).ok()?;
        let (value_type, rest) = bytes.split_first()?;
        bytes = rest;
        let value = take_with_length::<4>(&mut bytes)?;
        let value = match value_type {
            b'S' => AttributeValue::S(std::str::from_utf8(value).ok()?.into()),
            b'N' => AttributeValue::N(std::str::from_utf8(value).ok()?.parse::<Number>().ok()?),
            b'B' => AttributeValue::b(Bytes::copy_from_slice(value)),
            _ => return None,
        };
        key = key.with(Name::from(name), value);
    }
    (!key.is_empty()).then_some(key)
}

/// Takes a length of `N` bytes, and as many bytes as it says.
fn take_with_length<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<N>()?;
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let (taken, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = AttributeValue> {
        prop_oneof![
            any::<String>().prop_map(AttributeValue::from),
            any::<i64>().prop_map(AttributeValue::n),
            prop::collection::vec(any::<u8>(), 0..50).prop_map(AttributeValue::b),
        ]
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_was_written(attributes in prop::collection::btree_map(any::<String>(), value(), 1..6)) {
            let key = attributes.into_iter().fold(Item::new(), |key, (name, value)| key.with(name, value));
            let mut bytes = Vec::new();
            write(&key, &mut bytes);
            prop_assert_eq!(read(&bytes), Some(key.clone()));
            for length in 0..bytes.len() {
                prop_assert_ne!(read(&bytes[..length]), Some(key.clone()));
            }
        }

        #[test]
        fn bytes_of_no_key_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            read(&bytes);
        }
    }
}
