//! Descriptions of existing tables and their indexes.

use chrono::{DateTime, Utc};

use crate::schema::{Encryption, TableSchema};
use crate::value::Name;

/// The state of an existing table.
///
/// See [TableDescription](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html).
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TableDescription {
    /// Key, indexes and settings. Tags, time to live, point-in-time recovery and the resource policy are returned by other operations
    /// and not set here, and the warm throughput has a field of its own.
    pub schema: TableSchema,
    /// ARN of the table (`arn:aws:dynamodb:…`), if the driver knows it.
    pub arn: Option<String>,
    /// Current status.
    pub status: TableStatus,
    /// Time of creation, if the driver knows it.
    pub created_at: Option<DateTime<Utc>>,
    /// Approximate number of items. AWS updates it every six hours.
    pub item_count: u64,
    /// Approximate size in bytes. AWS updates it every six hours.
    pub size_bytes: u64,
    /// State of the indexes, local indexes first. Their schemas are in `schema`.
    pub indexes: Vec<IndexDescription>,
    /// Latest stream of the table, which may be disabled.
    pub latest_stream: Option<LatestStream>,
    /// Status of the encryption; `None` for an AWS owned key.
    pub encryption_status: Option<EncryptionStatus>,
    /// Warm throughput of the table, if the driver knows it.
    pub warm_throughput: Option<WarmThroughputDescription<TableStatus>>,
}

impl TableDescription {
    /// Creates a description of which only the schema and the status are known.
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
            encryption_status: None,
            warm_throughput: None,
        }
    }
}

/// The state of an existing index.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IndexDescription {
    /// Name of the index.
    pub name: Name,
    /// ARN of the index, if the driver knows it.
    pub arn: Option<String>,
    /// Current status of a global index; `None` for a local index.
    pub status: Option<IndexStatus>,
    /// `true` while the service fills the index with the items of the table.
    pub backfilling: bool,
    /// Approximate number of entries.
    pub item_count: u64,
    /// Approximate size in bytes.
    pub size_bytes: u64,
    /// Warm throughput of a global index, if the driver knows it; `None` for a local index.
    pub warm_throughput: Option<WarmThroughputDescription<IndexStatus>>,
}

/// The warm throughput of a table or of a global index, whose status is an `S`.
///
/// See [TableWarmThroughputDescription][table] and [GlobalSecondaryIndexWarmThroughputDescription][index].
///
/// [table]: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableWarmThroughputDescription.html
/// [index]: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndexWarmThroughputDescription.html
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WarmThroughputDescription<S> {
    /// Read units per second that can be served at once. While the status is `UPDATING`, the units before the update.
    pub read_units: u64,
    /// Write units per second that can be served at once. While the status is `UPDATING`, the units before the update.
    pub write_units: u64,
    /// Status of the warm throughput, which changes independently of that of the table or index.
    pub status: S,
}

/// The latest stream of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LatestStream {
    /// ARN of the stream.
    pub arn: String,
    /// Label that is unique among the streams of a table: the time at which the stream was enabled.
    pub label: String,
}

/// The status of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
#[non_exhaustive]
pub enum TableStatus {
    /// The table is being created and does not accept requests yet.
    Creating,
    /// The table accepts requests.
    Active,
    /// The table is being changed and accepts reads and writes.
    Updating,
    /// The table is being deleted.
    Deleting,
    /// The encryption key of the table is not accessible.
    InaccessibleEncryptionCredentials,
    /// The table is being archived, because its encryption key was not accessible for a week.
    Archiving,
    /// The table is archived.
    Archived,
    /// The table is a replica to which replication is not authorized.
    ReplicationNotAuthorized,
}

/// The status of a global index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
#[non_exhaustive]
pub enum IndexStatus {
    /// The index is being created and cannot be read yet.
    Creating,
    /// The index can be read.
    Active,
    /// The throughput of the index is being changed. The index can be read.
    Updating,
    /// The index is being deleted.
    Deleting,
}

/// The status of the encryption of a table by a key of the account.
///
/// See [SSEDescription](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
#[non_exhaustive]
pub enum EncryptionStatus {
    /// The encryption is being enabled.
    Enabling,
    /// The table is encrypted by the key.
    Enabled,
    /// The encryption is being disabled.
    Disabling,
    /// The encryption is disabled.
    Disabled,
    /// The key is being changed.
    Updating,
}

impl EncryptionStatus {
    /// Returns the status of this name in DynamoDB's API, or `None` if there is none.
    ///
    /// ```
    /// use djamodb_core::plan::EncryptionStatus;
    ///
    /// assert_eq!(EncryptionStatus::from_name("ENABLED"), Some(EncryptionStatus::Enabled));
    /// assert_eq!(EncryptionStatus::from_name("enabled"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ENABLING" => Self::Enabling,
            "ENABLED" => Self::Enabled,
            "DISABLING" => Self::Disabling,
            "DISABLED" => Self::Disabled,
            "UPDATING" => Self::Updating,
            _ => return None,
        })
    }

    /// Returns the encryption of a table whose `SSEDescription` has this status and the ARN of a key.
    ///
    /// The key of a table that is changed from an AWS owned key is that one still, and the description has no other yet.
    ///
    /// ```
    /// use djamodb_core::plan::EncryptionStatus;
    /// use djamodb_core::schema::Encryption;
    ///
    /// let encryption = |status, arn: Option<&str>| EncryptionStatus::encryption(status, arn.map(str::to_owned));
    /// let (enabled, disabled) = (Some(EncryptionStatus::Enabled), Some(EncryptionStatus::Disabled));
    /// assert_eq!(encryption(enabled, Some("arn:key")), Encryption::CustomerManaged("arn:key".into()));
    /// assert_eq!(encryption(enabled, None), Encryption::AwsManaged);
    /// assert_eq!(encryption(disabled, Some("arn:key")), Encryption::AwsOwned);
    /// assert_eq!(encryption(Some(EncryptionStatus::Enabling), None), Encryption::AwsOwned);
    /// ```
    pub fn encryption(status: Option<Self>, key_arn: Option<String>) -> Encryption {
        match (key_arn, status) {
            (_, Some(Self::Disabled)) | (None, Some(Self::Enabling | Self::Updating)) => Encryption::AwsOwned,
            (Some(arn), _) => Encryption::CustomerManaged(arn),
            (None, _) => Encryption::AwsManaged,
        }
    }
}
