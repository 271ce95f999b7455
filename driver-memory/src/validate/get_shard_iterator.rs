//! What `GetShardIterator` refuses.

use djamodb_core::plan::{GetShardIterator, ShardPosition};

use super::rule::stream;
use crate::error::Invalid;

pub(crate) fn request(get: &GetShardIterator) -> Result<(), Invalid> {
    stream::arn(&get.stream_arn)?;
    match &get.position {
        ShardPosition::AtSequenceNumber(number) | ShardPosition::AfterSequenceNumber(number) => {
            stream::sequence_number(number)
        }
        ShardPosition::TrimHorizon | ShardPosition::Latest | ShardPosition::AtTimestamp(_) => Ok(()),
    }
}
