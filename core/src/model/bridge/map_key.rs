//! Keys of maps, which are written as text.

use std::str::FromStr;

use serde::Serialize;
use serde::de::{Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::ser::{Impossible, Serializer};

use crate::model::CodecError;

/// Serializes a key: text, a character, an integer, a boolean or a unit variant.
pub(super) struct KeySerializer;

fn no_key<T>() -> Result<T, CodecError> {
    Err(CodecError::of_serde("the key of a map must be text, an integer, a boolean or a variant without data"))
}

type NoKey = Impossible<String, CodecError>;

impl Serializer for KeySerializer {
    type Ok = String;
    type Error = CodecError;
    type SerializeSeq = NoKey;
    type SerializeTuple = NoKey;
    type SerializeTupleStruct = NoKey;
    type SerializeTupleVariant = NoKey;
    type SerializeMap = NoKey;
    type SerializeStruct = NoKey;
    type SerializeStructVariant = NoKey;

    fn serialize_bool(self, flag: bool) -> Result<String, CodecError> {
        Ok(flag.to_string())
    }

    fn serialize_i8(self, integer: i8) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_i16(self, integer: i16) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_i32(self, integer: i32) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_i64(self, integer: i64) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_i128(self, integer: i128) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_u8(self, integer: u8) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_u16(self, integer: u16) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_u32(self, integer: u32) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_u64(self, integer: u64) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_u128(self, integer: u128) -> Result<String, CodecError> {
        Ok(integer.to_string())
    }

    fn serialize_f32(self, _float: f32) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_f64(self, _float: f64) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_char(self, letter: char) -> Result<String, CodecError> {
        Ok(letter.to_string())
    }

    fn serialize_str(self, text: &str) -> Result<String, CodecError> {
        Ok(text.to_owned())
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_none(self) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _value: &T) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_unit(self) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<String, CodecError> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<String, CodecError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<String, CodecError> {
        no_key()
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_tuple(self, _length: usize) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<NoKey, CodecError> {
        no_key()
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<NoKey, CodecError> {
        no_key()
    }
}

/// Deserializes the name of an entry.
#[derive(Clone, Copy)]
pub(super) struct KeyDeserializer<'de>(pub(super) &'de str);

impl KeyDeserializer<'_> {
    fn parse<T: FromStr<Err: std::fmt::Display>>(self, expected: &'static str) -> Result<T, CodecError> {
        self.0.parse().map_err(|error| CodecError::invalid(self.0, expected, error))
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $expected:literal),+ $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            visitor.$visit(self.parse($expected)?)
        }
    )+};
}

impl<'de> Deserializer<'de> for KeyDeserializer<'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_borrowed_str(self.0)
    }

    parsed! {
        deserialize_bool visit_bool "a boolean",
        deserialize_i8 visit_i8 "an 8-bit integer",
        deserialize_i16 visit_i16 "a 16-bit integer",
        deserialize_i32 visit_i32 "a 32-bit integer",
        deserialize_i64 visit_i64 "a 64-bit integer",
        deserialize_i128 visit_i128 "a 128-bit integer",
        deserialize_u8 visit_u8 "an unsigned 8-bit integer",
        deserialize_u16 visit_u16 "an unsigned 16-bit integer",
        deserialize_u32 visit_u32 "an unsigned 32-bit integer",
        deserialize_u64 visit_u64 "an unsigned 64-bit integer",
        deserialize_u128 visit_u128 "an unsigned 128-bit integer",
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant without data.
impl<'de> EnumAccess<'de> for KeyDeserializer<'de> {
    type Error = CodecError;
    type Variant = UnitVariant;

    fn variant_seed<T: serde::de::DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, UnitVariant), CodecError> {
        Ok((seed.deserialize(IntoDeserializer::<CodecError>::into_deserializer(self.0))?, UnitVariant))
    }
}

/// The content of a variant that was written as its name.
pub(super) struct UnitVariant;

impl<'de> VariantAccess<'de> for UnitVariant {
    type Error = CodecError;

    fn unit_variant(self) -> Result<(), CodecError> {
        Ok(())
    }

    fn newtype_variant_seed<T: serde::de::DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, CodecError> {
        Err(no_data())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, CodecError> {
        Err(no_data())
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, CodecError> {
        Err(no_data())
    }
}

fn no_data() -> CodecError {
    CodecError::of_serde("the variant has data, but only its name is stored")
}
