//! What `UpdateContinuousBackups` refuses.

use djamodb_core::plan::UpdateContinuousBackups;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(update: &UpdateContinuousBackups) -> Result<(), Invalid> {
    name::table(&update.table)
}
