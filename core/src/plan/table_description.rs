//! What a table is like now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::schema::TableSchema;

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
}
