//! `TagResource`: adds tags to a table or replaces their values.

use djamodb_core::plan::{TagResource, TagResourceOutput};
use djamodb_core::service::limits::TAGS_MAX;

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, tag: &TagResource) -> Result<Response<TagResourceOutput>, Error> {
    validate::tags::tag_resource(tag)?;
    let table = emulator.table_by_arn(&tag.resource_arn)?;

    let mut layout = table.layout.write();
    layout.check_changeable()?;
    let mut tags = layout.tags.clone();
    for new in &tag.tags {
        match tags.iter_mut().find(|present| present.key == new.key) {
            Some(present) => present.value.clone_from(&new.value),
            None => tags.push(new.clone()),
        }
    }
    if tags.len() > TAGS_MAX {
        return Err(ValidationError::TooManyTags.into());
    }
    layout.tags = tags;
    Ok(Response::without_capacity(TagResourceOutput {}))
}
