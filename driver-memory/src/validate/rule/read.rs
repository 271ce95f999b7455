//! Rules for queries and scans: selection, consistency and filter against what the index projects.

use std::collections::BTreeSet;

use djamodb_core::expression::{Condition, Path};
use djamodb_core::plan::Select;
use djamodb_core::schema::{IndexProjection, TableSchema};

use crate::error::ValidationError;
use crate::index_schema::{IndexKind, IndexSchema};

/// Checks that a global index is not read consistently.
pub(crate) fn consistency(index: Option<&IndexSchema>, consistent: bool) -> Result<(), ValidationError> {
    match index {
        Some(index) if consistent && index.kind == IndexKind::Global => Err(ValidationError::ConsistentGlobalIndex),
        _ => Ok(()),
    }
}

/// Checks that a selection of all attributes fits the table or index that is read.
pub(crate) fn select(index: Option<&IndexSchema>, select: Option<&Select>) -> Result<(), ValidationError> {
    match (index, select) {
        (None, Some(Select::AllProjectedAttributes)) => Err(ValidationError::AllProjectedOfTable),
        (Some(IndexSchema { kind: IndexKind::Global, projection, name, .. }), Some(Select::AllAttributes))
            if *projection != IndexProjection::All =>
        {
            Err(ValidationError::AllAttributesOfIndex(name.clone()))
        }
        _ => Ok(()),
    }
}

/// Checks that a global index projects the selected attributes. A local index fetches those that it does not project.
pub(crate) fn projection_against(
    schema: &TableSchema,
    index: Option<&IndexSchema>,
    select: Option<&Select>,
) -> Result<(), ValidationError> {
    let (Some(index), Some(projection)) = (index, select.and_then(Select::projection)) else {
        return Ok(());
    };
    if index.kind != IndexKind::Global {
        return Ok(());
    }
    match not_projected(schema, index, &projection.paths) {
        Some(names) => Err(ValidationError::NotProjected { index: index.name.clone(), names }),
        None => Ok(()),
    }
}

/// Checks that an index projects the attributes of the filter. A local index does not fetch attributes for a filter.
pub(crate) fn filter_against(
    schema: &TableSchema,
    index: Option<&IndexSchema>,
    filter: Option<&Condition>,
) -> Result<(), ValidationError> {
    let (Some(index), Some(filter)) = (index, filter) else {
        return Ok(());
    };
    match not_projected(schema, index, filter.paths()) {
        Some(names) => Err(ValidationError::FilterNotProjected { index: index.name.clone(), names }),
        None => Ok(()),
    }
}

/// Returns the names of the attributes that an index does not project, sorted and joined for the message.
fn not_projected<'a>(
    schema: &TableSchema,
    index: &IndexSchema,
    paths: impl IntoIterator<Item = &'a Path>,
) -> Option<String> {
    let names = paths.into_iter().map(|path| path.name.as_str());
    let missing: BTreeSet<_> = names.filter(|name| !index.projects(&schema.key, name)).collect();
    (!missing.is_empty()).then(|| Vec::from_iter(missing).join(", "))
}
