//! What `UpdateTimeToLive` refuses.

use djamodb_core::plan::UpdateTimeToLive;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(update: &UpdateTimeToLive) -> Result<(), Invalid> {
    name::table(&update.table)?;
    if (1..=255).contains(&update.attribute.len()) { Ok(()) } else { Err(Invalid::TimeToLiveAttributeLength) }
}
