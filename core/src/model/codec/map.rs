//! Maps with arbitrary keys. An entry `None` is stored as NULL, since an entry says more than a missing one.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use super::levels::Level;
use crate::model::{
    AttributeType, CodecError, Comparable, HasSize, MapKey, MapType, Structure, TypeInfo, ValidationErrors,
    codegen::no_text_form,
};
use crate::value::{AttributeValue, Name, ValueType};

impl<K: MapKey + Ord, T: AttributeType> AttributeType for BTreeMap<K, T> {
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

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        let _level = Level::enter()?;
        owned_entries(value)?.collect()
    }

    fn type_info() -> TypeInfo {
        map_info::<T>()
    }

    fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
        run_validators(self, errors);
    }
}

impl<K: MapKey + Eq + Hash, T: AttributeType, S: BuildHasher + Default> AttributeType for HashMap<K, T, S> {
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

    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        let _level = Level::enter()?;
        owned_entries(value)?.collect()
    }

    fn type_info() -> TypeInfo {
        map_info::<T>()
    }

    fn run_validators(&self, errors: &mut ValidationErrors<Self>) {
        run_validators(self, errors);
    }
}

impl<K, T: Comparable> Comparable for BTreeMap<K, T> {}

impl<K, T: Comparable, S> Comparable for HashMap<K, T, S> {}

impl<K, T> HasSize for BTreeMap<K, T> {}

impl<K, T, S> HasSize for HashMap<K, T, S> {}

impl<K: MapKey, T> MapType for BTreeMap<K, T> {
    type Value = T;
}

impl<K: MapKey, T, S> MapType for HashMap<K, T, S> {
    type Value = T;
}

fn encode<'a, K: MapKey + 'a, T: AttributeType + 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a T)>,
    encode: fn(&T) -> Result<AttributeValue, CodecError>,
) -> Result<AttributeValue, CodecError> {
    let _level = Level::enter()?;
    let entries: Result<Vec<(Name, AttributeValue)>, CodecError> = entries
        .into_iter()
        .map(|(key, value)| {
            let name = name(key)?;
            let value = encode(value).map_err(|error| error.at(&name))?;
            Ok((name, value))
        })
        .collect();
    Ok(AttributeValue::m(entries?))
}

/// Runs the validators of the values. An entry whose key has no name is left out, since it cannot be encoded.
fn run_validators<'a, C, K: MapKey + 'a, T: AttributeType + 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a T)>,
    errors: &mut ValidationErrors<C>,
) {
    let mut refused = Vec::new();
    for (key, value) in entries {
        let mut nested = ValidationErrors::new();
        value.run_validators(&mut nested);
        if !nested.is_empty()
            && let Ok(name) = name(key)
        {
            refused.push((name, nested));
        }
    }
    // A hash map has no order.
    refused.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
    for (name, nested) in refused {
        nested.into_iter().for_each(|error| errors.push(error.at(&name)));
    }
}

/// Returns the name of the entry with this key.
fn name<K: MapKey>(key: &K) -> Result<Name, CodecError> {
    match key.encode_exact()? {
        AttributeValue::S(name) => Ok(name.into()),
        value => Err(CodecError::wrong_type("text, as MapKey says", value.value_type())),
    }
}

fn entries<K: MapKey, T: AttributeType>(
    value: &AttributeValue,
) -> Result<impl Iterator<Item = Result<(K, T), CodecError>>, CodecError> {
    let map = value.as_m().ok_or_else(|| CodecError::wrong_type("a map", value.value_type()))?;
    Ok(map.iter().map(|(name, value)| {
        let key = K::decode_exact(&AttributeValue::s(name.as_str())).map_err(|error| error.at(name))?;
        Ok((key, T::decode(value).map_err(|error| error.at(name))?))
    }))
}

fn owned_entries<K: MapKey, T: AttributeType>(
    value: AttributeValue,
) -> Result<impl Iterator<Item = Result<(K, T), CodecError>>, CodecError> {
    let AttributeValue::M(map) = value else {
        return Err(CodecError::wrong_type("a map", value.value_type()));
    };
    Ok(map.into_iter().map(|(name, value)| {
        let key = K::decode_exact(&AttributeValue::s(name.as_str())).map_err(|error| error.at(&name))?;
        Ok((key, T::decode_owned(value).map_err(|error| error.at(&name))?))
    }))
}

fn map_info<T: AttributeType>() -> TypeInfo {
    TypeInfo {
        name: "a map",
        value_type: ValueType::M,
        parse: |_| no_text_form("a map"),
        comparable: true,
        ordered: false,
        starts_with: false,
        structure: Structure::Map(T::type_info),
    }
}
