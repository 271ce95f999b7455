//! [GetShardIterator](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Gives the place in a shard from which [`GetRecords`](super::GetRecords) reads. It can be used for 15 minutes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GetShardIterator {
    /// The stream.
    pub stream_arn: String,
    /// The shard.
    pub shard_id: String,
    /// The place.
    pub position: ShardPosition,
}

/// A place in a shard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ShardPosition {
    /// Before the oldest record that is kept (`TRIM_HORIZON`).
    TrimHorizon,
    /// After the newest record (`LATEST`).
    Latest,
    /// Before the record of this sequence number (`AT_SEQUENCE_NUMBER`).
    AtSequenceNumber(String),
    /// After the record of this sequence number (`AFTER_SEQUENCE_NUMBER`).
    AfterSequenceNumber(String),
    /// Before the first record of this moment or later (`AT_TIMESTAMP`); before the oldest one where that is later. A moment that is
    /// still to come is refused.
    AtTimestamp(DateTime<Utc>),
}

/// What [`GetShardIterator`] gives.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GetShardIteratorOutput {
    /// The place.
    pub shard_iterator: String,
}

impl GetShardIterator {
    /// A place in a shard.
    pub fn new(stream_arn: impl Into<String>, shard_id: impl Into<String>, position: ShardPosition) -> Self {
        Self { stream_arn: stream_arn.into(), shard_id: shard_id.into(), position }
    }
}
