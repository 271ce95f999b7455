//! Exact numbers of types that `serde` writes as text, such as [`Number`] and decimals, for
//! `#[serde(with = "djamodb::model::bridge::number")]`.
//!
//! The type's `Display` and `FromStr` are used. With another serializer the field is text.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

use crate::model::CodecError;
use crate::value::{AttributeValue, Number};

/// Name of the newtype that marks the text of a number.
pub(super) const NAME: &str = "$djamodb::number";

/// Serializes the text of a number as a number.
///
/// # Errors
///
/// Returns an error if the text is no number, or one that DynamoDB cannot hold.
pub fn serialize<T: fmt::Display, S: Serializer>(number: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(NAME, &number.to_string())
}

/// Deserializes a number, or the text of one.
///
/// # Errors
///
/// Returns an error if the type does not accept the number.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(NAME, NumberVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

/// Converts the text that a marked number was serialized as.
pub(super) fn from_text(value: AttributeValue) -> Result<AttributeValue, CodecError> {
    match value {
        AttributeValue::S(text) => Ok(AttributeValue::N(Number::parse(&text)?)),
        value => Err(CodecError::wrong_type("the text of a number", value.value_type())),
    }
}
