//! What `TagResource` refuses.

use djamodb_core::plan::TagResource;

use crate::error::Invalid;

pub(crate) fn request(tag: &TagResource) -> Result<(), Invalid> {
    if tag.tags.is_empty() {
        return Err(Invalid::NoTags);
    }
    let is_valid =
        tag.tags.iter().all(|tag| (1..=128).contains(&tag.key.chars().count()) && tag.value.chars().count() <= 256);
    if is_valid { Ok(()) } else { Err(Invalid::TagLength) }
}
