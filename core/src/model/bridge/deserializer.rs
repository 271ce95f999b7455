//! The deserializer of attribute values.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::map_key::{KeyDeserializer, UnitVariant};
use super::number;
use crate::model::{AttributeType as _, CodecError, CodecErrorKind};
use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Map, Name, Number};

/// Deserializes one value.
#[derive(Clone, Copy)]
pub(super) struct ValueDeserializer<'de> {
    source: Source<'de>,
    /// Number of lists and maps around the value.
    level: usize,
}

/// An attribute value, or an element of a set.
#[derive(Clone, Copy)]
enum Source<'de> {
    Text(&'de str),
    Number(Number),
    Bytes(&'de [u8]),
    Bool(bool),
    Null,
    List(&'de [AttributeValue]),
    Map(&'de Map),
    Texts(&'de BTreeSet<String>),
    Numbers(&'de BTreeSet<Number>),
    Binaries(&'de BTreeSet<Bytes>),
}

impl<'de> From<&'de AttributeValue> for Source<'de> {
    fn from(value: &'de AttributeValue) -> Self {
        match value {
            AttributeValue::S(text) => Self::Text(text),
            AttributeValue::N(number) => Self::Number(*number),
            AttributeValue::B(bytes) => Self::Bytes(bytes),
            AttributeValue::Bool(flag) => Self::Bool(*flag),
            AttributeValue::Null => Self::Null,
            AttributeValue::L(values) => Self::List(values),
            AttributeValue::M(map) => Self::Map(map),
            AttributeValue::Ss(texts) => Self::Texts(texts),
            AttributeValue::Ns(numbers) => Self::Numbers(numbers),
            AttributeValue::Bs(values) => Self::Binaries(values),
        }
    }
}

impl<'de> ValueDeserializer<'de> {
    pub(super) fn new(value: &'de AttributeValue) -> Self {
        Self { source: value.into(), level: 0 }
    }

    pub(super) fn of_map(map: &'de Map) -> Self {
        Self { source: Source::Map(map), level: 0 }
    }

    /// Returns the deserializer of a part of this value.
    fn part(self, source: Source<'de>) -> Result<Self, CodecError> {
        if self.level < ITEM_LEVELS_MAX {
            Ok(Self { source, level: self.level + 1 })
        } else {
            Err(CodecError::new(CodecErrorKind::TooDeep))
        }
    }

    /// Visits the number exactly.
    fn visit_integer<V: Visitor<'de>>(self, visitor: V, expected: &'static str) -> Result<V::Value, CodecError> {
        let Source::Number(number) = self.source else { return self.deserialize_any(visitor) };
        match number.to_i128() {
            Some(integer) => visit_i128(integer, visitor),
            None => Err(CodecError::new(CodecErrorKind::OutOfRange { number: number.to_string(), expected })),
        }
    }
}

/// Visits an integer as the type that most visitors accept.
fn visit_i128<'de, V: Visitor<'de>>(integer: i128, visitor: V) -> Result<V::Value, CodecError> {
    if let Ok(integer) = u64::try_from(integer) {
        visitor.visit_u64(integer)
    } else if let Ok(integer) = i64::try_from(integer) {
        visitor.visit_i64(integer)
    } else {
        visitor.visit_i128(integer)
    }
}

/// Visits a number for a visitor that accepts any type: as an integer, or as a float if that is exact.
fn visit_number<'de, V: Visitor<'de>>(number: Number, visitor: V) -> Result<V::Value, CodecError> {
    if let Some(integer) = number.to_i128() {
        return visit_i128(integer, visitor);
    }
    let float = number.to_f64();
    if Number::from_f64(float) == Ok(number) {
        return visitor.visit_f64(float);
    }
    Err(CodecError::new(CodecErrorKind::OutOfRange {
        number: number.to_string(),
        expected: "a float without rounding",
    }))
}

impl<'de> Deserializer<'de> for ValueDeserializer<'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Text(text) => visitor.visit_borrowed_str(text),
            Source::Number(number) => visit_number(number, visitor),
            Source::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Source::Bool(flag) => visitor.visit_bool(flag),
            Source::Null => visitor.visit_unit(),
            Source::List(values) => visitor.visit_seq(Elements::new(self, values.iter())),
            Source::Map(map) => visitor.visit_map(Entries { parent: self, rest: map.iter(), value: None }),
            Source::Texts(texts) => visitor.visit_seq(Elements::new(self, texts.iter())),
            Source::Numbers(numbers) => visitor.visit_seq(Elements::new(self, numbers.iter())),
            Source::Binaries(values) => visitor.visit_seq(Elements::new(self, values.iter())),
        }
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an 8-bit integer")
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "a 16-bit integer")
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "a 32-bit integer")
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "a 64-bit integer")
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "a 128-bit integer")
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an unsigned 8-bit integer")
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an unsigned 16-bit integer")
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an unsigned 32-bit integer")
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an unsigned 64-bit integer")
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.visit_integer(visitor, "an unsigned 128-bit integer")
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Number(number) => visitor.visit_f32(f32::decode(&AttributeValue::N(number))?),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Number(number) => visitor.visit_f64(f64::decode(&AttributeValue::N(number))?),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Number(exact) if name == number::NAME => visitor.visit_string(exact.to_string()),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.source {
            Source::Text(variant) => visitor.visit_enum(KeyDeserializer(variant)),
            Source::Map(map) if map.len() == 1 => visitor.visit_enum(Variant { parent: self, map }),
            _ => Err(CodecError::of_serde("a variant is stored as its name, or as a map of one entry with its name")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The elements of a list or a set.
struct Elements<'de, I> {
    parent: ValueDeserializer<'de>,
    rest: I,
    index: usize,
}

impl<'de, I: ExactSizeIterator> Elements<'de, I> {
    fn new(parent: ValueDeserializer<'de>, elements: I) -> Self {
        Self { parent, rest: elements, index: 0 }
    }
}

impl<'de> From<&'de String> for Source<'de> {
    fn from(text: &'de String) -> Self {
        Self::Text(text)
    }
}

impl From<&Number> for Source<'_> {
    fn from(number: &Number) -> Self {
        Self::Number(*number)
    }
}

impl<'de> From<&'de Bytes> for Source<'de> {
    fn from(bytes: &'de Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'de, T: 'de, I: ExactSizeIterator<Item = &'de T>> SeqAccess<'de> for Elements<'de, I>
where
    Source<'de>: From<&'de T>,
{
    type Error = CodecError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError> {
        let Some(element) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        let part = self.parent.part(element.into())?;
        seed.deserialize(part).map(Some).map_err(|error| error.at_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The entries of a map.
struct Entries<'de, I> {
    parent: ValueDeserializer<'de>,
    rest: I,
    /// The entry whose value comes next.
    value: Option<(&'de Name, &'de AttributeValue)>,
}

impl<'de, I: ExactSizeIterator<Item = (&'de Name, &'de AttributeValue)>> MapAccess<'de> for Entries<'de, I> {
    type Error = CodecError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some((name, value));
        seed.deserialize(KeyDeserializer(name.as_str())).map(Some).map_err(|error| error.at(name))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, CodecError> {
        let Some((name, value)) = self.value.take() else {
            return Err(CodecError::of_serde("the value of a map entry was deserialized before its key"));
        };
        let part = self.parent.part(value.into())?;
        seed.deserialize(part).map_err(|error| error.at(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A variant with data, stored as a map of one entry.
struct Variant<'de> {
    parent: ValueDeserializer<'de>,
    map: &'de Map,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = CodecError;
    type Variant = Content<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'de>), CodecError> {
        let Some((name, value)) = self.map.iter().next() else { return Err(CodecError::of_serde("the map is empty")) };
        let variant = seed.deserialize(IntoDeserializer::<CodecError>::into_deserializer(name.as_str()))?;
        Ok((variant, Content { name, value: self.parent.part(value.into())? }))
    }
}

/// The data of a variant.
struct Content<'de> {
    name: &'de Name,
    value: ValueDeserializer<'de>,
}

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = CodecError;

    fn unit_variant(self) -> Result<(), CodecError> {
        match self.value.source {
            Source::Null => UnitVariant.unit_variant(),
            _ => Err(CodecError::of_serde("the variant has no data, but some is stored").at(self.name)),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, CodecError> {
        seed.deserialize(self.value).map_err(|error| error.at(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.value.deserialize_any(visitor).map_err(|error| error.at(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.value.deserialize_any(visitor).map_err(|error| error.at(self.name))
    }
}
