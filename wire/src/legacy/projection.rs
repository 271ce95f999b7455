//! `AttributesToGet`.

use std::collections::HashSet;

use djamodb_core::expression::{Path, ProjectionExpression};

use crate::error::RequestError;
use crate::json::{List, Text};

/// Returns the projection on whole attributes.
pub(crate) fn attributes_to_get(List(names): List<Text>) -> Result<ProjectionExpression, RequestError> {
    if names.is_empty() {
        return Err(RequestError::validation(
            "1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length \
             greater than or equal to 1",
        ));
    }
    let mut seen = HashSet::new();
    if let Some(Text(name)) = names.iter().find(|Text(name)| !seen.insert(name.as_str())) {
        return Err(RequestError::validation(format!(
            "One or more parameter values were invalid: Duplicate value in attribute name: {name}"
        )));
    }
    Ok(ProjectionExpression::new(names.into_iter().map(|Text(name)| Path::new(name))))
}
