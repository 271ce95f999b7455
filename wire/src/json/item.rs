//! Attribute values and items of requests.
//!
//! They are read straight into the values of core. A value that is no attribute value, such as a number with 39 digits, does not end the
//! reading: the service first reads the whole body, in which members of a wrong type win, and then checks the values. The levels of lists and
//! maps are left to the driver; a text has at most 128 levels of arrays and objects.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;
use djamodb_core::value::{AttributeValue, Item, List, Map, Name, Number};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::collection::MapValue;
use super::container::{Container, ContainerReader, START_OF_STRUCTURE, UNEXPECTED_VALUE_TYPE};
use super::structure::TypeName;
use super::{Flag, Text, base64_text};

/// A value of a request, with the first reason for which it is no attribute value.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SentValue {
    value: AttributeValue,
    fault: Option<String>,
}

/// An item of a request, with the first reason for which one of its values is no attribute value.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct SentItem {
    item: Item,
    fault: Option<String>,
}

impl SentValue {
    /// Returns the value.
    ///
    /// # Errors
    ///
    /// Returns the service's message if it is no attribute value.
    pub(crate) fn checked(self) -> Result<AttributeValue, String> {
        self.fault.map_or(Ok(self.value), Err)
    }
}

impl SentItem {
    /// Returns the item.
    ///
    /// # Errors
    ///
    /// Returns the service's message if one of its values is no attribute value.
    pub(crate) fn checked(self) -> Result<Item, String> {
        self.fault.map_or(Ok(self.item), Err)
    }
}

impl From<AttributeValue> for SentValue {
    fn from(value: AttributeValue) -> Self {
        Self { value, fault: None }
    }
}

impl From<Item> for SentItem {
    fn from(item: Item) -> Self {
        Self { item, fault: None }
    }
}

impl TypeName for SentValue {
    const NAME: &'static str = "AttributeValue";
}

impl Serialize for SentValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl Serialize for SentItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.item.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SentValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut faults = Faults::default();
        let value = ContainerReader(ValueReader { faults: &mut faults }).deserialize(deserializer)?;
        Ok(Self { value, fault: faults.0 })
    }
}

impl<'de> Deserialize<'de> for SentItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut faults = Faults::default();
        let map = ContainerReader(MapReader { faults: &mut faults }).deserialize(deserializer)?;
        Ok(Self { item: map.into(), fault: faults.0 })
    }
}

/// The first fault of the values that are read.
#[derive(Default)]
struct Faults(Option<String>);

impl Faults {
    fn add(&mut self, fault: impl Into<String>) {
        if self.0.is_none() {
            self.0 = Some(fault.into());
        }
    }

    /// Returns the value, or any value in its place after a fault.
    fn or_null<E: Into<String>>(&mut self, value: Result<AttributeValue, E>) -> AttributeValue {
        value.unwrap_or_else(|fault| {
            self.add(fault);
            AttributeValue::Null
        })
    }
}

/// Reads an attribute value.
struct ValueReader<'a> {
    faults: &'a mut Faults,
}

impl<'de> Container<'de> for ValueReader<'_> {
    type Value = AttributeValue;

    fn of_object<A: MapAccess<'de>>(self, mut access: A) -> Result<AttributeValue, A::Error> {
        let Self { faults } = self;
        let mut found: Option<AttributeValue> = None;
        let mut types = 0_usize;
        while let Some(member) = access.next_key_seed(MemberReader)? {
            let value = match member {
                Member::S => access.next_value::<Option<Text>>()?.map(|Text(text)| AttributeValue::S(text)),
                Member::N => access.next_value::<Option<Text>>()?.map(|Text(text)| number(faults, &text)),
                Member::B => {
                    access.next_value::<Option<Binary>>()?.map(|Binary(bytes)| AttributeValue::B(bytes.into()))
                }
                Member::Bool => access.next_value::<Option<Flag>>()?.map(|Flag(value)| AttributeValue::Bool(value)),
                Member::Null => access.next_value::<Option<Flag>>()?.map(|Flag(is_null)| {
                    if !is_null {
                        faults.add(NULL_IS_TRUE);
                    }
                    AttributeValue::Null
                }),
                Member::Ss => access
                    .next_value::<Option<super::List<Text>>>()?
                    .map(|super::List(texts)| faults.or_null(strings(texts))),
                Member::Ns => access.next_value::<Option<super::List<Text>>>()?.map(|super::List(texts)| {
                    let numbers = texts.iter().map(|Text(text)| Number::parse(text).map_err(|error| error.to_string()));
                    let set = set(numbers, || "Input collection contains duplicates".to_owned());
                    faults.or_null(set.map(AttributeValue::Ns))
                }),
                Member::Bs => access.next_value::<Option<super::List<Binary>>>()?.map(|super::List(values)| {
                    let set = set(values.into_iter().map(|Binary(bytes)| Ok(bytes)), || {
                        "One or more parameter values were invalid: Input collection of type BS contains duplicates."
                            .to_owned()
                    });
                    faults.or_null(set.map(AttributeValue::Bs))
                }),
                Member::M => {
                    access.next_value_seed(Optional(ContainerReader(MapReader { faults })))?.map(AttributeValue::M)
                }
                Member::L => {
                    access.next_value_seed(Optional(ContainerReader(ListReader { faults })))?.map(AttributeValue::L)
                }
                Member::Unknown => {
                    access.next_value::<IgnoredAny>()?;
                    None
                }
            };
            if let Some(value) = value {
                types += 1;
                found = Some(value);
            }
        }
        match types {
            0 => faults.add(NO_TYPE),
            1 => {}
            _ => faults.add(SEVERAL_TYPES),
        }
        Ok(found.unwrap_or(AttributeValue::Null))
    }

    fn of_scalar(&self) -> &'static str {
        UNEXPECTED_VALUE_TYPE
    }

    fn of_null(self) -> Option<AttributeValue> {
        self.faults.add(NO_TYPE);
        Some(AttributeValue::Null)
    }

    fn of_array<A: SeqAccess<'de>>(self, _: A) -> Result<AttributeValue, A::Error> {
        let name = <SentValue as TypeName>::full_name();
        Err(A::Error::custom(format!("Unrecognized collection type class {name}")))
    }
}

const NO_TYPE: &str = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
const SEVERAL_TYPES: &str =
    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
const NULL_IS_TRUE: &str =
    "One or more parameter values were invalid: Null attribute value types must have the value of true";

fn number(faults: &mut Faults, text: &str) -> AttributeValue {
    faults.or_null(Number::parse(text).map(AttributeValue::N).map_err(|error| error.to_string()))
}

/// Returns a string set. The message for duplicates shows all elements.
fn strings(texts: Vec<Text>) -> Result<AttributeValue, String> {
    let set: BTreeSet<&str> = texts.iter().map(|Text(text)| text.as_str()).collect();
    if set.len() == texts.len() {
        return Ok(AttributeValue::Ss(texts.into_iter().map(|Text(text)| text).collect()));
    }
    let all: Vec<&str> = texts.iter().map(|Text(text)| text.as_str()).collect();
    let all = all.join(", ");
    Err(format!("One or more parameter values were invalid: Input collection [{all}] contains duplicates"))
}

/// Returns the set of the elements, of which no two are equal. `duplicates` is the message if two are.
fn set<T: Ord>(
    elements: impl Iterator<Item = Result<T, String>>,
    duplicates: impl FnOnce() -> String,
) -> Result<BTreeSet<T>, String> {
    let mut set = BTreeSet::new();
    for element in elements {
        if !set.insert(element?) {
            return Err(duplicates());
        }
    }
    Ok(set)
}

/// A member of an attribute value.
#[derive(Clone, Copy)]
enum Member {
    S,
    N,
    B,
    Bool,
    Null,
    Ss,
    Ns,
    Bs,
    M,
    L,
    Unknown,
}

struct MemberReader;

impl<'de> DeserializeSeed<'de> for MemberReader {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberReader {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a type of a value")
    }

    fn visit_str<E>(self, name: &str) -> Result<Member, E> {
        Ok(match name {
            "S" => Member::S,
            "N" => Member::N,
            "B" => Member::B,
            "BOOL" => Member::Bool,
            "NULL" => Member::Null,
            "SS" => Member::Ss,
            "NS" => Member::Ns,
            "BS" => Member::Bs,
            "M" => Member::M,
            "L" => Member::L,
            _ => Member::Unknown,
        })
    }
}

/// Reads a value that may be `null`.
struct Optional<R>(R);

impl<'de, R: DeserializeSeed<'de>> DeserializeSeed<'de> for Optional<R> {
    type Value = Option<R::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, R: DeserializeSeed<'de>> Visitor<'de> for Optional<R> {
    type Value = Option<R::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

/// Bytes in base64.
struct Binary(Bytes);

impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BinaryReader).map(Self)
    }
}

struct BinaryReader;

impl<'de> Visitor<'de> for BinaryReader {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes in base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
        base64_text::decode(text).map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Bytes, E> {
        Err(E::custom(NO_BASE64))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Bytes, E> {
        Err(E::custom(NO_BASE64))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Bytes, E> {
        Err(E::custom(NO_BASE64))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Bytes, E> {
        Err(E::custom(NO_BASE64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Bytes, A::Error> {
        Err(A::Error::custom("Unrecognized collection type class java.nio.ByteBuffer"))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Bytes, A::Error> {
        Err(A::Error::custom(START_OF_STRUCTURE))
    }
}

const NO_BASE64: &str = "only base-64-encoded strings are convertible to bytes";

/// Reads a map of attribute values.
struct MapReader<'a> {
    faults: &'a mut Faults,
}

impl<'de> Container<'de> for MapReader<'_> {
    type Value = Map;

    fn of_object<A: MapAccess<'de>>(self, mut access: A) -> Result<Map, A::Error> {
        let Self { faults } = self;
        let mut entries: Vec<(Name, AttributeValue)> = Vec::new();
        while let Some(name) = access.next_key()? {
            entries.push((name, access.next_value_seed(ContainerReader(ValueReader { faults }))?));
        }
        Ok(entries.into_iter().collect())
    }

    fn of_array<A: SeqAccess<'de>>(self, _: A) -> Result<Map, A::Error> {
        let value = <SentValue as MapValue>::full_name();
        Err(A::Error::custom(format!("Unrecognized collection type java.util.Map<java.lang.String, {value}>")))
    }
}

/// Reads a list of attribute values.
struct ListReader<'a> {
    faults: &'a mut Faults,
}

impl<'de> Container<'de> for ListReader<'_> {
    type Value = List;

    fn of_array<A: SeqAccess<'de>>(self, mut access: A) -> Result<List, A::Error> {
        let Self { faults } = self;
        let mut list = List::new();
        while let Some(value) = access.next_element_seed(ContainerReader(ValueReader { faults }))? {
            list.push(value);
        }
        Ok(list)
    }
}
