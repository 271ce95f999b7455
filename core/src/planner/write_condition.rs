//! Conditions of writes.

use super::PlanError;
use super::filter_placement::condition;
use super::fold::{Folded, KnownAttributes, check_filter, fold};
use crate::expression::{Condition, Path};
use crate::model::{Filter, ModelSchema};
use crate::value::Item;

/// Returns the lookups as the condition of a write, or `None` if they are always true.
///
/// Lookups that are never true become a condition that always fails, so that the service rejects the write as usual.
pub(crate) fn write_condition(schema: &ModelSchema, filter: &Filter) -> Result<Option<Condition>, PlanError> {
    check_filter(filter, schema.model)?;
    // The item may not exist, and then it lacks its key attributes as well.
    let known = KnownAttributes { values: &Item::new(), present: &[] };
    Ok(match fold(filter, &known) {
        Folded::Always => None,
        Folded::Depends(filter) => Some(condition(&filter)),
        Folded::Never => {
            let hash = || Path::new(&schema.table.key.hash[0].name);
            Some(Condition::AttributeExists(hash()).and(Condition::AttributeNotExists(hash())))
        }
    })
}
