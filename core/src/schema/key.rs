//! Keys: which attributes identify an item, or an entry of an index.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::{Name, ValueType};

/// The types that a key attribute can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ScalarType {
    /// Text, ordered by its UTF-8 bytes.
    S,
    /// Number, ordered by value.
    N,
    /// Binary, ordered by unsigned bytes.
    B,
}

impl ScalarType {
    /// The same type among all ten.
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

/// An attribute that is part of a key, with its type.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct KeyAttribute {
    /// The attribute's name.
    pub name: Name,
    /// The attribute's type.
    pub scalar: ScalarType,
}

impl KeyAttribute {
    /// A key attribute of any type.
    pub fn new(name: impl Into<Name>, scalar: ScalarType) -> Self {
        Self { name: name.into(), scalar }
    }

    /// A key attribute that is text.
    pub fn s(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::S)
    }

    /// A key attribute that is a number.
    pub fn n(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::N)
    }

    /// A key attribute that is binary.
    pub fn b(name: impl Into<Name>) -> Self {
        Self::new(name, ScalarType::B)
    }
}

/// The key of a table or of an index.
///
/// A table and a local index have one hash attribute and at most one range attribute; a global index has one to four hash
/// attributes and up to four range attributes, ordered by the first, then the second, and so on.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct KeySchema {
    /// The attributes that say which partition.
    pub hash: Vec<KeyAttribute>,
    /// The attributes that order a partition.
    pub range: Vec<KeyAttribute>,
}

impl KeySchema {
    /// A key of one hash attribute.
    pub fn hash(hash: KeyAttribute) -> Self {
        Self { hash: vec![hash], range: Vec::new() }
    }

    /// A key of one hash and one range attribute.
    pub fn hash_and_range(hash: KeyAttribute, range: KeyAttribute) -> Self {
        Self { hash: vec![hash], range: vec![range] }
    }

    /// The hash attributes, then the range attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.hash.iter().chain(&self.range)
    }

    /// The names of the hash attributes, then of the range attributes.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.attributes().map(|attribute| &attribute.name)
    }

    /// Whether an attribute of this name is part of the key.
    pub fn contains(&self, name: &str) -> bool {
        self.names().any(|attribute| attribute.as_str() == name)
    }
}
