//! Values that are JSON arrays or objects.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The message for an object where a value of another type is expected.
pub(super) const START_OF_STRUCTURE: &str = "Start of structure or map found where not expected";
/// The message for a scalar where a structure, list or map is a member.
pub(super) const UNEXPECTED_FIELD_TYPE: &str = "Unexpected field type";
/// The message for a scalar where a structure is an element of a list or a map.
pub(super) const UNEXPECTED_VALUE_TYPE: &str = "Unexpected value type in payload";

/// A reader of a value that is a JSON array or object.
pub(crate) trait Container<'de>: Sized {
    type Value;

    /// Returns the message for a scalar.
    fn of_scalar(&self) -> &'static str {
        UNEXPECTED_FIELD_TYPE
    }

    /// Returns the value that `null` stands for, if it stands for one.
    fn of_null(self) -> Option<Self::Value> {
        None
    }

    fn of_array<A: SeqAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error>;

    fn of_object<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(START_OF_STRUCTURE))
    }
}

/// Reads a value that is a JSON array or object.
pub(crate) struct ContainerReader<C>(pub(crate) C);

impl<'de, C: Container<'de>> DeserializeSeed<'de> for ContainerReader<C> {
    type Value = C::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<C::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, C: Container<'de>> Visitor<'de> for ContainerReader<C> {
    type Value = C::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a structure, list or map")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<C::Value, A::Error> {
        self.0.of_array(access)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<C::Value, A::Error> {
        self.0.of_object(access)
    }

    fn visit_unit<E: Error>(self) -> Result<C::Value, E> {
        let of_scalar = self.0.of_scalar();
        self.0.of_null().ok_or_else(|| E::custom(of_scalar))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<C::Value, E> {
        Err(E::custom(self.0.of_scalar()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<C::Value, E> {
        Err(E::custom(self.0.of_scalar()))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<C::Value, E> {
        Err(E::custom(self.0.of_scalar()))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<C::Value, E> {
        Err(E::custom(self.0.of_scalar()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<C::Value, E> {
        Err(E::custom(self.0.of_scalar()))
    }
}
