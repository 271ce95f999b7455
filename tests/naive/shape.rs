//! Random querysets as data, and their expected results on a plain vector.

use std::cmp::Ordering;

use djamodb::model::Filter;
use djamodb::prelude::*;
use proptest::prelude::*;

use super::filter::{holds, reads_only};
use super::lookup::{Lookup, lookup};
use super::reading::{Reading, reading};
use super::signal::Signal;

#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) reading: Reading,
    pub(super) clauses: Vec<Clause>,
    pub(super) limit: Option<usize>,
    pub(super) forward: bool,
    pub(super) consistent: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Clause {
    Filter(Lookup),
    Exclude(Lookup),
}

impl Shape {
    /// Returns the queryset without the limit.
    pub(super) fn queryset<I: Index<Model = Signal>>(
        &self,
        start: QuerySet<Signal, Signal, I>,
    ) -> QuerySet<Signal, Signal, I> {
        let start = if self.forward { start } else { start.set_scan_index_forward(false) };
        let start = if self.consistent { start.consistent() } else { start };
        self.clauses.iter().fold(start, |queryset, clause| match clause {
            Clause::Filter(lookup) => queryset.filter(lookup.q()),
            Clause::Exclude(lookup) => queryset.exclude(lookup.q()),
        })
    }

    /// Returns the expected items in the order of the table's keys.
    pub(super) fn expected(&self, signals: &[Signal]) -> Vec<Signal> {
        let filters: Vec<Filter> = self.clauses.iter().map(Clause::filter).collect();
        let is_match = |signal: &&Signal| {
            let item = signal.to_item().unwrap();
            self.reading.contains(signal) && filters.iter().all(|filter| holds(filter, &item))
        };
        signals.iter().filter(is_match).cloned().collect()
    }

    /// Returns the shape without the clauses that read attributes which the index does not project.
    pub(super) fn without_unprojected_clauses<I: Index<Model = Signal>>(&self) -> Self {
        let table_key = &Signal::schema().table.key;
        let is_held = |clause: &&Clause| reads_only(&clause.filter(), &|name| I::meta().holds(name, table_key));
        Self { clauses: self.clauses.iter().filter(is_held).cloned().collect(), ..self.clone() }
    }
}

impl Clause {
    fn filter(&self) -> Filter {
        match self {
            Self::Filter(lookup) => lookup.q().into_filter(),
            Self::Exclude(lookup) => lookup.q().into_filter().negate(),
        }
    }
}

/// Compares two items by the range key of an index, or of the table if `index` is `None`.
///
/// Items of different partitions compare as equal.
pub(super) fn compare(index: Option<&str>, left: &Signal, right: &Signal) -> Ordering {
    match index {
        None if left.device == right.device => left.at.cmp(&right.at),
        Some("by_kind") => left.level.total_cmp(&right.level),
        Some("by_level" | "by_note") => left.at.cmp(&right.at),
        Some("by_size") => left.size.cmp(&right.size),
        Some("owners") => left.owner.cmp(&right.owner),
        Some("by_owner_and_kind") if left.owner == right.owner => {
            left.at.cmp(&right.at).then(left.level.total_cmp(&right.level))
        }
        _ => Ordering::Equal,
    }
}

pub(super) fn shape() -> impl Strategy<Value = Shape> {
    (
        reading(),
        prop::collection::vec(clause(), 0..4),
        prop::option::of(0..8_usize),
        any::<bool>(),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(reading, clauses, limit, forward, consistent)| {
            let (forward, consistent) = (forward || reading.is_scan(), consistent && reading.can_be_consistent());
            Shape { reading, clauses, limit, forward, consistent }
        })
}

fn clause() -> impl Strategy<Value = Clause> {
    prop_oneof![3 => lookup().prop_map(Clause::Filter), 1 => lookup().prop_map(Clause::Exclude)]
}
