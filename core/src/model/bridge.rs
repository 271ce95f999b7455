//! Conversion of any type of `serde` into items and attribute values, and back.
//!
//! A value of DynamoDB stays what it is: numbers are exact, bytes are binary data, and nothing passes through JSON text.
//!
//! | serde | DynamoDB |
//! |---|---|
//! | strings, characters, unit variants | S |
//! | integers, floats | N; a number that does not fit is an error |
//! | booleans | BOOL |
//! | bytes (`serialize_bytes`, as the crate `serde_bytes` writes them) | B |
//! | `None`, units | NULL |
//! | sequences, tuples | L |
//! | structs, maps | M; the keys of a map are written as text |
//! | other variants | M with one entry, named after the variant |
//! | with [`set`] | SS, NS or BS |
//! | with [`number`] | N, from the text of a decimal type |
//!
//! Sets are read as sequences, whichever field they are in. An integer of an untagged or flattened type that fits neither `i64` nor `u64`,
//! and a fraction that a float rounds, are refused there: `serde` buffers such values in types that cannot hold them.
//!
//! ```
//! use djamodb::model::bridge;
//! use djamodb::value::{AttributeValue, Item};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, PartialEq, Debug)]
//! struct Parcel {
//!     id: u128,
//!     #[serde(with = "bridge::set")]
//!     tags: Vec<String>,
//!     note: Option<String>,
//! }
//!
//! # fn main() -> Result<(), djamodb::model::CodecError> {
//! let parcel = Parcel { id: 12345678901234567890123, tags: vec!["red".into()], note: None };
//! let item = bridge::to_item(&parcel)?;
//! assert_eq!(item.get("id"), Some(&AttributeValue::N("12345678901234567890123".parse()?)));
//! assert_eq!(item.get("tags"), Some(&AttributeValue::ss(["red"])));
//! assert_eq!(bridge::from_item::<Parcel>(&item)?, parcel);
//! # Ok(())
//! # }
//! ```

mod deserializer;
mod map_key;
pub mod number;
mod serde_attribute;
mod serializer;
pub mod set;
#[cfg(test)]
mod tests;

pub use serde_attribute::Serde;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::deserializer::ValueDeserializer;
use self::serializer::ValueSerializer;
use super::{CodecError, CodecErrorKind};
use crate::value::{AttributeValue, Item};

/// Converts a struct or map into an item.
///
/// # Errors
///
/// Returns a [`CodecError`] with the path of the value that DynamoDB cannot store: a number of more than 38 digits, an empty set, more than
/// 32 levels. Returns one as well if `value` is no struct or map, and for an error of its `Serialize`.
pub fn to_item<T: Serialize + ?Sized>(value: &T) -> Result<Item, CodecError> {
    match to_value(value)? {
        AttributeValue::M(attributes) => Ok(attributes.into()),
        value => Err(CodecError::wrong_type("a struct or a map", value.value_type())),
    }
}

/// Converts an item into a struct or map.
///
/// # Errors
///
/// Returns a [`CodecError`] with the path of the value that does not fit, or that is missing.
pub fn from_item<'de, T: Deserialize<'de>>(item: &'de Item) -> Result<T, CodecError> {
    T::deserialize(ValueDeserializer::of_map(item.as_map()))
}

/// Converts a value into an attribute value.
///
/// # Errors
///
/// Those of [`to_item`].
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<AttributeValue, CodecError> {
    value.serialize(ValueSerializer::new())
}

/// Converts an attribute value into another value.
///
/// # Errors
///
/// Those of [`from_item`].
pub fn from_value<'de, T: Deserialize<'de>>(value: &'de AttributeValue) -> Result<T, CodecError> {
    T::deserialize(ValueDeserializer::new(value))
}

impl CodecError {
    /// Returns the error of a type's `Serialize` or `Deserialize`.
    fn of_serde(message: impl fmt::Display) -> Self {
        Self::new(CodecErrorKind::Serde { message: message.to_string() })
    }
}

impl serde::ser::Error for CodecError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of_serde(message)
    }
}

impl serde::de::Error for CodecError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of_serde(message)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(CodecErrorKind::Missing).at(field)
    }
}
