//! Updates that the service refuses because of the stored item.

use super::{DriverError, DriverErrorKind};
use crate::expression::UpdateError;

impl DriverError {
    /// Returns the reason for which the stored item does not allow an update, or `None` for other errors.
    ///
    /// The service has one code for all of them, so that only its message distinguishes the reasons.
    pub(crate) fn update_refusal(&self) -> Option<UpdateError> {
        if *self.kind() != DriverErrorKind::Validation {
            return None;
        }
        let reasons = [UpdateError::InvalidPath, UpdateError::MissingAttribute, UpdateError::IncorrectType];
        reasons.into_iter().find(|reason| self.message().contains(&reason.to_string()))
    }
}
