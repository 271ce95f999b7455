//! Text and booleans.

use crate::model::{AttributeType, CodecError, Contains, Inside, KeyType, Ordered, StartsWith, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

impl AttributeType for String {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(self.clone()))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        text(value, "text").map(str::to_owned)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "text",
            value_type: ValueType::S,
            parse: |text| Ok(AttributeValue::s(text)),
            ordered: true,
            starts_with: true,
            inside: Inside::Parts,
        }
    }
}

impl KeyType for String {
    const SCALAR: ScalarType = ScalarType::S;
}

impl Ordered for String {}

impl StartsWith for String {
    type Prefix = Self;
}

impl Contains for String {
    type Element = Self;
}

impl AttributeType for bool {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Bool(*self))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        value.as_bool().ok_or_else(|| CodecError::wrong_type("true or false", value.value_type()))
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "true or false",
            value_type: ValueType::Bool,
            parse: |text| match text {
                "true" => Ok(AttributeValue::Bool(true)),
                "false" => Ok(AttributeValue::Bool(false)),
                _ => Err(CodecError::invalid(text, "true or false", "write `true` or `false`")),
            },
            ordered: false,
            starts_with: false,
            inside: Inside::Nothing,
        }
    }
}

/// The text of an `S`.
pub(super) fn text<'a>(value: &'a AttributeValue, expected: &'static str) -> Result<&'a str, CodecError> {
    value.as_s().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}
