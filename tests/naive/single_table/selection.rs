//! Random querysets over entries as data, and the entries that they must select.

use djamodb::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::reading::WithQuerySet;
use super::journal::{Entry, Journal, moods, users};
use super::lookup::{Lookup, lookups};

#[derive(Clone, Debug)]
pub(super) struct Selection {
    source: Source,
    lookups: Vec<Lookup>,
    /// Applies where the order is total.
    limit: Option<usize>,
    forward: bool,
}

#[derive(Clone, Debug)]
enum Source {
    /// The table, or the index that the planner chooses.
    Any,
    User(String),
    /// The overloaded index.
    Mood(String),
}

impl Selection {
    /// Calls `to` with the queryset without the limit, whose type depends on the index.
    pub(super) async fn with_queryset<T: WithQuerySet<Entry>>(&self, to: T) -> T::Output {
        let all = Entry::objects();
        match &self.source {
            Source::Any => to.call(self.filtered(all.scan())).await,
            Source::User(user) => {
                let queryset = all.set_hash_key(user).set_scan_index_forward(self.forward);
                to.call(self.filtered(queryset)).await
            }
            Source::Mood(mood) => to.call(self.filtered(all.set_index(Entry::BY_MOOD).set_hash_key(mood))).await,
        }
    }

    fn filtered<I: Index<Model = Entry>>(&self, start: QuerySet<Entry, Entry, I>) -> QuerySet<Entry, Entry, I> {
        self.lookups.iter().fold(start, |queryset, lookup| queryset.filter(lookup.q()))
    }

    /// Returns the limit, if the order determines the entries under it.
    pub(super) fn limit(&self) -> Option<usize> {
        self.limit.filter(|_| self.is_ordered())
    }

    /// Returns `true` if the expected entries are in the order in which they are read.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self.source, Source::User(_))
    }

    /// Returns the selected entries without the limit.
    pub(super) fn expected(&self, journal: &Journal) -> Vec<Entry> {
        let is_in_source = |entry: &Entry| match &self.source {
            Source::Any => true,
            Source::User(user) => entry.user == *user,
            Source::Mood(mood) => entry.mood.as_ref() == Some(mood),
        };
        let is_match = |entry: &&Entry| is_in_source(entry) && self.lookups.iter().all(|lookup| lookup.holds(entry));
        let mut expected: Vec<Entry> = journal.entries().iter().filter(is_match).cloned().collect();
        if self.is_ordered() && !self.forward {
            expected.reverse();
        }
        expected
    }
}

pub(super) fn selection() -> impl Strategy<Value = Selection> {
    let sources =
        prop_oneof![1 => Just(Source::Any), 2 => users().prop_map(Source::User), 1 => moods().prop_map(Source::Mood)];
    (sources, vec(lookups(), 0..4), prop::option::of(0..6_usize), any::<bool>())
        .prop_map(|(source, lookups, limit, forward)| Selection { source, lookups, limit, forward })
}
