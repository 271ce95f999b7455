//! What `UntagResource` refuses.

use djamodb_core::plan::UntagResource;

use super::rule::tag::{self, TAGS_MAX};
use crate::error::Invalid;

pub(crate) fn request(request: &UntagResource) -> Result<(), Invalid> {
    tag::resource(&request.resource_arn)?;
    match request.tag_keys.len() {
        0 => Err(Invalid::NoTagKeys),
        1..=TAGS_MAX => request.tag_keys.iter().try_for_each(|key| tag::key(key)),
        _ => Err(Invalid::TooManyTags),
    }
}
