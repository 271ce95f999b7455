//! Lists, and maps with texts as keys.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed as _, Deserializer, Error as _, MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use super::container::{Container, ContainerReader};
use super::structure::TypeName;
use super::{Element, SentItem, SentValue, Text};

/// A list.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

/// A map with texts as keys. Of two equal keys in the JSON text, the last counts.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Map<T>(pub(crate) BTreeMap<String, T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Map<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A type of the values of a map.
pub(crate) trait MapValue {
    /// Returns the name of the type in the service's messages.
    fn full_name() -> String;
}

impl MapValue for Text {
    fn full_name() -> String {
        "java.lang.String".to_owned()
    }
}

impl MapValue for SentValue {
    fn full_name() -> String {
        <Self as TypeName>::full_name()
    }
}

impl<T: TypeName> MapValue for Element<T> {
    fn full_name() -> String {
        T::full_name()
    }
}

impl<T: TypeName> MapValue for List<Element<T>> {
    fn full_name() -> String {
        format!("java.util.List<{}>", T::full_name())
    }
}

impl MapValue for List<SentItem> {
    fn full_name() -> String {
        "java.util.List<java.util.Map>".to_owned()
    }
}

struct ListReader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Container<'de> for ListReader<T> {
    type Value = List<T>;

    fn of_array<A: SeqAccess<'de>>(self, mut access: A) -> Result<List<T>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element()? {
            elements.push(element);
        }
        Ok(List(elements))
    }
}

struct MapReader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + MapValue> Container<'de> for MapReader<T> {
    type Value = Map<T>;

    fn of_object<A: MapAccess<'de>>(self, mut access: A) -> Result<Map<T>, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((key, value)) = access.next_entry()? {
            entries.insert(key, value);
        }
        Ok(Map(entries))
    }

    fn of_array<A: SeqAccess<'de>>(self, _: A) -> Result<Map<T>, A::Error> {
        let value = T::full_name();
        Err(A::Error::custom(format!("Unrecognized collection type java.util.Map<java.lang.String, {value}>")))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContainerReader(ListReader(PhantomData)).deserialize(deserializer)
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + MapValue> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContainerReader(MapReader(PhantomData)).deserialize(deserializer)
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
