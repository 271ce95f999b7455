//! The [DescribeStream](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html)
//! operation: returns the shards of a stream.

use chrono::{DateTime, Utc};

use crate::schema::StreamView;
use crate::service::limits;
use crate::value::Name;

/// A request for the description of a stream and up to 100 of its shards.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeStream {
    /// ARN of the stream.
    pub stream_arn: String,
    /// `last_evaluated_shard_id` of the previous page, after which this page begins.
    pub exclusive_start_shard_id: Option<String>,
    /// Maximum number of shards, from 1 to 100; 100 if `None`.
    pub limit: Option<u32>,
    /// Closed shard whose child shards alone are returned (`CHILD_SHARDS`); all shards if `None`.
    pub child_shards_of: Option<String>,
}

/// The output of [`DescribeStream`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeStreamOutput {
    /// Description of the stream.
    pub stream: StreamDescription,
}

/// The description of a stream with one page of its shards.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StreamDescription {
    /// ARN of the stream.
    pub arn: String,
    /// Label that is unique among the streams of a table: the time at which the stream was enabled.
    pub label: String,
    /// Table whose changes the stream records.
    pub table: Name,
    /// Current status.
    pub status: StreamStatus,
    /// Images that each record contains.
    pub view: StreamView,
    /// Time at which the stream was enabled, if the driver knows it.
    pub created_at: Option<DateTime<Utc>>,
    /// Names of the table's key attributes: the hash attribute, then the range attribute.
    pub key: Vec<Name>,
    /// Shards of this page.
    pub shards: Vec<Shard>,
    /// Shard after which the next page begins; `None` on the last page.
    pub last_evaluated_shard_id: Option<String>,
}

/// The status of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
#[non_exhaustive]
pub enum StreamStatus {
    /// The stream is being enabled.
    Enabling,
    /// The stream records changes.
    Enabled,
    /// The stream is being disabled.
    Disabling,
    /// The stream no longer records changes. Its records can be read for 24 hours.
    Disabled,
}

/// A part of a stream that holds the changes of some items over some hours, in order. Later changes of the same items are in
/// its child shards.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Shard {
    /// Identifier of the shard.
    pub id: String,
    /// Shard that holds the earlier changes of the same items, which must be read first. The service may have removed it already.
    pub parent: Option<String>,
    /// First sequence number that the shard can hold.
    pub starting_sequence_number: Option<String>,
    /// Last sequence number of the shard; `None` while the shard is open.
    pub ending_sequence_number: Option<String>,
}

impl DescribeStream {
    /// Maximum number of shards in one page.
    pub const LIMIT_MAX: u32 = limits::DESCRIBE_STREAM_SHARDS_MAX;

    /// Creates a request for the first page of shards.
    pub fn new(stream_arn: impl Into<String>) -> Self {
        Self { stream_arn: stream_arn.into(), exclusive_start_shard_id: None, limit: None, child_shards_of: None }
    }
}
