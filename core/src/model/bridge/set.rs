//! Sequences stored as sets, for `#[serde(with = "djamodb::model::bridge::set")]`.
//!
//! The elements are text, numbers or bytes, all of one type, and all different. With another serializer the field is a sequence as usual.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::model::{CodecError, CodecErrorKind};
use crate::value::AttributeValue;

/// Name of the newtype that marks a sequence.
pub(super) const NAME: &str = "$djamodb::set";

/// Serializes a sequence as a set.
///
/// # Errors
///
/// Returns an error if the sequence is empty, if it has elements that a set cannot hold, or if two elements are equal.
pub fn serialize<T: Serialize, S: Serializer>(values: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(NAME, values)
}

/// Deserializes a set or a list into a sequence.
///
/// # Errors
///
/// Returns the error of the sequence's `Deserialize`.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// Converts the list that a marked sequence was serialized as.
pub(super) fn from_list(value: AttributeValue) -> Result<AttributeValue, CodecError> {
    let values = match value {
        AttributeValue::L(values) => values,
        // A set in an `Option` that is `None`.
        AttributeValue::Null => return Ok(AttributeValue::Null),
        value => return Err(CodecError::wrong_type("a sequence", value.value_type())),
    };
    let count = values.len();
    let (mut texts, mut numbers, mut binaries) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (index, value) in values.into_iter().enumerate() {
        match value {
            AttributeValue::S(text) => texts.insert(text),
            AttributeValue::N(number) => numbers.insert(number),
            AttributeValue::B(bytes) => binaries.insert(*bytes),
            value => {
                let error = CodecError::wrong_type("text, a number or bytes in a set", value.value_type());
                return Err(error.at_index(index));
            }
        };
    }
    let (set, length) = match (texts.len(), numbers.len(), binaries.len()) {
        (0, 0, 0) => return Err(CodecError::new(CodecErrorKind::EmptySet)),
        (length, 0, 0) => (AttributeValue::Ss(texts), length),
        (0, length, 0) => (AttributeValue::Ns(numbers), length),
        (0, 0, length) => (AttributeValue::Bs(binaries), length),
        _ => return Err(CodecError::of_serde("the elements of a set must be of one type")),
    };
    if length == count { Ok(set) } else { Err(CodecError::of_serde("two elements of the set are equal")) }
}
