//! What `ListTagsOfResource` refuses.

use djamodb_core::plan::ListTagsOfResource;

use super::rule::tag;
use crate::error::Invalid;

pub(crate) fn request(list: &ListTagsOfResource) -> Result<(), Invalid> {
    tag::resource(&list.resource_arn)
}
