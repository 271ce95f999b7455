//! Secondary indexes and the attributes that they project.

use serde::{Deserialize, Serialize};

use super::{KeySchema, Throughput};
use crate::value::Name;

/// The attributes that an index projects, besides its own key and the key of the table.
///
/// See [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum IndexProjection {
    /// All attributes (`ALL`).
    All,
    /// No other attributes (`KEYS_ONLY`).
    KeysOnly,
    /// The named attributes (`INCLUDE`), at most 100 over all indexes of a table.
    Include(Vec<Name>),
}

/// A global secondary index, which has a key of its own over the whole table. Its reads are eventually consistent.
///
/// See [global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GlobalIndex {
    /// Name of the index.
    pub name: Name,
    /// Key of the index. Items that lack one of its attributes are not in the index.
    pub key: KeySchema,
    /// Attributes that the index projects.
    pub projection: IndexProjection,
    /// Provisioned throughput of the index, in a table with provisioned billing. The throughput of the table if `None`.
    pub throughput: Option<Throughput>,
}

impl GlobalIndex {
    /// Creates an index with the throughput of the table.
    pub fn new(name: impl Into<Name>, key: KeySchema, projection: IndexProjection) -> Self {
        Self { name: name.into(), key, projection, throughput: None }
    }
}

/// A local secondary index, which has the hash key of the table and another range key.
///
/// See [local secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LocalIndex {
    /// Name of the index.
    pub name: Name,
    /// Hash attribute of the table and range attribute of the index.
    pub key: KeySchema,
    /// Attributes that the index projects.
    pub projection: IndexProjection,
}

impl LocalIndex {
    /// Creates a local index.
    pub fn new(name: impl Into<Name>, key: KeySchema, projection: IndexProjection) -> Self {
        Self { name: name.into(), key, projection }
    }
}
