//! Conditions of writes.

use super::PlanError;
use super::filter_placement::condition;
use super::fold::{Folded, KnownAttributes, first_invalid, fold};
use crate::expression::{Condition, Path};
use crate::model::{Filter, ModelSchema};
use crate::value::Item;

/// Lookups as the condition of a write; nothing when they are always true.
///
/// A condition that is never true is sent all the same, in a form that the service takes: the write has to be refused.
pub(crate) fn write_condition(schema: &ModelSchema, filter: &Filter) -> Result<Option<Condition>, PlanError> {
    if let Some(error) = first_invalid(filter) {
        return Err(PlanError::Lookup { model: schema.model, error: error.clone() });
    }
    // An item that is not there lacks its key too, so that nothing is known to be present.
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
