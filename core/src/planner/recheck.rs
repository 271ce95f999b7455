//! Conditions that check again, when an item is written or fetched, that it still matches the read that found it.

use super::filter_placement::{attributes_of, condition};
use super::fold::{Folded, KnownAttributes, conjuncts, fold};
use super::{PlanError, Request, limits};
use crate::expression::{Condition, Path};
use crate::model::{Discriminator, Filter, Lookup, LookupOperator};
use crate::value::{Item, Name};

/// Returns the condition of a write to the item at `key`, which a read of the request found: the item exists and still
/// matches the request.
///
/// # Errors
///
/// Returns [`PlanError::ConditionTooLong`] if the lookups exceed the limits of one expression. The read itself has no such
/// limit, since it evaluates on the client what does not fit.
pub(crate) fn recheck(request: &Request, key: &Item) -> Result<Condition, PlanError> {
    let condition = exists_and_matches(request, &membership(request), key);
    if limits::fit(std::slice::from_ref(&condition)) {
        return Ok(condition);
    }
    Err(PlanError::ConditionTooLong { model: request.schema.model })
}

/// Returns the part of the condition of [`recheck`] that is the same for all keys. Lookups on key attributes are left out:
/// they are true for every key that the read finds.
pub(crate) fn recheck_of_each(request: &Request) -> Condition {
    let table_key = &request.schema.table.key;
    let is_on_key = |filter: &Filter| attributes_of(filter).all(|name| table_key.contains(name));
    let mut rest = conjuncts(membership(request));
    rest.retain(|filter| !is_on_key(filter));
    let hash = request.index.key.hash.iter().map(|attribute| attribute.name.clone());
    let given = hash.zip(request.hash_values().iter().cloned());
    let known: Item = given.filter(|(name, _)| table_key.contains(name)).collect();
    exists_and_matches(request, &Filter::All(rest), &known)
}

/// Returns the condition of a write to the item at each key, without the keys of which no item matches the request. The items are also of the
/// model with the discriminator, if there is one.
pub(super) fn conditions_of_keys(
    request: &Request,
    keys: Vec<Item>,
    discriminator: Option<&Discriminator>,
) -> Vec<(Item, Condition)> {
    let mut filter = membership(request);
    if let Some(discriminator) = discriminator {
        let operator = LookupOperator::Eq(discriminator.attribute_value());
        filter = filter.and(Filter::Lookup(Lookup { path: Path::new(&discriminator.attribute), operator }));
    }
    let exists = request.schema.item_exists();
    let condition_of = |key: Item| match fold(&filter, &KnownAttributes { values: &key, present: &[] }) {
        Folded::Always => Some((key, exists.clone())),
        Folded::Depends(filter) => Some((key, exists.clone().and(condition(&filter)))),
        Folded::Never => None,
    };
    keys.into_iter().filter_map(condition_of).collect()
}

fn exists_and_matches(request: &Request, filter: &Filter, key: &Item) -> Condition {
    let schema = request.schema;
    match fold(filter, &KnownAttributes { values: key, present: &[] }) {
        Folded::Always => schema.item_exists(),
        Folded::Depends(filter) => schema.item_exists().and(condition(&filter)),
        Folded::Never => schema.item_exists().and(schema.no_item_exists()),
    }
}

/// Returns the condition that an item fetched by a key of an index must satisfy to match the request. Returns `None` if every
/// item satisfies it.
pub(super) fn recheck_after_fetch(request: &Request) -> Option<Condition> {
    let present: Vec<Name> = request.schema.table.key.names().cloned().collect();
    match fold(&membership(request), &KnownAttributes { values: &Item::new(), present: &present }) {
        Folded::Always => None,
        Folded::Depends(filter) => Some(condition(&filter)),
        // The index is not read in this case.
        Folded::Never => Some(Condition::Or(Vec::new())),
    }
}

/// Returns the lookups of a request together with those that make an item part of what it reads: the hash key that is set,
/// and the existence of the index's other key attributes.
fn membership(request: &Request) -> Filter {
    let lookup = |name, operator| Filter::Lookup(Lookup { path: Path::new(name), operator });
    let mut filter = request.filter.to_filter();
    let mut given = request.hash_values().iter();
    for attribute in &request.index.key.hash {
        let operator = given.next().map_or(LookupOperator::Exists, |value| LookupOperator::Eq(value.clone()));
        filter = filter.and(lookup(&attribute.name, operator));
    }
    for attribute in &request.index.key.range {
        filter = filter.and(lookup(&attribute.name, LookupOperator::Exists));
    }
    filter
}
