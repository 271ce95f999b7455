//! Structures: JSON objects with known members.

use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed as _, Deserializer, Error as _, MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use super::container::{Container, ContainerReader, UNEXPECTED_FIELD_TYPE, UNEXPECTED_VALUE_TYPE};

/// Package of the types of DynamoDB in the service's messages.
const PACKAGE: &str = "com.amazonaws.dynamodb.v20120810";

/// A type that the service's messages name.
pub(crate) trait TypeName {
    /// Name of the type in the API reference.
    const NAME: &'static str;

    /// Returns the name with its package.
    fn full_name() -> String {
        format!("{PACKAGE}.{}", Self::NAME)
    }
}

/// A structure that is a member of another one.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Structure<T>(pub(crate) T);

/// A structure that is an element of a list or a map.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Element<T>(pub(crate) T);

struct StructureReader<T> {
    of_scalar: &'static str,
    structure: PhantomData<T>,
}

impl<T> StructureReader<T> {
    const fn new(of_scalar: &'static str) -> ContainerReader<Self> {
        ContainerReader(Self { of_scalar, structure: PhantomData })
    }
}

impl<'de, T: Deserialize<'de> + TypeName> Container<'de> for StructureReader<T> {
    type Value = T;

    fn of_scalar(&self) -> &'static str {
        self.of_scalar
    }

    fn of_array<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(A::Error::custom(format!("Unrecognized collection type class {}", T::full_name())))
    }

    fn of_object<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(access))
    }
}

impl<'de, T: Deserialize<'de> + TypeName> Deserialize<'de> for Structure<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        StructureReader::new(UNEXPECTED_FIELD_TYPE).deserialize(deserializer).map(Self)
    }
}

impl<'de, T: Deserialize<'de> + TypeName> Deserialize<'de> for Element<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        StructureReader::new(UNEXPECTED_VALUE_TYPE).deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize> Serialize for Structure<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Element<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
