//! What `TagResource` refuses.

use djamodb_core::plan::TagResource;

use super::rule::tag;
use crate::error::Invalid;

pub(crate) fn request(request: &TagResource) -> Result<(), Invalid> {
    tag::resource(&request.resource_arn)?;
    if request.tags.is_empty() {
        return Err(Invalid::NoTags);
    }
    tag::several(&request.tags)
}
