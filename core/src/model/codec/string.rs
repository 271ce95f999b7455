//! Text.

use crate::model::{
    AttributeType, CodecError, Comparable, Contains, HasSize, KeyType, MapKey, Ordered, StartsWith, Structure, TypeInfo,
};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

impl AttributeType for String {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(self.clone()))
    }

    fn encode_exact_owned(self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(self))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        text(value, "text").map(str::to_owned)
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        owned_text(value, "text")
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        Self::decode(value)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "text",
            value_type: ValueType::S,
            parse: |text| Ok(AttributeValue::s(text)),
            comparable: true,
            ordered: true,
            starts_with: true,
            structure: Structure::Sequence,
        }
    }
}

impl Comparable for String {}

impl KeyType for String {
    const SCALAR: ScalarType = ScalarType::S;
}

impl MapKey for String {}

impl Ordered for String {}

impl StartsWith for String {
    type Prefix = Self;
}

impl HasSize for String {}

impl Contains for String {
    type Element = Self;
}

/// Returns the text of an `S`.
pub(super) fn text<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a str, CodecError> {
    value.as_s().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

/// Returns the text of an `S` that is given up.
pub(super) fn owned_text(value: AttributeValue, expected: &'static str) -> Result<String, CodecError> {
    match value {
        AttributeValue::S(text) => Ok(text),
        value => Err(CodecError::wrong_type(expected, value.value_type())),
    }
}
