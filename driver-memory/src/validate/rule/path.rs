//! Paths in expressions.

use djamodb_core::expression::{Path, PathStep};
use djamodb_core::schema::TableSchema;

use crate::error::Invalid;
use crate::schema::index_keys;

/// The names in a path.
pub(crate) fn names(path: &Path) -> Result<(), Invalid> {
    let inner = path.steps.iter().filter_map(|step| match step {
        PathStep::Key(name) => Some(name),
        PathStep::Index(_) => None,
    });
    if std::iter::once(&path.name).chain(inner).any(|name| name.is_empty()) {
        return Err(Invalid::EmptyExpressionName);
    }
    Ok(())
}

/// Paths that lead into key attributes, which have no inside.
pub(crate) fn outside_keys<'a>(schema: &TableSchema, paths: impl IntoIterator<Item = &'a Path>) -> Result<(), Invalid> {
    for path in paths.into_iter().filter(|path| !path.steps.is_empty()) {
        if schema.key.contains(&path.name) {
            return Err(Invalid::PathIntoKey(path.name.clone()));
        }
        if index_keys(schema).any(|(_, key)| key.contains(&path.name)) {
            return Err(Invalid::PathIntoIndexKey(path.name.clone()));
        }
    }
    Ok(())
}

/// A path as the service lists it: `m, k, [0]`.
pub(crate) fn listed(path: &Path) -> String {
    let steps = path.steps.iter().map(|step| match step {
        PathStep::Key(name) => format!(", {name}"),
        PathStep::Index(index) => format!(", [{index}]"),
    });
    std::iter::once(path.name.to_string()).chain(steps).collect()
}
