//! The filters of a queryset.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::fold::{Conjuncts, conjuncts_in};
use crate::model::Filter;

/// Filters that all must match, in the order in which they were added.
///
/// Querysets are cloned with every call of a builder method. A clone of the chain shares its filters, so that adding one filter costs the
/// same however many there are.
#[derive(Clone, Default)]
pub(crate) struct FilterChain {
    last: Option<Arc<Link>>,
}

struct Link {
    earlier: FilterChain,
    filter: Filter,
}

impl FilterChain {
    /// Adds a filter. One that every item matches is left out.
    pub(crate) fn push(&mut self, filter: Filter) {
        if matches!(&filter, Filter::All(filters) if filters.is_empty()) {
            return;
        }
        let earlier = std::mem::take(self);
        self.last = Some(Arc::new(Link { earlier, filter }));
    }

    /// Returns `true` if every item matches, because there are no filters.
    pub(crate) fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Returns the conjunction of the filters.
    pub(crate) fn to_filter(&self) -> Filter {
        self.conjuncts().into_iter().fold(Filter::All(Vec::new()), |all, filter| all.and(filter.into_owned()))
    }

    /// Returns the parts of the filters that all must match.
    pub(super) fn conjuncts(&self) -> Conjuncts<'_> {
        let mut conjuncts = Conjuncts::new();
        let mut next = &self.last;
        while let Some(link) = next {
            match &link.filter {
                Filter::All(_) => conjuncts.extend(conjuncts_in(&link.filter).into_iter().rev().map(Cow::Borrowed)),
                filter => conjuncts.push(Cow::Borrowed(filter)),
            }
            next = &link.earlier.last;
        }
        // The chain begins with the filter that was added last.
        conjuncts.reverse();
        conjuncts
    }
}

/// Drops the links that no other chain shares one after the other, since there can be many.
impl Drop for FilterChain {
    fn drop(&mut self) {
        let mut next = self.last.take();
        while let Some(link) = next {
            next = Arc::into_inner(link).and_then(|mut link| link.earlier.last.take());
        }
    }
}

impl PartialEq for FilterChain {
    fn eq(&self, other: &Self) -> bool {
        self.to_filter() == other.to_filter()
    }
}

impl fmt::Debug for FilterChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_filter().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Path;
    use crate::model::{Lookup, LookupOperator};

    fn exists(name: String) -> Filter {
        Filter::Lookup(Lookup { path: Path::new(name), operator: LookupOperator::Exists })
    }

    #[test]
    fn filters_are_joined_in_the_order_in_which_they_were_added() {
        let [a, b, c] = ["a", "b", "c"].map(|name| exists(name.to_owned()));
        let mut chain = FilterChain::default();
        assert!(chain.is_empty());
        chain.push(Filter::All(Vec::new()));
        assert!(chain.is_empty());
        chain.push(a.clone());
        let shorter = chain.clone();
        chain.push(b.clone().and(c.clone()));
        assert_eq!(chain.to_filter(), Filter::All(vec![a.clone(), b, c]));
        assert_eq!(shorter.to_filter(), Filter::All(vec![a]));
    }

    #[test]
    fn long_chains_are_dropped_on_a_small_stack() {
        let drop_chain = || {
            let mut chain = FilterChain::default();
            (0..100_000).for_each(|number| chain.push(exists(number.to_string())));
            let shared = chain.clone();
            drop(chain);
            assert!(!shared.is_empty());
        };
        std::thread::Builder::new().stack_size(256 * 1024).spawn(drop_chain).unwrap().join().unwrap();
    }
}
