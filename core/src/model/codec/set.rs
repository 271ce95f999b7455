//! Sets of texts, numbers and binary data. DynamoDB stores no empty sets, so an empty set is left out of an item or document, and
//! is an error in a list, in a map and as an operand.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Contains, SetElement, SetType, Structure, TypeInfo,
    codegen::no_text_form,
};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

impl<T: SetElement + Ord> AttributeType for BTreeSet<T> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        encode(self)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        elements(value)
    }

    fn type_info() -> TypeInfo {
        set_info::<T>()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: SetElement + Eq + Hash, S: BuildHasher + Default> AttributeType for HashSet<T, S> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        encode(self)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        elements(value)
    }

    fn type_info() -> TypeInfo {
        set_info::<T>()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl<T: SetElement> Contains for BTreeSet<T> {
    type Element = T;
}

impl<T: SetElement, S> Contains for HashSet<T, S> {
    type Element = T;
}

impl<T: SetElement> SetType for BTreeSet<T> {
    type Element = T;
}

impl<T: SetElement, S> SetType for HashSet<T, S> {
    type Element = T;
}

/// Encodes a set of these elements.
pub(in crate::model) fn encode<'a, T: SetElement + 'a>(
    elements: impl IntoIterator<Item = &'a T>,
) -> Result<AttributeValue, CodecError> {
    // Encoded exactly, so that two elements do not become one.
    let mut elements = elements.into_iter().map(T::encode_exact).peekable();
    if elements.peek().is_none() {
        return Err(CodecError::new(CodecErrorKind::EmptySet));
    }
    // A hand-written codec can encode an element as another type than its `KeyType::SCALAR`.
    let mismatch = |value: &AttributeValue| CodecError::wrong_type("elements of one type", value.value_type());
    Ok(match T::SCALAR {
        ScalarType::S => AttributeValue::Ss(
            elements
                .map(|element| match element? {
                    AttributeValue::S(text) => Ok(text),
                    value => Err(mismatch(&value)),
                })
                .collect::<Result<_, _>>()?,
        ),
        ScalarType::N => AttributeValue::Ns(
            elements
                .map(|element| match element? {
                    AttributeValue::N(number) => Ok(number),
                    value => Err(mismatch(&value)),
                })
                .collect::<Result<_, _>>()?,
        ),
        ScalarType::B => AttributeValue::Bs(
            elements
                .map(|element| match element? {
                    AttributeValue::B(bytes) => Ok(bytes),
                    value => Err(mismatch(&value)),
                })
                .collect::<Result<_, _>>()?,
        ),
    })
}

fn elements<T: SetElement, C: FromIterator<T>>(value: &AttributeValue) -> Result<C, CodecError> {
    match value {
        AttributeValue::Ss(texts) => texts.iter().map(|text| T::decode(&AttributeValue::s(text))).collect(),
        AttributeValue::Ns(numbers) => numbers.iter().map(|number| T::decode(&AttributeValue::N(*number))).collect(),
        AttributeValue::Bs(values) => values.iter().map(|bytes| T::decode(&AttributeValue::B(bytes.clone()))).collect(),
        value => Err(CodecError::wrong_type("a set", value.value_type())),
    }
}

fn set_info<T: SetElement>() -> TypeInfo {
    TypeInfo {
        name: "a set",
        value_type: match T::SCALAR {
            ScalarType::S => ValueType::Ss,
            ScalarType::N => ValueType::Ns,
            ScalarType::B => ValueType::Bs,
        },
        parse: |_| no_text_form("a set"),
        ordered: false,
        starts_with: false,
        structure: Structure::Set(T::type_info),
    }
}
