//! What `ListStreams` refuses.

use djamodb_core::plan::ListStreams;

use super::rule::{name, stream};
use crate::error::Invalid;

pub(crate) fn request(list: &ListStreams) -> Result<(), Invalid> {
    stream::limit(list.limit, "cannot be greater than the maximum allowed size:", ListStreams::LIMIT_MAX)?;
    list.exclusive_start_stream_arn.as_deref().map_or(Ok(()), stream::arn)?;
    list.table.as_ref().map_or(Ok(()), name::table)
}
