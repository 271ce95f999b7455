//! What a query or a scan reads: whether the index can give what is asked of it.

use djamodb_core::expression::{self, Condition};
use djamodb_core::plan::Select;
use djamodb_core::schema::{Projection, TableSchema};
use djamodb_core::value::Name;

use crate::error::Invalid;
use crate::schema::{IndexKind, IndexSchema};

/// The limit of a query or a scan.
pub(crate) const fn limit(limit: Option<u32>) -> Result<(), Invalid> {
    if let Some(0) = limit { Err(Invalid::LimitZero) } else { Ok(()) }
}

/// What is selected, if that is a projection.
pub(crate) const fn projection(select: Option<&Select>) -> Option<&expression::Projection> {
    if let Some(Select::Specific(projection)) = select { Some(projection) } else { None }
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

/// Whether an index holds what is selected and what the filter looks at. A local index fetches what it does not hold,
/// but not for a filter.
pub(crate) fn projected(
    schema: &TableSchema,
    index: Option<&IndexSchema>,
    select: Option<&Select>,
    filter: Option<&Condition>,
) -> Result<(), Invalid> {
    let Some(index) = index else {
        return Ok(());
    };
    let lacking = |names: &mut dyn Iterator<Item = &Name>| {
        let mut lacking: Vec<&str> = Vec::new();
        for name in names {
            if !index.projects(&schema.key, name) && !lacking.contains(&name.as_str()) {
                lacking.push(name);
            }
        }
        (!lacking.is_empty()).then(|| lacking.join(", "))
    };
    if index.kind == IndexKind::Global {
        match select {
            Some(Select::AllAttributes) if index.projection != Projection::All => {
                return Err(Invalid::AllAttributesOfIndex(index.name.clone()));
            }
            Some(Select::Specific(projection)) => {
                if let Some(names) = lacking(&mut projection.paths.iter().map(|path| &path.name)) {
                    return Err(Invalid::NotProjected { index: index.name.clone(), names });
                }
            }
            _ => {}
        }
    }
    let filtered = filter.map(Condition::paths).unwrap_or_default();
    match lacking(&mut filtered.into_iter().map(|path| &path.name)) {
        Some(names) => Err(Invalid::FilterNotProjected { index: index.name.clone(), names }),
        None => Ok(()),
    }
}
