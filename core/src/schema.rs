//! Schemas of tables: keys, indexes, projections, billing, throughput, table classes, encryption, tags, streams and
//! time to live.
//!
//! [`TableSchema`] describes a table to be created. [`TableDescription`](crate::plan::TableDescription) describes an existing
//! table. [`TableSettings`] are the settings that a model names, and from which other settings are derived.

mod encryption;
mod index;
mod key;
mod key_condition;
mod path_into_key;
mod settings;
mod table_settings;
mod table_tags;
mod throughput;

pub use encryption::Encryption;
pub use index::{GlobalIndex, IndexProjection, LocalIndex};
pub use key::{KeyAttribute, KeySchema, ScalarType};
pub use key_condition::KeyConditionError;
pub use path_into_key::PathIntoKey;
pub use settings::{Billing, StreamView, TableClass, Tag};
pub use table_settings::TableSettings;
pub(crate) use table_settings::{EncryptionSetting, PolicySetting, StreamSetting};
pub use throughput::{OnDemandMaximum, Throughput, WarmThroughput};

use crate::value::Name;

/// The key, the indexes and the settings of a table.
///
/// See [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html).
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
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TableSchema {
    /// Name of the table: 3 to 255 of the characters `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`.
    pub name: Name,
    /// Key of the table: one hash attribute and at most one range attribute.
    pub key: KeySchema,
    /// Global secondary indexes, at most 20.
    pub global_indexes: Vec<GlobalIndex>,
    /// Local secondary indexes, at most 5.
    pub local_indexes: Vec<LocalIndex>,
    /// Billing mode of the table.
    pub billing: Billing,
    /// Maximums of the units per second, if the table is billed per request.
    pub on_demand_maximum: OnDemandMaximum,
    /// Warm throughput of a new table. That of an existing table is in
    /// [`TableDescription::warm_throughput`](crate::plan::TableDescription::warm_throughput), since the service changes it.
    pub warm_throughput: WarmThroughput,
    /// Class of the table, by which storage and requests are priced.
    pub table_class: TableClass,
    /// Key by which the table is encrypted.
    pub encryption: Encryption,
    /// Resource-based policy of a new table: a document in JSON of at most 20 KB; none if `None`. That of an existing table is returned
    /// by [`GetResourcePolicy`](crate::plan::GetResourcePolicy).
    pub resource_policy: Option<String>,
    /// Tags of the table, at most 50.
    pub tags: Vec<Tag>,
    /// Attribute that holds the expiry time of an item in seconds since 1970; items do not expire if `None`.
    pub time_to_live: Option<Name>,
    /// Images that the stream of the table records; no stream if `None`.
    pub stream: Option<StreamView>,
    /// `true` if the table can be restored to any time of the last 35 days.
    pub point_in_time_recovery: bool,
    /// `true` if the table is protected from `DeleteTable`.
    pub deletion_protection: bool,
}

impl TableSchema {
    /// Creates the schema of a table without indexes that is billed per request, of the class `STANDARD`.
    pub fn new(name: impl Into<Name>, key: KeySchema) -> Self {
        Self {
            name: name.into(),
            key,
            global_indexes: Vec::new(),
            local_indexes: Vec::new(),
            billing: Billing::PayPerRequest,
            on_demand_maximum: OnDemandMaximum::NONE,
            warm_throughput: WarmThroughput::UNSPECIFIED,
            table_class: TableClass::Standard,
            encryption: Encryption::AwsOwned,
            resource_policy: None,
            tags: Vec::new(),
            time_to_live: None,
            stream: None,
            point_in_time_recovery: false,
            deletion_protection: false,
        }
    }

    /// Returns the attributes of all keys with their types, each once: the `AttributeDefinitions` of `CreateTable`.
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
