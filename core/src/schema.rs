//! What a table is made of: key schema, indexes, projections, billing, tags, streams, time to live.
//!
//! [`TableSchema`] describes a table as a model wants it (and as `CreateTable` sends it);
//! [`TableDescription`](crate::plan::TableDescription) is what a driver says of one that exists.

mod index;
mod key;
mod settings;

pub use index::{GlobalIndex, IndexProjection, LocalIndex};
pub use key::{KeyAttribute, KeySchema, ScalarType};
pub use settings::{Billing, StreamView, Tag, Throughput};

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// A table: its key, its indexes and its settings.
///
/// ```
/// use djamodb_core::schema::{GlobalIndex, KeyAttribute, KeySchema, IndexProjection, TableSchema};
///
/// let mut schema = TableSchema::new("weather", KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::s("date")));
/// schema.global_indexes.push(GlobalIndex::new(
///     "kind_temperature_index",
///     KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("temp_max")),
///     IndexProjection::All,
/// ));
/// assert_eq!(schema.attribute_definitions().len(), 4);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TableSchema {
    /// The table's name: 3 to 255 letters, digits, `_`, `-` and `.`.
    pub name: Name,
    /// The table's own key: one hash attribute and at most one range attribute.
    pub key: KeySchema,
    /// Indexes with a key of their own over the whole table; at most 20.
    pub global_indexes: Vec<GlobalIndex>,
    /// Indexes with the table's hash key and another range key; at most 5.
    pub local_indexes: Vec<LocalIndex>,
    /// How capacity is paid for.
    pub billing: Billing,
    /// Labels on the table; at most 50.
    pub tags: Vec<Tag>,
    /// The attribute that holds when an item expires, in seconds since 1970.
    pub time_to_live: Option<Name>,
    /// What the table's stream records, if it has one.
    pub stream: Option<StreamView>,
    /// Whether the table can be restored to any point of the last 35 days.
    pub point_in_time_recovery: bool,
    /// Whether the table is protected from `DeleteTable`.
    pub deletion_protection: bool,
}

impl TableSchema {
    /// A table without indexes, billed per request.
    pub fn new(name: impl Into<Name>, key: KeySchema) -> Self {
        Self {
            name: name.into(),
            key,
            global_indexes: Vec::new(),
            local_indexes: Vec::new(),
            billing: Billing::PayPerRequest,
            tags: Vec::new(),
            time_to_live: None,
            stream: None,
            point_in_time_recovery: false,
            deletion_protection: false,
        }
    }

    /// Every attribute that is part of a key, each once, with its type: what `CreateTable` calls attribute definitions.
    pub fn attribute_definitions(&self) -> Vec<KeyAttribute> {
        let keys = std::iter::once(&self.key)
            .chain(self.local_indexes.iter().map(|index| &index.key))
            .chain(self.global_indexes.iter().map(|index| &index.key));
        let mut definitions: Vec<KeyAttribute> = Vec::new();
        for attribute in keys.flat_map(KeySchema::attributes) {
            if !definitions.contains(attribute) {
                definitions.push(attribute.clone());
            }
        }
        definitions
    }
}
