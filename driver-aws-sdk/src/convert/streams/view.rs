//! Stream view types.

use aws_sdk_dynamodbstreams::types::StreamViewType;
use djamodb_core::schema::StreamView;

use crate::convert::InvalidResponse;

pub(super) fn from_sdk(view: Option<StreamViewType>) -> Result<StreamView, InvalidResponse> {
    match view.ok_or(InvalidResponse::Missing("view of the stream"))? {
        StreamViewType::KeysOnly => Ok(StreamView::KeysOnly),
        StreamViewType::NewImage => Ok(StreamView::NewImage),
        StreamViewType::OldImage => Ok(StreamView::OldImage),
        StreamViewType::NewAndOldImages => Ok(StreamView::NewAndOldImages),
        other => Err(InvalidResponse::unknown("stream view", other.as_str())),
    }
}
