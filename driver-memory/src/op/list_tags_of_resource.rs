//! `ListTagsOfResource`: the tags of a table, at most 50, which fit in one page.

use djamodb_core::plan::{ListTagsOfResource, ListTagsOfResourceOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate::rule::tag;

pub(super) fn execute(
    emulator: &Emulator,
    list: &ListTagsOfResource,
) -> Result<Response<ListTagsOfResourceOutput>, Error> {
    tag::resource(&list.resource_arn)?;
    let table = emulator.table_by_arn(&list.resource_arn)?;
    let tags = table.layout.read().tags.clone();
    Ok(Response::without_capacity(ListTagsOfResourceOutput { tags, next_token: None }))
}
