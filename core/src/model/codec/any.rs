//! Any value of DynamoDB, stored as it is.

use crate::model::{AttributeType, CodecError, Comparable, Structure, TypeInfo, codegen::no_text_form};
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "any value of DynamoDB";

impl AttributeType for AttributeValue {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(self.clone())
    }

    fn encode_exact_owned(self) -> Result<AttributeValue, CodecError> {
        Ok(self)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        Ok(value.clone())
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        Ok(value)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::M,
            // The text does not say of which type the value is.
            parse: |_| no_text_form(EXPECTED),
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for AttributeValue {}
