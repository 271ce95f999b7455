//! Lists.

use super::levels::Level;
use crate::model::{
    AttributeType, CodecError, Comparable, Contains, HasSize, ListType, Structure, TypeInfo, ValidationErrors,
    codegen::no_text_form,
};
use crate::value::{AttributeValue, ValueType};

impl<T: AttributeType> AttributeType for Vec<T> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        T::encode_list(self)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        T::decode_list(value)
    }

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        T::decode_list_owned(value)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        encode_list_exact(self)
    }

    fn type_info() -> TypeInfo {
        T::list_info()
    }

    fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
        errors.inner(|errors| run_validators(self, errors));
    }
}

impl<T: Comparable> Comparable for Vec<T> {}

impl<T: AttributeType<Operand: Comparable>> Contains for Vec<T> {
    type Element = T::Operand;
}

impl<T> HasSize for Vec<T> {}

impl<T: AttributeType> ListType for Vec<T> {
    type Element = T;
}

pub(in crate::model) fn encode_list<T: AttributeType>(values: &[T]) -> Result<AttributeValue, CodecError> {
    encode_elements(values, T::encode)
}

pub(super) fn encode_list_exact<T: AttributeType>(values: &[T]) -> Result<AttributeValue, CodecError> {
    match T::encode_list(values)? {
        AttributeValue::L(_) => encode_elements(values, T::encode_exact),
        // A list of `u8` is stored as binary data.
        other => Ok(other),
    }
}

/// Runs the validators of the elements.
pub(super) fn run_validators<T: AttributeType>(values: &[T], errors: &mut ValidationErrors<[T]>) {
    for (index, value) in values.iter().enumerate() {
        errors.nested_at_index(index, |errors| value.run_validators(errors));
    }
}

fn encode_elements<T>(
    values: &[T],
    encode: fn(&T) -> Result<AttributeValue, CodecError>,
) -> Result<AttributeValue, CodecError> {
    let _level = Level::enter()?;
    let elements: Result<Vec<_>, _> =
        values.iter().enumerate().map(|(index, value)| encode(value).map_err(|error| error.at_index(index))).collect();
    Ok(AttributeValue::L(elements?.into()))
}

pub(in crate::model) fn decode_list<T: AttributeType>(value: &AttributeValue) -> Result<Vec<T>, CodecError> {
    let _level = Level::enter()?;
    let elements = value.as_l().ok_or_else(|| CodecError::wrong_type("a list", value.value_type()))?;
    elements
        .iter()
        .enumerate()
        .map(|(index, element)| T::decode(element).map_err(|error| error.at_index(index)))
        .collect()
}

pub(in crate::model) fn decode_list_owned<T: AttributeType>(value: AttributeValue) -> Result<Vec<T>, CodecError> {
    let _level = Level::enter()?;
    let AttributeValue::L(elements) = value else {
        return Err(CodecError::wrong_type("a list", value.value_type()));
    };
    elements
        .into_iter()
        .enumerate()
        .map(|(index, element)| T::decode_owned(element).map_err(|error| error.at_index(index)))
        .collect()
}

pub(in crate::model) fn list_info<T: AttributeType>() -> TypeInfo {
    TypeInfo {
        name: "a list",
        value_type: ValueType::L,
        parse: |_| no_text_form("a list"),
        comparable: true,
        ordered: false,
        starts_with: false,
        structure: Structure::List(T::type_info),
    }
}
