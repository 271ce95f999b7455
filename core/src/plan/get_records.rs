//! The [GetRecords](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html)
//! operation: reads the changes in a shard.

use chrono::{DateTime, Utc};

use crate::schema::StreamView;
use crate::service::limits;
use crate::value::Item;

/// A request that reads changes from a position in a shard onwards: up to 1000 records and 1 MB.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetRecords {
    /// Position, returned by [`GetShardIterator`](super::GetShardIterator) or by an earlier `GetRecords`.
    pub shard_iterator: String,
    /// Maximum number of records, from 1 to 1000; 1000 if `None`.
    pub limit: Option<u32>,
}

/// The output of [`GetRecords`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetRecordsOutput {
    /// Changes in order. An empty page does not mean that the end of the shard is reached.
    pub records: Vec<StreamRecord>,
    /// Position that continues reading; `None` if the shard is closed and read to its end.
    pub next_shard_iterator: Option<String>,
}

/// A change of an item, recorded in a stream.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StreamRecord {
    /// Identifier of the change, by which a change that is delivered twice can be recognised.
    pub event_id: String,
    /// Kind of change.
    pub event: StreamEvent,
    /// Sequence number of the record in its shard.
    pub sequence_number: String,
    /// Time of the change, precise to about one second.
    pub created_at: Option<DateTime<Utc>>,
    /// Images that the stream records.
    pub view: StreamView,
    /// Key of the item.
    pub keys: Item,
    /// Item after the change; `None` if the item was deleted or the stream does not record it.
    pub new_image: Option<Item>,
    /// Item before the change; `None` if the item was created or the stream does not record it.
    pub old_image: Option<Item>,
    /// Size of the record in bytes: key and images.
    pub size_bytes: u64,
    /// Originator of the change, if the service itself made it.
    pub user_identity: Option<UserIdentity>,
}

/// The kind of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
pub enum StreamEvent {
    /// The item was created.
    Insert,
    /// The item was changed.
    Modify,
    /// The item was deleted.
    Remove,
}

/// The originator of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UserIdentity {
    /// Type of the originator: `Service` for the service itself.
    pub kind: String,
    /// Name of the originator: `dynamodb.amazonaws.com` for the service itself.
    pub principal_id: String,
}

impl GetRecords {
    /// Maximum number of records in one page.
    pub const LIMIT_MAX: u32 = limits::GET_RECORDS_MAX;

    /// Creates a request for as many records as fit one page.
    pub fn new(shard_iterator: impl Into<String>) -> Self {
        Self { shard_iterator: shard_iterator.into(), limit: None }
    }
}

impl StreamRecord {
    /// Returns `true` if the service deleted the item because its time to live had expired.
    pub fn is_expiry(&self) -> bool {
        self.event == StreamEvent::Remove && self.user_identity.as_ref().is_some_and(UserIdentity::is_service)
    }
}

impl UserIdentity {
    /// Returns the identity of the service itself, which deletes expired items.
    pub fn service() -> Self {
        Self { kind: "Service".to_owned(), principal_id: "dynamodb.amazonaws.com".to_owned() }
    }

    /// Returns `true` if the originator is the service itself.
    pub fn is_service(&self) -> bool {
        self.kind == "Service" && self.principal_id == "dynamodb.amazonaws.com"
    }
}
