//! Values of DynamoDB's ten types.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;

use super::nested::Shown;
use super::{List, Map, Name, Number};

/// A value of one of DynamoDB's ten types.
///
/// Functions named after the types create values: [`s`](Self::s), [`n`](Self::n), [`ss`](Self::ss) and so on. Methods such as
/// [`as_s`](Self::as_s) and [`as_n`](Self::as_n), or a `match`, read them.
///
/// See [AttributeValue](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html).
///
/// Lists and maps nest without a bound here, and no operation on a deep value needs a deep stack. The service stores
/// [32 levels](crate::service::limits::ITEM_LEVELS_MAX), which is also the bound of the JSON form.
///
/// ```
/// use djamodb_core::value::AttributeValue;
///
/// let value = AttributeValue::l([AttributeValue::s("rain"), AttributeValue::n(3), AttributeValue::null()]);
/// assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"L":[{"S":"rain"},{"N":"3"},{"NULL":true}]}"#);
/// assert_eq!(value.value_type().as_str(), "L");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub enum AttributeValue {
    /// String in UTF-8.
    S(String),
    /// Number.
    N(Number),
    /// Binary value, in a box so that a value of any type takes 32 bytes.
    B(Box<Bytes>),
    /// Boolean.
    Bool(bool),
    /// Null. An attribute with this value exists.
    #[default]
    Null,
    /// Map of values by name.
    M(Map),
    /// List of values.
    L(List),
    /// Set of strings.
    Ss(BTreeSet<String>),
    /// Set of numbers.
    Ns(BTreeSet<Number>),
    /// Set of binary values.
    Bs(BTreeSet<Bytes>),
}

/// The type of an [`AttributeValue`], named as in the API.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ValueType {
    /// String.
    S,
    /// Number.
    N,
    /// Binary.
    B,
    /// Boolean.
    #[cfg_attr(feature = "serde", serde(rename = "BOOL"))]
    Bool,
    /// Null.
    #[cfg_attr(feature = "serde", serde(rename = "NULL"))]
    Null,
    /// Map.
    M,
    /// List.
    L,
    /// Set of strings.
    #[cfg_attr(feature = "serde", serde(rename = "SS"))]
    Ss,
    /// Set of numbers.
    #[cfg_attr(feature = "serde", serde(rename = "NS"))]
    Ns,
    /// Set of binary values.
    #[cfg_attr(feature = "serde", serde(rename = "BS"))]
    Bs,
}

impl ValueType {
    /// All ten types.
    pub const ALL: [Self; 10] =
        [Self::S, Self::N, Self::B, Self::Bool, Self::Null, Self::M, Self::L, Self::Ss, Self::Ns, Self::Bs];

    /// Returns the name in the API: `S`, `N`, `B`, `BOOL`, `NULL`, `M`, `L`, `SS`, `NS`, `BS`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::M => "M",
            Self::L => "L",
            Self::Ss => "SS",
            Self::Ns => "NS",
            Self::Bs => "BS",
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AttributeValue {
    /// Creates a string.
    pub fn s(text: impl Into<String>) -> Self {
        Self::S(text.into())
    }

    /// Creates a number. Texts and floats are converted by [`Number::parse`] and [`Number::from_f64`], which can fail.
    pub fn n(number: impl Into<Number>) -> Self {
        Self::N(number.into())
    }

    /// Creates a binary value.
    pub fn b(bytes: impl Into<Bytes>) -> Self {
        Self::B(Box::new(bytes.into()))
    }

    /// Creates a boolean.
    pub const fn bool(value: bool) -> Self {
        Self::Bool(value)
    }

    /// Creates a null value.
    pub const fn null() -> Self {
        Self::Null
    }

    /// Creates a map.
    pub fn m<N: Into<Name>>(entries: impl IntoIterator<Item = (N, AttributeValue)>) -> Self {
        Self::M(entries.into_iter().collect())
    }

    /// Creates a list.
    pub fn l(values: impl IntoIterator<Item = AttributeValue>) -> Self {
        Self::L(values.into_iter().collect())
    }

    /// Creates a set of strings. DynamoDB does not store an empty set.
    pub fn ss<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Ss(texts.into_iter().map(Into::into).collect())
    }

    /// Creates a set of numbers. DynamoDB does not store an empty set.
    pub fn ns<T: Into<Number>>(numbers: impl IntoIterator<Item = T>) -> Self {
        Self::Ns(numbers.into_iter().map(Into::into).collect())
    }

    /// Creates a set of binary values. DynamoDB does not store an empty set.
    pub fn bs<T: Into<Bytes>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::Bs(values.into_iter().map(Into::into).collect())
    }

    /// Returns the type of the value.
    pub const fn value_type(&self) -> ValueType {
        match self {
            Self::S(_) => ValueType::S,
            Self::N(_) => ValueType::N,
            Self::B(_) => ValueType::B,
            Self::Bool(_) => ValueType::Bool,
            Self::Null => ValueType::Null,
            Self::M(_) => ValueType::M,
            Self::L(_) => ValueType::L,
            Self::Ss(_) => ValueType::Ss,
            Self::Ns(_) => ValueType::Ns,
            Self::Bs(_) => ValueType::Bs,
        }
    }

    /// Returns the string of an `S`, or `None` for other types.
    pub fn as_s(&self) -> Option<&str> {
        if let Self::S(text) = self { Some(text) } else { None }
    }

    /// Returns the number of an `N`, or `None` for other types.
    pub fn as_n(&self) -> Option<Number> {
        if let Self::N(number) = self { Some(*number) } else { None }
    }

    /// Returns the bytes of a `B`, or `None` for other types.
    pub fn as_b(&self) -> Option<&Bytes> {
        if let Self::B(bytes) = self { Some(bytes) } else { None }
    }

    /// Returns the value of a `BOOL`, or `None` for other types.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the entries of an `M`, or `None` for other types.
    pub fn as_m(&self) -> Option<&Map> {
        if let Self::M(map) = self { Some(map) } else { None }
    }

    /// Returns the values of an `L`, or `None` for other types.
    pub fn as_l(&self) -> Option<&[AttributeValue]> {
        if let Self::L(values) = self { Some(values.as_slice()) } else { None }
    }
}

/// Formats the name of the type in the API and the value, such as `N(12.8)`. Lists and maps inside more than 32 others are shortened
/// to `…`.
impl fmt::Debug for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::new(self).fmt(f)
    }
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::s(text)
    }
}

impl From<String> for AttributeValue {
    fn from(text: String) -> Self {
        Self::S(text)
    }
}

impl From<Number> for AttributeValue {
    fn from(number: Number) -> Self {
        Self::N(number)
    }
}

// Integers that a `Number` holds without loss. The type of a literal without a suffix is `i32`.
macro_rules! from_integers {
    ($($integer:ty),+) => {$(
        impl From<$integer> for AttributeValue {
            fn from(number: $integer) -> Self {
                Self::n(number)
            }
        }
    )+};
}

from_integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl From<&String> for AttributeValue {
    fn from(text: &String) -> Self {
        Self::s(text)
    }
}

impl From<bool> for AttributeValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Bytes> for AttributeValue {
    fn from(bytes: Bytes) -> Self {
        Self::b(bytes)
    }
}

impl From<List> for AttributeValue {
    fn from(values: List) -> Self {
        Self::L(values)
    }
}

impl From<Map> for AttributeValue {
    fn from(map: Map) -> Self {
        Self::M(map)
    }
}

const _: () = assert!(size_of::<AttributeValue>() == 32);
