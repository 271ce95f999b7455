//! `UntagResource`: labels taken from a table.

use djamodb_core::plan::{UntagResource, UntagResourceOutput};

use super::Answer;
use crate::error::Error;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, untag: &UntagResource) -> Result<Answer<UntagResourceOutput>, Error> {
    validate::untag_resource::request(untag)?;
    let table = service.table_by_arn(&untag.resource_arn)?;
    let mut layout = table.layout.write();
    layout.can_change()?;
    layout.tags.retain(|tag| !untag.tag_keys.contains(&tag.key));
    Ok(Answer::new(UntagResourceOutput {}, Vec::new()))
}
