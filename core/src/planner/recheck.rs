//! The condition under which what a read found may be written.

use super::Request;
use super::fold::{Folded, Known, fold};
use super::residual::condition;
use crate::expression::{Condition, Path};
use crate::model::{Filter, Lookup, LookupOperator};
use crate::value::{Item, Name};

/// What must be true of the item of this key, which a read of the request found, when it is written: it is still there, and it
/// still is what the request asks for. A request that has been planned has no invalid lookups.
pub fn recheck(request: &Request, key: &Item) -> Condition {
    let table_key = &request.schema.table.key;
    let known = Known { values: key, present: &[] };
    let exists = || Condition::AttributeExists(Path::new(&table_key.hash[0].name));
    match fold(&asked(request), &known) {
        Folded::Always => exists(),
        Folded::Depends(filter) => exists().and(condition(&filter)),
        Folded::Never => exists().and(Condition::AttributeNotExists(Path::new(&table_key.hash[0].name))),
    }
}

/// What must be true of an item, read by its key, that a read of the request found; nothing where that is always so.
pub(super) fn still_asked(request: &Request) -> Option<Condition> {
    let present: Vec<Name> = request.schema.table.key.names().cloned().collect();
    match fold(&asked(request), &Known { values: &Item::new(), present: &present }) {
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
