//! The condition under which what a read found may be written.

use super::filter_placement::{attributes_of, condition};
use super::fold::{Folded, KnownAttributes, conjuncts, fold};
use super::{PlanError, Request, limits};
use crate::expression::{Condition, Path};
use crate::model::{Filter, Lookup, LookupOperator};
use crate::value::{Item, Name};

/// What must be true of the item of this key, which a read of the request found, when it is written: it is still there, and it
/// still is what the request asks for. A request that has been planned has no invalid lookups; they can come to more than one
/// condition can say, since a read checks on this side what does not fit.
pub(crate) fn recheck(request: &Request, key: &Item) -> Result<Condition, PlanError> {
    let condition = still_there(request, &asked(request), key);
    if limits::fit(std::slice::from_ref(&condition)) {
        return Ok(condition);
    }
    Err(PlanError::ConditionTooLong { model: request.schema.model })
}

/// The same for whichever item a read of the request finds, as far as it can be said before the key is known. Lookups on
/// nothing but the key are true of each of them.
pub(crate) fn recheck_of_each(request: &Request) -> Condition {
    let table_key = &request.schema.table.key;
    let is_on_key = |filter: &Filter| {
        let mut names = Vec::new();
        attributes_of(filter, &mut names);
        names.iter().all(|name| table_key.contains(name))
    };
    let mut rest = conjuncts(asked(request));
    rest.retain(|filter| !is_on_key(filter));
    let hash = request.index.key.hash.iter().map(|attribute| attribute.name.clone());
    let given = hash.zip(request.hash_key.iter().flatten().flatten().cloned());
    let known: Item = given.filter(|(name, _)| table_key.contains(name)).collect();
    still_there(request, &Filter::All(rest), &known)
}

fn still_there(request: &Request, filter: &Filter, key: &Item) -> Condition {
    let hash = &request.schema.table.key.hash[0].name;
    let exists = || Condition::AttributeExists(Path::new(hash));
    match fold(filter, &KnownAttributes { values: key, present: &[] }) {
        Folded::Always => exists(),
        Folded::Depends(filter) => exists().and(condition(&filter)),
        Folded::Never => exists().and(Condition::AttributeNotExists(Path::new(hash))),
    }
}

/// What must be true of an item, read by its key, that a read of the request found; nothing where that is always so.
pub(super) fn still_asked(request: &Request) -> Option<Condition> {
    let present: Vec<Name> = request.schema.table.key.names().cloned().collect();
    match fold(&asked(request), &KnownAttributes { values: &Item::new(), present: &present }) {
        Folded::Always => None,
        Folded::Depends(filter) => Some(condition(&filter)),
        // Then nothing is read in the first place.
        Folded::Never => Some(Condition::Or(Vec::new())),
    }
}

/// The lookups, and what makes an item part of what is read: the hash key that is set, and the index's other attributes.
fn asked(request: &Request) -> Filter {
    let lookup = |name, operator| Filter::Lookup(Lookup { path: Path::new(name), operator });
    let mut filter = request.filter.clone();
    let mut given = request.hash_key.iter().flatten().flatten();
    for attribute in &request.index.key.hash {
        let operator = given.next().map_or(LookupOperator::Exists, |value| LookupOperator::Eq(value.clone()));
        filter = filter.and(lookup(&attribute.name, operator));
    }
    for attribute in &request.index.key.range {
        filter = filter.and(lookup(&attribute.name, LookupOperator::Exists));
    }
    filter
}
