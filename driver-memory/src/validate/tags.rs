//! Validation of the requests that change tags.

use djamodb_core::plan::{TagResource, UntagResource};
use djamodb_core::service::limits::TAGS_MAX;

use super::rule::tag;
use crate::error::ValidationError;

pub(crate) fn tag_resource(request: &TagResource) -> Result<(), ValidationError> {
    tag::resource(&request.resource_arn)?;
    if request.tags.is_empty() {
        return Err(ValidationError::NoTags);
    }
    tag::tags(&request.tags)
}

pub(crate) fn untag_resource(request: &UntagResource) -> Result<(), ValidationError> {
    tag::resource(&request.resource_arn)?;
    match request.tag_keys.len() {
        0 => Err(ValidationError::NoTagKeys),
        1..=TAGS_MAX => request.tag_keys.iter().try_for_each(|key| tag::key(key)),
        _ => Err(ValidationError::TooManyTags),
    }
}
