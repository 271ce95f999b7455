//! What a stream records of each change.

use aws_sdk_dynamodbstreams::types::StreamViewType;
use djamodb_core::schema::StreamView;

use crate::convert::Unreadable;

pub(super) fn from_sdk(view: Option<StreamViewType>) -> Result<StreamView, Unreadable> {
    match view.ok_or(Unreadable::Missing("view of the stream"))? {
        StreamViewType::KeysOnly => Ok(StreamView::KeysOnly),
        StreamViewType::NewImage => Ok(StreamView::NewImage),
        StreamViewType::OldImage => Ok(StreamView::OldImage),
        StreamViewType::NewAndOldImages => Ok(StreamView::NewAndOldImages),
        other => Err(Unreadable::unknown("stream view", other.as_str())),
    }
}
