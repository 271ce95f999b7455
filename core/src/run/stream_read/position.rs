//! Positions in streams.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::plan::ShardPosition;

/// The position in a stream at which a later read continues.
///
/// With the feature `serde`, it serialises as a small document with one entry for each shard whose records the service still keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChangePosition {
    /// ARN of the stream.
    pub stream_arn: String,
    /// The progress in each shard, by shard ID. A shard without an entry is read from its oldest record.
    pub shards: BTreeMap<String, ShardProgress>,
}

/// The progress of reading a shard.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ShardProgress {
    /// No record was read, and all that the shard holds are to be read.
    Unread,
    /// No record of interest was read. The shard was open when a feed [from now](crate::database::ChangeFeed::from_now) started.
    Since {
        /// Records made before this time are skipped.
        time: DateTime<Utc>,
        /// The sequence number up to which all records are known to be made before the feed started, if one is known.
        after: Option<String>,
    },
    /// All records up to this sequence number were read.
    After(String),
    /// All records were read, and the shard is closed.
    Finished,
}

impl ShardProgress {
    /// Returns the position at which reading continues.
    pub(super) fn begin(&self) -> ShardPosition {
        match self {
            Self::Unread | Self::Finished | Self::Since { after: None, .. } => ShardPosition::TrimHorizon,
            Self::After(number) | Self::Since { after: Some(number), .. } => {
                ShardPosition::AfterSequenceNumber(number.clone())
            }
        }
    }
}
