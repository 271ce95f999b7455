//! What the derives call. Not for use by hand: it may change with any version.

use super::{AttributeType, CodecError, CodecErrorKind, Presence};
use crate::value::{AttributeValue, Map, Name};

pub use inventory;

/// Adds a field to what becomes an item or a map.
pub fn encode_field<T: AttributeType>(
    entries: &mut Vec<(Name, AttributeValue)>,
    name: &'static str,
    value: &T,
) -> Result<(), CodecError> {
    if !value.is_absent() {
        entries.push((Name::from_static(name), value.encode().map_err(|error| error.at(name))?));
    }
    Ok(())
}

/// Takes a field out of an item or a map.
pub fn decode_field<T: AttributeType>(map: &Map, name: &'static str) -> Result<T, CodecError> {
    match map.get(name) {
        Some(value) => T::decode(value).map_err(|error| error.at(name)),
        None => T::absent().ok_or_else(|| CodecError::new(CodecErrorKind::Missing).at(name)),
    }
}

/// Takes a field that has a default out of an item or a map.
pub fn decode_field_or<T: AttributeType>(
    map: &Map,
    name: &'static str,
    default: impl FnOnce() -> T,
) -> Result<T, CodecError> {
    match map.get(name) {
        Some(value) => T::decode(value).map_err(|error| error.at(name)),
        None => Ok(default()),
    }
}

/// What becomes of an item that lacks a field without a default.
pub fn presence<T: AttributeType>() -> Presence {
    if T::absent().is_some() { Presence::Optional } else { Presence::Required }
}

/// The map inside a document.
pub fn document<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a Map, CodecError> {
    value.as_m().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

/// The text inside an enum of unit variants.
pub fn variant<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a str, CodecError> {
    value.as_s().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

/// A document has no form as text.
pub fn no_text_form(expected: &'static str) -> Result<AttributeValue, CodecError> {
    Err(CodecError::new(CodecErrorKind::NoTextForm { expected }))
}
