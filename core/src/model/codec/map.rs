//! Maps with arbitrary keys. An entry `None` is stored as NULL, since an entry says more than a missing one.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use super::levels::Level;
use crate::model::{AttributeType, CodecError, MapType, Structure, TypeInfo, codegen::no_text_form};
use crate::value::{AttributeValue, Name, ValueType};

impl<T: AttributeType> AttributeType for BTreeMap<String, T> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        encode(self, T::encode)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        encode(self, T::encode_exact)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let _level = Level::enter()?;
        entries(value)?.collect()
    }

    fn type_info() -> TypeInfo {
        map_info::<T>()
    }
}

impl<T: AttributeType, S: BuildHasher + Default> AttributeType for HashMap<String, T, S> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        encode(self, T::encode)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        encode(self, T::encode_exact)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let _level = Level::enter()?;
        entries(value)?.collect()
    }

    fn type_info() -> TypeInfo {
        map_info::<T>()
    }
}

impl<T> MapType for BTreeMap<String, T> {
    type Value = T;
}

impl<T, S> MapType for HashMap<String, T, S> {
    type Value = T;
}

fn encode<'a, T: AttributeType + 'a>(
    entries: impl IntoIterator<Item = (&'a String, &'a T)>,
    encode: fn(&T) -> Result<AttributeValue, CodecError>,
) -> Result<AttributeValue, CodecError> {
    let _level = Level::enter()?;
    let entries: Result<Vec<(Name, AttributeValue)>, CodecError> = entries
        .into_iter()
        .map(|(name, value)| Ok((name.into(), encode(value).map_err(|error| error.at(name))?)))
        .collect();
    Ok(AttributeValue::m(entries?))
}

fn entries<T: AttributeType>(
    value: &AttributeValue,
) -> Result<impl Iterator<Item = Result<(String, T), CodecError>>, CodecError> {
    let map = value.as_m().ok_or_else(|| CodecError::wrong_type("a map", value.value_type()))?;
    Ok(map.iter().map(|(name, value)| Ok((name.to_string(), T::decode(value).map_err(|error| error.at(name))?))))
}

fn map_info<T: AttributeType>() -> TypeInfo {
    TypeInfo {
        name: "a map",
        value_type: ValueType::M,
        parse: |_| no_text_form("a map"),
        ordered: false,
        starts_with: false,
        structure: Structure::Map(T::type_info),
    }
}
