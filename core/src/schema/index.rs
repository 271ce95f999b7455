//! Secondary indexes and what they hold.

use serde::{Deserialize, Serialize};

use super::{KeySchema, Throughput};
use crate::value::Name;

/// Which attributes an index holds beside its own key and the table's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum IndexProjection {
    /// All attributes.
    All,
    /// The keys of the index and of the table, nothing else.
    KeysOnly,
    /// The keys and the attributes named; at most 100 over all indexes of a table.
    Include(Vec<Name>),
}

/// An index with a key of its own, over the whole table. It answers eventually consistent reads only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GlobalIndex {
    /// The index's name.
    pub name: Name,
    /// The index's key. Items that lack one of its attributes are not in the index.
    pub key: KeySchema,
    /// What the index holds.
    pub projection: IndexProjection,
    /// The index's own throughput, in tables that are billed by throughput.
    pub throughput: Option<Throughput>,
}

impl GlobalIndex {
    /// An index with the table's throughput.
    pub fn new(name: impl Into<Name>, key: KeySchema, projection: IndexProjection) -> Self {
        Self { name: name.into(), key, projection, throughput: None }
    }
}

/// An index with the table's hash key and another range key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LocalIndex {
    /// The index's name.
    pub name: Name,
    /// The table's hash attribute and the index's range attribute.
    pub key: KeySchema,
    /// What the index holds.
    pub projection: IndexProjection,
}

impl LocalIndex {
    /// A local index.
    pub fn new(name: impl Into<Name>, key: KeySchema, projection: IndexProjection) -> Self {
        Self { name: name.into(), key, projection }
    }
}
