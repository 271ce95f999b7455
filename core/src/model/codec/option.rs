//! Optional values.

use crate::model::{AttributeType, CodecError, Comparable, TypeInfo, ValidationErrors};
use crate::value::AttributeValue;

/// `None` is left out of an item or document, and is NULL in a list or map. A missing attribute and NULL both decode as `None`.
impl<T: AttributeType> AttributeType for Option<T> {
    type Operand = T::Operand;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        self.as_ref().map_or(Ok(AttributeValue::Null), T::encode)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        match value {
            AttributeValue::Null => Ok(None),
            value => T::decode(value).map(Some),
        }
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        match value {
            AttributeValue::Null => Ok(None),
            value => T::decode_owned(value).map(Some),
        }
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        self.as_ref().map_or(Ok(AttributeValue::Null), T::encode_exact)
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        match value {
            AttributeValue::Null => Ok(None),
            value => T::decode_exact(value).map(Some),
        }
    }

    fn type_info() -> TypeInfo {
        T::type_info()
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(T::is_absent)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
        if let Some(value) = self {
            errors.inner(|errors| value.run_validators(errors));
        }
    }
}

impl<T: Comparable> Comparable for Option<T> {}
