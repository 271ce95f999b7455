//! [GetRecords](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::schema::StreamView;
use crate::service::limits;
use crate::value::Item;

/// Reads changes from a place in a shard on: up to 1000, 1 MB, a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GetRecords {
    /// The place: of [`GetShardIterator`](super::GetShardIterator), or of an earlier answer.
    pub shard_iterator: String,
    /// How many: 1 to 1000; 1000 when absent.
    pub limit: Option<u32>,
}

/// What [`GetRecords`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct GetRecordsOutput {
    /// The changes, in their order. None does not mean that there are no more.
    pub records: Vec<StreamRecord>,
    /// Where to go on; when absent, the shard is closed and read to its end.
    pub next_shard_iterator: Option<String>,
}

/// A change of an item.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StreamRecord {
    /// The change's name, by which one that is delivered twice is known.
    pub event_id: String,
    /// What happened.
    pub event: StreamEvent,
    /// Its place in the shard.
    pub sequence_number: String,
    /// When it happened, to the second or so.
    pub created_at: Option<DateTime<Utc>>,
    /// What is recorded of each change.
    pub view: StreamView,
    /// The item's key.
    pub keys: Item,
    /// The item after the change, where the stream records it and there is one.
    pub new_image: Option<Item>,
    /// The item before the change, where the stream records it and there was one.
    pub old_image: Option<Item>,
    /// The size of what is recorded, in bytes.
    pub size_bytes: u64,
    /// Who did it, when it was the service itself.
    pub user_identity: Option<UserIdentity>,
}

/// What happened to an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StreamEvent {
    /// It was created.
    Insert,
    /// It was changed.
    Modify,
    /// It was deleted.
    Remove,
}

/// Who made a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UserIdentity {
    /// `Service`, of the service itself.
    pub kind: String,
    /// `dynamodb.amazonaws.com`, of the service itself.
    pub principal_id: String,
}

impl GetRecords {
    /// The most records that one request gives.
    pub const LIMIT_MAX: u32 = limits::GET_RECORDS_MAX;

    /// Reads as many changes as one request gives.
    pub fn new(shard_iterator: impl Into<String>) -> Self {
        Self { shard_iterator: shard_iterator.into(), limit: None }
    }
}

impl StreamRecord {
    /// Whether the item was deleted since its time to live was over.
    pub fn is_expiry(&self) -> bool {
        self.event == StreamEvent::Remove && self.user_identity.as_ref().is_some_and(UserIdentity::is_service)
    }
}

impl UserIdentity {
    /// The service itself, which deletes what has expired.
    pub fn service() -> Self {
        Self { kind: "Service".to_owned(), principal_id: "dynamodb.amazonaws.com".to_owned() }
    }

    /// Whether it is the service itself.
    pub fn is_service(&self) -> bool {
        self.kind == "Service" && self.principal_id == "dynamodb.amazonaws.com"
    }
}
