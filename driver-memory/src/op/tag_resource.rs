//! `TagResource`: labels on a table.

use djamodb_core::plan::{TagResource, TagResourceOutput};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::service::Service;
use crate::validate;
use crate::validate::rule::tag::TAGS_MAX;

pub(super) fn execute(service: &Service, tag: &TagResource) -> Result<Answer<TagResourceOutput>, Error> {
    validate::tag_resource::request(tag)?;
    let table = service.table_by_arn(&tag.resource_arn)?;

    let mut layout = table.layout.write();
    layout.can_change()?;
    let mut tags = layout.tags.clone();
    for new in &tag.tags {
        match tags.iter_mut().find(|present| present.key == new.key) {
            Some(present) => present.value.clone_from(&new.value),
            None => tags.push(new.clone()),
        }
    }
    if tags.len() > TAGS_MAX {
        return Err(Invalid::TooManyTags.into());
    }
    layout.tags = tags;
    Ok(Answer::new(TagResourceOutput {}, Vec::new()))
}
