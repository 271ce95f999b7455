//! Evaluation of filters on single items, without the planner.

use djamodb::model::Filter;
use djamodb::value::{Item, Name};

/// Returns `true` if `item` satisfies `filter`.
pub(super) fn holds(filter: &Filter, item: &Item) -> bool {
    match filter {
        Filter::Lookup(lookup) => lookup.condition().holds_for(item),
        Filter::All(filters) => filters.iter().all(|filter| holds(filter, item)),
        Filter::Any(filters) => filters.iter().any(|filter| holds(filter, item)),
        Filter::Odd(filters) => filters.iter().filter(|filter| holds(filter, item)).count() % 2 == 1,
        Filter::Not(filter) => !holds(filter, item),
        Filter::Invalid(error) => panic!("{error}"),
    }
}

/// Returns `true` if the filter reads only attributes for which `is_held` returns `true`.
pub(super) fn reads_only(filter: &Filter, is_held: &impl Fn(&Name) -> bool) -> bool {
    match filter {
        Filter::Lookup(lookup) => {
            std::iter::once(&lookup.path).chain(lookup.other_path()).all(|path| is_held(&path.name))
        }
        Filter::All(filters) | Filter::Any(filters) | Filter::Odd(filters) => {
            filters.iter().all(|filter| reads_only(filter, is_held))
        }
        Filter::Not(filter) => reads_only(filter, is_held),
        Filter::Invalid(error) => panic!("{error}"),
    }
}
