//! What `DescribeStream` refuses.

use djamodb_core::plan::DescribeStream;

use super::rule::stream;
use crate::error::Invalid;

pub(crate) fn request(describe: &DescribeStream) -> Result<(), Invalid> {
    stream::arn(&describe.stream_arn)?;
    stream::limit(describe.limit, "cannot be greater than the maximum:", DescribeStream::LIMIT_MAX)?;
    describe.exclusive_start_shard_id.as_deref().map_or(Ok(()), stream::start_shard_id)
}
