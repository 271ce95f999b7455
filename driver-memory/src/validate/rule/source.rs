//! What a query or a scan reads: whether the index can give what is asked of it.

use std::collections::BTreeSet;

use djamodb_core::expression::{self, Condition, Path};
use djamodb_core::plan::Select;
use djamodb_core::schema::{IndexProjection, TableSchema};
use djamodb_core::value::Name;

use crate::error::Invalid;
use crate::schema::{IndexKind, IndexSchema};

/// The limit of a query or a scan.
pub(crate) const fn limit(limit: Option<u32>) -> Result<(), Invalid> {
    if let Some(0) = limit { Err(Invalid::LimitZero) } else { Ok(()) }
}

/// What is selected, if that is a projection.
pub(crate) const fn projection(select: Option<&Select>) -> Option<&expression::ProjectionExpression> {
    if let Some(Select::SpecificAttributes(projection)) = select { Some(projection) } else { None }
}

/// Whether a table or an index can be asked for what is selected, before it is known.
pub(crate) fn select(index: Option<&Name>, select: Option<&Select>) -> Result<(), Invalid> {
    match (index, select) {
        (None, Some(Select::AllProjectedAttributes)) => Err(Invalid::AllProjectedOfTable),
        _ => Ok(()),
    }
}

/// Whether an index can be read consistently.
pub(crate) fn consistent(index: Option<&IndexSchema>, consistent: bool) -> Result<(), Invalid> {
    match index {
        Some(index) if consistent && index.kind == IndexKind::Global => Err(Invalid::ConsistentGlobalIndex),
        _ => Ok(()),
    }
}

/// Whether a global index holds what is selected. A local one fetches what it does not hold.
pub(crate) fn selected(
    schema: &TableSchema,
    index: Option<&IndexSchema>,
    select: Option<&Select>,
) -> Result<(), Invalid> {
    let Some(index) = index.filter(|index| index.kind == IndexKind::Global) else {
        return Ok(());
    };
    match select {
        Some(Select::AllAttributes) if index.projection != IndexProjection::All => {
            Err(Invalid::AllAttributesOfIndex(index.name.clone()))
        }
        Some(Select::SpecificAttributes(projection)) => match not_projected(schema, index, &projection.paths) {
            Some(names) => Err(Invalid::NotProjected { index: index.name.clone(), names }),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Whether an index holds what a filter looks at. Not even a local one fetches anything for a filter.
pub(crate) fn filtered(
    schema: &TableSchema,
    index: Option<&IndexSchema>,
    filter: Option<&Condition>,
) -> Result<(), Invalid> {
    let (Some(index), Some(filter)) = (index, filter) else {
        return Ok(());
    };
    match not_projected(schema, index, filter.paths()) {
        Some(names) => Err(Invalid::FilterNotProjected { index: index.name.clone(), names }),
        None => Ok(()),
    }
}

/// The attributes that an index does not hold, in the order of their names.
fn not_projected<'a>(
    schema: &TableSchema,
    index: &IndexSchema,
    paths: impl IntoIterator<Item = &'a Path>,
) -> Option<String> {
    let names = paths.into_iter().map(|path| path.name.as_str());
    let lacking: BTreeSet<_> = names.filter(|name| !index.projects(&schema.key, name)).collect();
    (!lacking.is_empty()).then(|| Vec::from_iter(lacking).join(", "))
}
