//! Keys of tables and indexes.

use std::fmt;

use crate::value::{Name, ValueType};

/// The type of a key attribute.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ScalarType {
    /// String, ordered by its UTF-8 bytes.
    S,
    /// Number, ordered by value.
    N,
    /// Binary, ordered by unsigned bytes.
    B,
}

impl ScalarType {
    /// Returns the same type as a [`ValueType`].
    pub const fn value_type(self) -> ValueType {
        match self {
            Self::S => ValueType::S,
            Self::N => ValueType::N,
            Self::B => ValueType::B,
        }
    }
}

impl fmt::Display for ScalarType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value_type().fmt(f)
    }
}

/// An attribute of a key, with its type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyAttribute {
    /// Name of the attribute.
    pub name: Name,
    /// Type of the attribute.
    pub scalar: ScalarType,
}

impl KeyAttribute {
    /// Creates a key attribute.
    pub fn new(name: impl Into<Name>, scalar: ScalarType) -> Self {
        Self { name: name.into(), scalar }
    }

    /// Creates a key attribute of type string.
    pub fn s(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::S)
    }

    /// Creates a key attribute of type number.
    pub fn n(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::N)
    }

    /// Creates a key attribute of type binary.
    pub fn b(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::B)
    }
}

/// The key of a table or index.
///
/// A table and a local index have one hash attribute and at most one range attribute. A global index has one to four hash attributes
/// and up to four range attributes; a partition is ordered by the first range attribute, then by the second, and so on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeySchema {
    /// Attributes that identify a partition.
    pub hash: Vec<KeyAttribute>,
    /// Attributes that order the items of a partition.
    pub range: Vec<KeyAttribute>,
}

impl KeySchema {
    /// Creates a key of one hash attribute.
    pub fn hash(hash: KeyAttribute) -> Self {
        Self { hash: vec![hash], range: Vec::new() }
    }

    /// Creates a key of one hash attribute and one range attribute.
    pub fn hash_and_range(hash: KeyAttribute, range: KeyAttribute) -> Self {
        Self { hash: vec![hash], range: vec![range] }
    }

    /// Returns the hash attributes, then the range attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.hash.iter().chain(&self.range)
    }

    /// Returns the names of the hash attributes, then those of the range attributes.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.attributes().map(|attribute| &attribute.name)
    }

    /// Returns `true` if the attribute `name` is part of the key.
    pub fn contains(&self, name: &str) -> bool {
        self.names().any(|attribute| attribute.as_str() == name)
    }
}

/// Writes the attributes with their types, such as `hash key location (S), range key date (S)`.
impl fmt::Display for KeySchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = self.hash.iter().map(|attribute| ("hash", attribute));
        let range = self.range.iter().map(|attribute| ("range", attribute));
        for (at, (role, KeyAttribute { name, scalar })) in hash.chain(range).enumerate() {
            write!(f, "{}{role} key {name} ({scalar})", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
