//! UUIDs, as text with hyphens.

use uuid::Uuid;

use super::string::text;
use crate::model::{AttributeType, CodecError, Comparable, KeyType, MapKey, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

impl AttributeType for Uuid {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(self.to_string()))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        parse(text(value, "a UUID")?)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "a UUID",
            value_type: ValueType::S,
            parse: |text| parse(text)?.encode(),
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for Uuid {}

impl KeyType for Uuid {
    const SCALAR: ScalarType = ScalarType::S;
    const TEXT_BYTES: Option<usize> = Some(36);
}

impl MapKey for Uuid {}

fn parse(text: &str) -> Result<Uuid, CodecError> {
    Uuid::try_parse(text).map_err(|error| CodecError::invalid(text, "a UUID", error))
}
