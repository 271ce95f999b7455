//! What a table is like now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::schema::TableSchema;
use crate::value::Name;

/// What a table is like now.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TableDescription {
    /// What it is made of.
    pub schema: TableSchema,
    /// The table's name among all resources of AWS, if the driver knows: `arn:aws:dynamodb:…`.
    pub arn: Option<String>,
    /// Which state it is in.
    pub status: TableStatus,
    /// When it was created, if the driver knows.
    pub created_at: Option<DateTime<Utc>>,
    /// About how many items it holds; the service counts anew every six hours.
    pub item_count: u64,
    /// About how large it is, in bytes; counted as seldom.
    pub size_bytes: u64,
    /// Its indexes, the local ones first: what is known of them beside their schemas.
    pub indexes: Vec<IndexDescription>,
    /// The latest stream of the table, which may have ended.
    pub latest_stream: Option<LatestStream>,
}

impl TableDescription {
    /// A table of which nothing but its schema and its state is known.
    pub const fn new(schema: TableSchema, status: TableStatus) -> Self {
        Self {
            schema,
            arn: None,
            status,
            created_at: None,
            item_count: 0,
            size_bytes: 0,
            indexes: Vec::new(),
            latest_stream: None,
        }
    }
}

/// What an index is like now.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IndexDescription {
    /// The index.
    pub name: Name,
    /// The index's name among all resources of AWS, if the driver knows.
    pub arn: Option<String>,
    /// Which state it is in; a local index has none of its own.
    pub status: Option<IndexStatus>,
    /// Whether it is being filled from the table.
    pub backfilling: bool,
    /// About how many entries it holds.
    pub item_count: u64,
    /// About how large it is, in bytes.
    pub size_bytes: u64,
}

/// The latest stream of a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LatestStream {
    /// The stream's name among all resources of AWS.
    pub arn: String,
    /// What tells the streams of one table apart.
    pub label: String,
}

/// The states of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TableStatus {
    /// Being created; not to be used yet.
    Creating,
    /// Ready.
    Active,
    /// Being changed; ready for reads and writes.
    Updating,
    /// Being deleted.
    Deleting,
    /// Its encryption key cannot be used.
    InaccessibleEncryptionCredentials,
    /// Being archived, since its encryption key could not be used for a week.
    Archiving,
    /// Archived.
    Archived,
    /// A replica that may not be replicated to.
    ReplicationNotAuthorized,
}

/// The states of a global index.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum IndexStatus {
    /// Being created; not to be read yet.
    Creating,
    /// Ready.
    Active,
    /// Its throughput is being changed; ready.
    Updating,
    /// Being deleted.
    Deleting,
}
