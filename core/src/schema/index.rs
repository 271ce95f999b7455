//! Secondary indexes and the attributes that they project.

use std::fmt;

use super::{KeySchema, OnDemandMaximum, Throughput, WarmThroughput};
use crate::value::Name;

/// The attributes that an index projects, besides its own key and the key of the table.
///
/// See [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html).
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum IndexProjection {
    /// All attributes (`ALL`).
    All,
    /// No other attributes (`KEYS_ONLY`).
    KeysOnly,
    /// The named attributes (`INCLUDE`), at most 100 over all indexes of a table.
    Include(Vec<Name>),
}

impl IndexProjection {
    /// Returns `true` if this projection has every attribute that `other` has.
    ///
    /// ```
    /// use djamodb_core::schema::IndexProjection;
    ///
    /// let kind = IndexProjection::Include(vec!["kind".into()]);
    /// assert!(IndexProjection::All.projects(&kind));
    /// assert!(kind.projects(&IndexProjection::KeysOnly));
    /// assert!(!kind.projects(&IndexProjection::Include(vec!["kind".into(), "note".into()])));
    /// ```
    pub fn projects(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::KeysOnly) => true,
            (_, Self::All) => false,
            (Self::KeysOnly, Self::Include(names)) => names.is_empty(),
            (Self::Include(own), Self::Include(names)) => names.iter().all(|name| own.contains(name)),
        }
    }
}

/// Writes the attributes, such as `all attributes`, `the keys only`, or `kind and note besides the keys`.
impl fmt::Display for IndexProjection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all attributes"),
            Self::KeysOnly => f.write_str("the keys only"),
            Self::Include(names) => {
                for (at, name) in names.iter().enumerate() {
                    write!(f, "{}{name}", if at == 0 { "" } else { " and " })?;
                }
                f.write_str(" besides the keys")
            }
        }
    }
}

/// A global secondary index, which has a key of its own over the whole table. Its reads are eventually consistent.
///
/// See [global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html).
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GlobalIndex {
    /// Name of the index.
    pub name: Name,
    /// Key of the index. Items that lack one of its attributes are not in the index.
    pub key: KeySchema,
    /// Attributes that the index projects.
    pub projection: IndexProjection,
    /// Provisioned throughput of the index, in a table with provisioned billing. The throughput of the table if `None`.
    pub throughput: Option<Throughput>,
    /// Maximums of the units per second, in a table that is billed per request.
    pub on_demand_maximum: OnDemandMaximum,
    /// Warm throughput of a new index. That of an existing index is in
    /// [`IndexDescription::warm_throughput`](crate::plan::IndexDescription::warm_throughput), since the service changes it.
    pub warm_throughput: WarmThroughput,
}

impl GlobalIndex {
    /// Creates an index with the throughput of the table.
    pub fn new(name: impl Into<Name>, key: KeySchema, projection: IndexProjection) -> Self {
        Self {
            name: name.into(),
            key,
            projection,
            throughput: None,
            on_demand_maximum: OnDemandMaximum::NONE,
            warm_throughput: WarmThroughput::UNSPECIFIED,
        }
    }
}

/// A local secondary index, which has the hash key of the table and another range key.
///
/// See [local secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html).
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
