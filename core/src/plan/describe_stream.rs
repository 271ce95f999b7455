//! [DescribeStream](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::schema::StreamView;
use crate::service::limits;
use crate::value::Name;

/// Tells what a stream is made of: its shards, up to 100 a request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeStream {
    /// The stream.
    pub stream_arn: String,
    /// Where to go on: the `last_evaluated_shard_id` of an earlier answer.
    pub exclusive_start_shard_id: Option<String>,
    /// How many shards: 1 to 100; 100 when absent.
    pub limit: Option<u32>,
    /// Only the shards that follow this one, which is closed (`CHILD_SHARDS`).
    pub child_shards_of: Option<String>,
}

/// What [`DescribeStream`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeStreamOutput {
    /// The stream.
    pub stream: StreamDescription,
}

/// What a stream is made of.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StreamDescription {
    /// The stream's name among all resources of AWS.
    pub arn: String,
    /// What tells the streams of one table apart.
    pub label: String,
    /// The table.
    pub table: Name,
    /// Which state it is in.
    pub status: StreamStatus,
    /// What it records of each change.
    pub view: StreamView,
    /// When it was enabled, if the driver knows.
    pub created_at: Option<DateTime<Utc>>,
    /// The names of the table's key attributes: hash, then range.
    pub key: Vec<Name>,
    /// The shards.
    pub shards: Vec<Shard>,
    /// Where to go on; when absent, there are no more shards.
    pub last_evaluated_shard_id: Option<String>,
}

/// The states of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum StreamStatus {
    /// Being enabled.
    Enabling,
    /// Recording.
    Enabled,
    /// Being ended.
    Disabling,
    /// Ended; it can be read while its records are kept.
    Disabled,
}

/// A part of a stream: the changes of some items, in their order, for some hours. The changes of an item go on in the shard that
/// follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shard {
    /// The shard's name.
    pub id: String,
    /// The shard that it follows; to be read first, while it is kept.
    pub parent: Option<String>,
    /// The first sequence number that it can hold.
    pub starting_sequence_number: Option<String>,
    /// The last one; nothing while it is open.
    pub ending_sequence_number: Option<String>,
}

impl DescribeStream {
    /// The most shards that one request gives.
    pub const LIMIT_MAX: u32 = limits::DESCRIBE_STREAM_SHARDS_MAX;

    /// Describes a stream from its first shard on.
    pub fn new(stream_arn: impl Into<String>) -> Self {
        Self { stream_arn: stream_arn.into(), exclusive_start_shard_id: None, limit: None, child_shards_of: None }
    }
}
