//! The [GetShardIterator](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html)
//! operation: returns a position in a shard.

use chrono::{DateTime, Utc};

/// A request for the shard iterator from which [`GetRecords`](super::GetRecords) reads. The iterator expires after 15 minutes.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetShardIterator {
    /// ARN of the stream.
    pub stream_arn: String,
    /// Identifier of the shard.
    pub shard_id: String,
    /// Position in the shard.
    pub position: ShardPosition,
}

/// A position in a shard.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ShardPosition {
    /// Before the oldest record that the service keeps (`TRIM_HORIZON`).
    TrimHorizon,
    /// After the newest record (`LATEST`).
    Latest,
    /// Before the record with this sequence number (`AT_SEQUENCE_NUMBER`).
    AtSequenceNumber(String),
    /// After the record with this sequence number (`AFTER_SEQUENCE_NUMBER`).
    AfterSequenceNumber(String),
    /// Before the first record that is not older than this time (`AT_TIMESTAMP`). A time in the future is refused.
    AtTimestamp(DateTime<Utc>),
}

/// The output of [`GetShardIterator`].
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GetShardIteratorOutput {
    /// Opaque position for [`GetRecords`](super::GetRecords).
    pub shard_iterator: String,
}

impl GetShardIterator {
    /// Creates a request for an iterator at `position`.
    pub fn new(stream_arn: impl Into<String>, shard_id: impl Into<String>, position: ShardPosition) -> Self {
        Self { stream_arn: stream_arn.into(), shard_id: shard_id.into(), position }
    }
}
