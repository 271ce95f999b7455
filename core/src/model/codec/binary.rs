//! Binary data.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;

use crate::model::{
    AttributeType, CodecError, Comparable, Contains, HasSize, KeyType, Ordered, StartsWith, Structure, TypeInfo,
};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

/// In lookups given as text, binary data is base64.
impl AttributeType for Bytes {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::b(self.clone()))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        value.as_b().cloned().ok_or_else(|| CodecError::wrong_type("binary data", value.value_type()))
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        match value {
            AttributeValue::B(bytes) => Ok(*bytes),
            value => Err(CodecError::wrong_type("binary data", value.value_type())),
        }
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        Self::decode(value)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "binary data",
            value_type: ValueType::B,
            parse: |text| {
                let bytes = BASE64.decode(text).map_err(|error| CodecError::invalid(text, "base64", error))?;
                Ok(AttributeValue::b(bytes))
            },
            comparable: true,
            ordered: true,
            starts_with: true,
            structure: Structure::Sequence,
        }
    }
}

impl Comparable for Bytes {}

impl KeyType for Bytes {
    const SCALAR: ScalarType = ScalarType::B;
}

impl Ordered for Bytes {}

impl StartsWith for Bytes {
    type Prefix = Self;
}

impl HasSize for Bytes {}

impl Contains for Bytes {
    type Element = Self;
}

impl KeyType for Vec<u8> {
    const SCALAR: ScalarType = ScalarType::B;
}

impl Ordered for Vec<u8> {}

impl StartsWith for Vec<u8> {
    type Prefix = Bytes;
}
