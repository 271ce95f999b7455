//! Sets of texts, numbers and binary data. DynamoDB stores no empty sets, so an empty set is left out of an item or document, and
//! is an error in a list, in a map and as an operand.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Comparable, Contains, HasSize, SetElement, SetType, Structure, TypeInfo,
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
        decode(value, Self::insert)
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
        decode(value, Self::insert)
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

impl<T> Comparable for BTreeSet<T> {}

impl<T, S> Comparable for HashSet<T, S> {}

impl<T: SetElement> Contains for BTreeSet<T> {
    type Element = T;
}

impl<T: SetElement, S> Contains for HashSet<T, S> {
    type Element = T;
}

impl<T> HasSize for BTreeSet<T> {}

impl<T, S> HasSize for HashSet<T, S> {}

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
                    AttributeValue::B(bytes) => Ok(*bytes),
                    value => Err(mismatch(&value)),
                })
                .collect::<Result<_, _>>()?,
        ),
    })
}

/// Decodes the elements of a set. `insert` returns `false` for an element that the set contains already.
fn decode<T: SetElement, C: Default>(
    value: &AttributeValue,
    insert: impl Fn(&mut C, T) -> bool,
) -> Result<C, CodecError> {
    match value {
        AttributeValue::Ss(texts) => collect(texts.iter().map(AttributeValue::s), insert),
        AttributeValue::Ns(numbers) => collect(numbers.iter().map(|number| AttributeValue::N(*number)), insert),
        AttributeValue::Bs(values) => collect(values.iter().map(|bytes| AttributeValue::b(bytes.clone())), insert),
        value => Err(CodecError::wrong_type("a set", value.value_type())),
    }
}

fn collect<T: SetElement, C: Default>(
    elements: impl Iterator<Item = AttributeValue> + Clone,
    insert: impl Fn(&mut C, T) -> bool,
) -> Result<C, CodecError> {
    let mut set = C::default();
    for element in elements.clone() {
        if !insert(&mut set, T::decode(&element)?) {
            return Err(collision(elements, &element, insert));
        }
    }
    Ok(set)
}

/// Returns the error of an element that decodes to the same value as an earlier one.
fn collision<T: SetElement, C: Default>(
    mut elements: impl Iterator<Item = AttributeValue>,
    second: &AttributeValue,
    insert: impl Fn(&mut C, T) -> bool,
) -> CodecError {
    let collides = |first: &AttributeValue| {
        let mut set = C::default();
        let (Ok(first), Ok(second)) = (T::decode(first), T::decode(second)) else { return false };
        insert(&mut set, first) && !insert(&mut set, second)
    };
    let first = elements.find(collides).as_ref().unwrap_or(second).to_string();
    CodecError::new(CodecErrorKind::ElementsCollide { first, second: second.to_string() })
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
        comparable: true,
        ordered: false,
        starts_with: false,
        structure: Structure::Set(T::type_info),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    #[test]
    fn a_stored_set_whose_elements_decode_to_one_value_is_refused() {
        let other = "2014-01-01T00:00:00.000000+0000";
        let (utc, offset) = ("2015-01-01T00:00:00.000000+0000", "2015-01-01T02:00:00.000000+0200");
        let stored = AttributeValue::ss([other, utc, offset]);
        for error in [
            BTreeSet::<DateTime<Utc>>::decode(&stored).unwrap_err(),
            HashSet::<DateTime<Utc>>::decode(&stored).unwrap_err(),
        ] {
            let CodecErrorKind::ElementsCollide { first, second } = error.kind() else { panic!("{error}") };
            assert!(first.contains(utc) && second.contains(offset), "{error}");
        }
        assert_eq!(BTreeSet::<DateTime<Utc>>::decode(&AttributeValue::ss([other, offset])).unwrap().len(), 2);
        assert_eq!(BTreeSet::<String>::decode(&stored).unwrap().len(), 3);
    }
}
