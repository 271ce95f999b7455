//! Rules for paths in expressions.

use djamodb_core::expression::{Path, PathStep};
use djamodb_core::schema::TableSchema;

use crate::error::ValidationError;

/// Checks that no name in a path is empty.
pub(crate) fn names(path: &Path) -> Result<(), ValidationError> {
    let inner = path.steps.iter().filter_map(|step| match step {
        PathStep::Key(name) => Some(name),
        PathStep::Index(_) => None,
    });
    if std::iter::once(&path.name).chain(inner).any(|name| name.is_empty()) {
        return Err(ValidationError::EmptyExpressionName);
    }
    Ok(())
}

/// Checks that no path leads into a key attribute, which is a scalar.
pub(crate) fn outside_keys<'a>(
    schema: &TableSchema,
    paths: impl IntoIterator<Item = &'a Path>,
) -> Result<(), ValidationError> {
    // Most paths have no step.
    let paths: Vec<&Path> = paths.into_iter().filter(|path| !path.steps.is_empty()).collect();
    schema.check_paths(&paths).map_err(ValidationError::PathIntoKey)
}
