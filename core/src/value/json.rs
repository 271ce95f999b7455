//! DynamoDB JSON through serde: `{"S": "rain"}`, `{"N": "12.8"}`, `{"B": "aGk="}`.
//!
//! Deserialization is as strict as the service: one type per value, no duplicates in sets, valid numbers and base64. Both directions
//! refuse a value with more than 32 levels of lists and maps, which no item has.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::size::depth;
use super::{AttributeValue, Item, List, Map, Name, Number, ValueType};
use crate::service::limits::ITEM_LEVELS_MAX;

impl Serialize for AttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        check_depth(self)?;
        Shallow(self).serialize(serializer)
    }
}

fn check_depth<E: ser::Error>(value: &AttributeValue) -> Result<(), E> {
    if depth(value) <= ITEM_LEVELS_MAX { Ok(()) } else { Err(E::custom(too_deep())) }
}

fn too_deep() -> String {
    format!("the value has more than {ITEM_LEVELS_MAX} levels of lists and maps, but no item has more")
}

/// Serializes a value, or values, whose depth has been checked.
struct Shallow<'a, T: ?Sized>(&'a T);

impl Serialize for Shallow<'_, AttributeValue> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tagged = serializer.serialize_map(Some(1))?;
        let tag = self.0.value_type().as_str();
        match self.0 {
            AttributeValue::S(text) => tagged.serialize_entry(tag, text),
            AttributeValue::N(number) => tagged.serialize_entry(tag, &DisplayAsString(number)),
            AttributeValue::B(bytes) => tagged.serialize_entry(tag, &BASE64.encode(&**bytes)),
            AttributeValue::Bool(value) => tagged.serialize_entry(tag, value),
            AttributeValue::Null => tagged.serialize_entry(tag, &true),
            AttributeValue::M(map) => tagged.serialize_entry(tag, &Shallow(map)),
            AttributeValue::L(values) => tagged.serialize_entry(tag, &Shallow(values.as_slice())),
            AttributeValue::Ss(texts) => tagged.serialize_entry(tag, texts),
            AttributeValue::Ns(numbers) => tagged.serialize_entry(tag, &SetAsArray(numbers, DisplayAsString)),
            AttributeValue::Bs(values) => {
                tagged.serialize_entry(tag, &SetAsArray(values, |bytes| BASE64.encode(bytes)))
            }
        }?;
        tagged.end()
    }
}

impl Serialize for Shallow<'_, [AttributeValue]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Shallow))
    }
}

impl Serialize for Shallow<'_, Map> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Shallow(value))))
    }
}

/// Serializes a value as a JSON string by its `Display`, without allocating a `String`.
struct DisplayAsString<'a, T>(&'a T);

impl<T: fmt::Display> Serialize for DisplayAsString<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// Serializes a set as a JSON array of converted elements.
struct SetAsArray<'a, T, F>(&'a BTreeSet<T>, F);

impl<'a, T, U: Serialize, F: Fn(&'a T) -> U> Serialize for SetAsArray<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.0.len()))?;
        for element in self.0 {
            array.serialize_element(&(self.1)(element))?;
        }
        array.end()
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.iter().try_for_each(|(_, value)| check_depth(value))?;
        Shallow(self).serialize(serializer)
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_map().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ValueReader { levels_left: ITEM_LEVELS_MAX }.deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        MapReader { levels_left: ITEM_LEVELS_MAX }.deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}

/// Reads a value with at most this number of levels of lists and maps.
#[derive(Clone, Copy)]
struct ValueReader {
    levels_left: usize,
}

impl ValueReader {
    /// Returns the number of levels inside a list or a map.
    fn inside<E: de::Error>(self) -> Result<usize, E> {
        self.levels_left.checked_sub(1).ok_or_else(|| E::custom(too_deep()))
    }
}

impl<'de> DeserializeSeed<'de> for ValueReader {
    type Value = AttributeValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<AttributeValue, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ValueReader {
    type Value = AttributeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute value in DynamoDB JSON, such as {\"S\": \"text\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<AttributeValue, A::Error> {
        let Some(value_type) = access.next_key_seed(TextReader(value_type))? else {
            return Err(de::Error::custom(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            ));
        };
        let value = match value_type {
            ValueType::S => AttributeValue::S(access.next_value()?),
            ValueType::N => AttributeValue::N(access.next_value_seed(TextReader(Number::parse))?),
            ValueType::B => AttributeValue::b(access.next_value_seed(TextReader(binary))?),
            ValueType::Bool => AttributeValue::Bool(access.next_value()?),
            ValueType::Null => null(access.next_value()?)?,
            ValueType::M => AttributeValue::M(access.next_value_seed(MapReader { levels_left: self.inside()? })?),
            ValueType::L => AttributeValue::L(access.next_value_seed(ListReader { levels_left: self.inside()? })?),
            ValueType::Ss => AttributeValue::Ss(set(access.next_value::<Vec<String>>()?, Ok::<_, Infallible>)?),
            ValueType::Ns => AttributeValue::Ns(set(access.next_value::<Vec<String>>()?, |text| Number::parse(&text))?),
            ValueType::Bs => AttributeValue::Bs(set(access.next_value::<Vec<String>>()?, |text| binary(&text))?),
        };
        match access.next_key::<String>()? {
            None => Ok(value),
            Some(_) => Err(de::Error::custom(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            )),
        }
    }
}

/// Returns the type with this name.
fn value_type(name: &str) -> Result<ValueType, String> {
    ValueType::ALL.into_iter().find(|known| known.as_str() == name).ok_or_else(|| {
        format!("unknown type `{name}` of a value, expected one of S, N, B, BOOL, NULL, M, L, SS, NS, BS")
    })
}

/// Reads a text and converts it without a copy of it.
struct TextReader<T, E>(fn(&str) -> Result<T, E>);

impl<'de, T, E: fmt::Display> DeserializeSeed<'de> for TextReader<T, E> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, E: fmt::Display> Visitor<'_> for TextReader<T, E> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<R: de::Error>(self, text: &str) -> Result<T, R> {
        (self.0)(text).map_err(R::custom)
    }
}

/// Reads a map whose values have at most this number of levels.
struct MapReader {
    levels_left: usize,
}

impl<'de> DeserializeSeed<'de> for MapReader {
    type Value = Map;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Map, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MapReader {
    type Value = Map;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attribute values by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Map, A::Error> {
        let mut entries: Vec<(Name, AttributeValue)> = Vec::new();
        while let Some(name) = access.next_key()? {
            entries.push((name, access.next_value_seed(ValueReader { levels_left: self.levels_left })?));
        }
        Ok(entries.into_iter().collect())
    }
}

/// Reads a list whose values have at most this number of levels.
struct ListReader {
    levels_left: usize,
}

impl<'de> DeserializeSeed<'de> for ListReader {
    type Value = List;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<List, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListReader {
    type Value = List;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence of attribute values")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<List, A::Error> {
        let mut list = List::new();
        while let Some(value) = access.next_element_seed(ValueReader { levels_left: self.levels_left })? {
            list.push(value);
        }
        Ok(list)
    }
}

fn binary(text: &str) -> Result<Bytes, String> {
    BASE64.decode(text).map(Bytes::from).map_err(|error| format!("invalid base64: {error}"))
}

fn null<E: de::Error>(is_null: bool) -> Result<AttributeValue, E> {
    if is_null {
        Ok(AttributeValue::Null)
    } else {
        Err(E::custom(
            "One or more parameter values were invalid: Null attribute value types must have the value of true",
        ))
    }
}

fn set<T: Ord, P: fmt::Display, E: de::Error>(
    texts: Vec<String>,
    parse: impl Fn(String) -> Result<T, P>,
) -> Result<BTreeSet<T>, E> {
    let mut set = BTreeSet::new();
    for text in texts {
        if !set.insert(parse(text).map_err(E::custom)?) {
            return Err(E::custom("One or more parameter values were invalid: Input collection contains duplicates"));
        }
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_serializes_as_documented() {
        let value = AttributeValue::m([
            ("s", AttributeValue::s("é")),
            ("n", AttributeValue::N("-1.50".parse().unwrap())),
            ("b", AttributeValue::b(&b"hi"[..])),
            ("bool", AttributeValue::bool(true)),
            ("null", AttributeValue::null()),
            ("l", AttributeValue::l([AttributeValue::n(1)])),
            ("ss", AttributeValue::ss(["b", "a"])),
            ("ns", AttributeValue::ns([10, 9])),
            ("bs", AttributeValue::bs([&b"z"[..]])),
        ]);
        let json = serde_json::to_value(&value).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"M": {
                "s": {"S": "é"}, "n": {"N": "-1.5"}, "b": {"B": "aGk="}, "bool": {"BOOL": true},
                "null": {"NULL": true}, "l": {"L": [{"N": "1"}]}, "ss": {"SS": ["a", "b"]},
                "ns": {"NS": ["9", "10"]}, "bs": {"BS": ["eg=="]},
            }})
        );
        assert_eq!(serde_json::from_value::<AttributeValue>(json).unwrap(), value);
    }

    #[test]
    fn refuses_json_that_is_no_attribute_value() {
        for (json, message) in [
            ("{}", "exactly one of"),
            (r#"{"S":"a","N":"1"}"#, "more than one datatypes"),
            (r#"{"X":"a"}"#, "unknown type `X` of a value"),
            (r#"{"N":"one"}"#, "cannot be converted to a numeric value"),
            (r#"{"B":"?"}"#, "invalid base64"),
            (r#"{"NULL":false}"#, "must have the value of true"),
            (r#"{"NS":["1","1.0"]}"#, "contains duplicates"),
            (r#""S""#, "an attribute value in DynamoDB JSON"),
        ] {
            let error = serde_json::from_str::<AttributeValue>(json).unwrap_err().to_string();
            assert!(error.contains(message), "{json}: {error}");
        }
    }
}
