//! Members of requests that no driver has.

use serde_json::Value as Json;

use crate::error::RequestError;

/// Refuses members that would be ignored.
pub(crate) fn check(members: &[(&str, Option<&Json>)]) -> Result<(), RequestError> {
    match members.iter().find(|(_, value)| value.is_some_and(|value| !value.is_null())) {
        None => Ok(()),
        Some((member, _)) => Err(RequestError::validation(format!(
            "{member} is not supported: this server has no global tables; leave the parameter out"
        ))),
    }
}
