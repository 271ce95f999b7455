//! `ListTagsOfResource`: the labels of a table. There are at most 50, which the service gives in one answer.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput};

use super::Answer;
use crate::error::Error;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, list: &ListTagsOfResource) -> Result<Answer<ListTagsOfResourceOutput>, Error> {
    validate::list_tags_of_resource::request(list)?;
    let table = service.table_by_arn(&list.resource_arn)?;
    let tags = table.layout.read().tags.clone();
    Ok(Answer::new(ListTagsOfResourceOutput { tags, next_token: None }, Vec::new()))
}
