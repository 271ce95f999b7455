//! The serializer of attribute values.

use bytes::Bytes;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::map_key::KeySerializer;
use super::{number, set};
use crate::model::{CodecError, CodecErrorKind};
use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Name, Number};

/// Serializes one value.
#[derive(Clone, Copy)]
pub(super) struct ValueSerializer {
    /// Number of lists and maps around the value.
    level: usize,
}

impl ValueSerializer {
    pub(super) fn new() -> Self {
        Self { level: 0 }
    }

    /// Returns the serializer of the parts of this value.
    fn parts(self) -> Result<Self, CodecError> {
        if self.level < ITEM_LEVELS_MAX {
            Ok(Self { level: self.level + 1 })
        } else {
            Err(CodecError::new(CodecErrorKind::TooDeep))
        }
    }

    fn list(self, length: Option<usize>, variant: Option<&'static str>) -> Result<ListSerializer, CodecError> {
        let parts = if variant.is_some() { self.parts()?.parts()? } else { self.parts()? };
        // The length is a hint, which a type may compute wrongly.
        Ok(ListSerializer { parts, values: Vec::with_capacity(length.unwrap_or(0).min(1024)), variant })
    }

    fn map(self, variant: Option<&'static str>) -> Result<MapSerializer, CodecError> {
        let parts = if variant.is_some() { self.parts()?.parts()? } else { self.parts()? };
        Ok(MapSerializer { parts, entries: Vec::new(), name: None, variant, is_json_number: false })
    }
}

/// Name of the struct that `serde_json` writes for a number under its feature `arbitrary_precision`. Its only field is the number's text.
const JSON_NUMBER: &str = "$serde_json::private::Number";

fn of_variant(variant: &'static str, content: AttributeValue) -> AttributeValue {
    AttributeValue::m([(Name::from_static(variant), content)])
}

fn n<T>(number: T) -> Result<AttributeValue, CodecError>
where
    Number: TryFrom<T>,
    CodecError: From<<Number as TryFrom<T>>::Error>,
{
    Ok(AttributeValue::N(Number::try_from(number)?))
}

impl Serializer for ValueSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;
    type SerializeSeq = ListSerializer;
    type SerializeTuple = ListSerializer;
    type SerializeTupleStruct = ListSerializer;
    type SerializeTupleVariant = ListSerializer;
    type SerializeMap = MapSerializer;
    type SerializeStruct = MapSerializer;
    type SerializeStructVariant = MapSerializer;

    fn serialize_bool(self, flag: bool) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Bool(flag))
    }

    fn serialize_i8(self, integer: i8) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_i16(self, integer: i16) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_i32(self, integer: i32) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_i64(self, integer: i64) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_i128(self, integer: i128) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_u8(self, integer: u8) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_u16(self, integer: u16) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_u32(self, integer: u32) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_u64(self, integer: u64) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_u128(self, integer: u128) -> Result<AttributeValue, CodecError> {
        n(integer)
    }

    fn serialize_f32(self, float: f32) -> Result<AttributeValue, CodecError> {
        n(float)
    }

    fn serialize_f64(self, float: f64) -> Result<AttributeValue, CodecError> {
        n(float)
    }

    fn serialize_char(self, letter: char) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::s(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::b(Bytes::copy_from_slice(bytes)))
    }

    fn serialize_none(self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<AttributeValue, CodecError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::Null)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::s(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<AttributeValue, CodecError> {
        let value = value.serialize(self)?;
        match name {
            set::NAME => set::from_list(value),
            number::NAME => number::from_text(value),
            _ => Ok(value),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<AttributeValue, CodecError> {
        let content = value.serialize(self.parts()?).map_err(|error| error.at(variant))?;
        Ok(of_variant(variant, content))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListSerializer, CodecError> {
        self.list(length, None)
    }

    fn serialize_tuple(self, length: usize) -> Result<ListSerializer, CodecError> {
        self.list(Some(length), None)
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<ListSerializer, CodecError> {
        self.list(Some(length), None)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<ListSerializer, CodecError> {
        self.list(Some(length), Some(variant))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<MapSerializer, CodecError> {
        self.map(None)
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<MapSerializer, CodecError> {
        if name == JSON_NUMBER {
            // The struct is no level of its own.
            return Ok(MapSerializer { is_json_number: true, ..Self::new().map(None)? });
        }
        self.map(None)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<MapSerializer, CodecError> {
        self.map(Some(variant))
    }
}

/// Serializes the elements of a list.
pub(super) struct ListSerializer {
    parts: ValueSerializer,
    values: Vec<AttributeValue>,
    variant: Option<&'static str>,
}

impl ListSerializer {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let value = value.serialize(self.parts).map_err(|error| {
            let error = error.at_index(self.values.len());
            match self.variant {
                None => error,
                Some(variant) => error.at(variant),
            }
        })?;
        self.values.push(value);
        Ok(())
    }

    fn finish(self) -> AttributeValue {
        let list = AttributeValue::L(self.values.into());
        match self.variant {
            None => list,
            Some(variant) => of_variant(variant, list),
        }
    }
}

impl SerializeSeq for ListSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.push(value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        Ok(self.finish())
    }
}

impl SerializeTuple for ListSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.push(value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        Ok(self.finish())
    }
}

impl SerializeTupleStruct for ListSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.push(value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        Ok(self.finish())
    }
}

impl SerializeTupleVariant for ListSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.push(value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        Ok(self.finish())
    }
}

/// Serializes the entries of a map.
pub(super) struct MapSerializer {
    parts: ValueSerializer,
    entries: Vec<(Name, AttributeValue)>,
    /// Name of the entry whose value comes next.
    name: Option<Name>,
    variant: Option<&'static str>,
    is_json_number: bool,
}

impl MapSerializer {
    fn push<T: Serialize + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), CodecError> {
        let value = value.serialize(self.parts).map_err(|error| {
            let error = error.at(&name);
            match self.variant {
                None => error,
                Some(variant) => error.at(variant),
            }
        })?;
        self.entries.push((name, value));
        Ok(())
    }

    /// Returns the map. Refuses two entries of one name, of which one would be lost.
    fn finish(mut self) -> Result<AttributeValue, CodecError> {
        if self.is_json_number
            && let Some((_, text)) = self.entries.pop()
        {
            return number::from_text(text);
        }
        let count = self.entries.len();
        let names: Vec<Name> = self.entries.iter().map(|(name, _)| name.clone()).collect();
        let map = AttributeValue::m(self.entries);
        if map.as_m().is_none_or(|map| map.len() < count) {
            return Err(twice(names));
        }
        Ok(match self.variant {
            None => map,
            Some(variant) => of_variant(variant, map),
        })
    }
}

fn twice(mut names: Vec<Name>) -> CodecError {
    names.sort_unstable();
    let error = CodecError::new(CodecErrorKind::NameTwice);
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        None => error,
        Some(pair) => error.at(&pair[0]),
    }
}

impl SerializeMap for MapSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.name = Some(key.serialize(KeySerializer)?.into());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match self.name.take() {
            Some(name) => self.push(name, value),
            None => Err(CodecError::of_serde("the value of a map entry was serialized before its key")),
        }
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        self.finish()
    }
}

impl SerializeStruct for MapSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        self.push(Name::from_static(name), value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        self.finish()
    }
}

impl SerializeStructVariant for MapSerializer {
    type Ok = AttributeValue;
    type Error = CodecError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        self.push(Name::from_static(name), value)
    }

    fn end(self) -> Result<AttributeValue, CodecError> {
        self.finish()
    }
}
