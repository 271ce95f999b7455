//! `TagResource`: labels on a table.

use djamodb_core::plan::{TagResource, TagResourceOutput};
use djamodb_core::value::Name;

use crate::catalogue::Catalogue;
use crate::error::{Error, Invalid};
use crate::table::ARN_PREFIX;
use crate::validate;

/// The most labels of a table.
const TAGS_MAX: usize = 50;

pub(super) fn execute(catalogue: &Catalogue, tag: &TagResource) -> Result<TagResourceOutput, Error> {
    validate::tag_resource::request(tag)?;
    let name = tag.resource_arn.strip_prefix(ARN_PREFIX).ok_or(Invalid::ResourceArn)?;
    let table = catalogue.table(&Name::from(name)).map_err(|error| error.naming(&name.into()))?;

    let mut settings = table.settings.write();
    let mut tags = settings.tags.clone();
    for new in &tag.tags {
        match tags.iter_mut().find(|present| present.key == new.key) {
            Some(present) => present.value.clone_from(&new.value),
            None => tags.push(new.clone()),
        }
    }
    if tags.len() > TAGS_MAX {
        return Err(Invalid::TooManyTags.into());
    }
    settings.tags = tags;
    Ok(TagResourceOutput {})
}
