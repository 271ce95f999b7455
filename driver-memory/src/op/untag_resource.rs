//! `UntagResource`: removes tags from a table.

use djamodb_core::plan::{UntagResource, UntagResourceOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, untag: &UntagResource) -> Result<Response<UntagResourceOutput>, Error> {
    validate::tags::untag_resource(untag)?;
    let table = emulator.table_by_arn(&untag.resource_arn)?;
    let mut layout = table.layout.write();
    layout.check_changeable()?;
    layout.tags.retain(|tag| !untag.tag_keys.contains(&tag.key));
    Ok(Response::without_capacity(UntagResourceOutput {}))
}
