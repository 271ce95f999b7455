//! Validation of `UpdateTimeToLive`.

use djamodb_core::plan::UpdateTimeToLive;

use super::constraints::Constraints;
use crate::error::ValidationError;

/// Length of the attribute's name at most.
const ATTRIBUTE_NAME_CHARACTERS_MAX: usize = 255;

pub(crate) fn request(update: &UpdateTimeToLive) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(&update.table, || "tableName".into());
    constraints.length(&update.attribute, 1..=ATTRIBUTE_NAME_CHARACTERS_MAX, || {
        "timeToLiveSpecification.attributeName".into()
    });
    constraints.check()
}
