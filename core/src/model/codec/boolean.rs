//! Booleans.

use crate::model::{AttributeType, CodecError, Comparable, Structure, TypeInfo};
use crate::value::{AttributeValue, ValueType};

const NAME: &str = "true or false";

impl Comparable for bool {}

impl AttributeType for bool {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Bool(*self))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        value.as_bool().ok_or_else(|| CodecError::wrong_type(NAME, value.value_type()))
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: NAME,
            value_type: ValueType::Bool,
            parse: |text| match text {
                "true" => Ok(AttributeValue::Bool(true)),
                "false" => Ok(AttributeValue::Bool(false)),
                _ => Err(CodecError::invalid(text, NAME, "write `true` or `false`")),
            },
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}
