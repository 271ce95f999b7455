//! The choice of the index that is read.
//!
//! An index that the queryset or the manager names is read. Otherwise the planner reads the table, or an index whose hash key
//! the lookups name. It chooses an index only where that does not change the result: the index contains every item that can
//! match, and holds every attribute that is read.

use std::borrow::Cow;

use super::composed_keys::{is_ordered_by, missing_lookup, with_key_lookups};
use super::filter_placement::attributes_of;
use super::fold::values_named;
use super::{IndexReason, RejectedIndex, RejectionReason, Request, ResultKind};
use crate::expression::Comparator;
use crate::model::{Filter, IndexMeta, Lookup, LookupOperator, ModelSchema, Presence, SizeLookup, registered};
use crate::schema::KeyAttribute;
use crate::value::Name;

/// The index that is read.
pub(super) struct IndexChoice {
    pub(super) index: &'static IndexMeta,
    pub(super) reason: IndexReason,
    /// The indexes that were not chosen; empty if there was no choice.
    pub(super) rejected: Vec<RejectedIndex>,
}

/// Returns the index to read for a request.
pub(super) fn choose(request: &Request, conjuncts: &[Cow<'_, Filter>], result_kind: ResultKind) -> IndexChoice {
    if request.index_given {
        return IndexChoice { index: request.index, reason: IndexReason::Given, rejected: Vec::new() };
    }
    if request.index.name.is_some() {
        return IndexChoice { index: request.index, reason: IndexReason::FromManager, rejected: Vec::new() };
    }
    // An index of one model does not hold the items of the others.
    if request.members.is_some() {
        return IndexChoice { index: request.index, reason: IndexReason::NotGiven, rejected: Vec::new() };
    }
    // A hash key that is set promises the order of the table, which another index would not keep.
    let keeps_order = !matches!(result_kind, ResultKind::Count | ResultKind::Exists) && request.order.is_none();
    if (request.hash_key.is_some() && keeps_order) || request.schema.indexes.len() == 1 {
        return IndexChoice { index: request.index, reason: IndexReason::NotGiven, rejected: Vec::new() };
    }
    choose_among_all(request, conjuncts, result_kind)
}

fn choose_among_all(request: &Request, conjuncts: &[Cow<'_, Filter>], result_kind: ResultKind) -> IndexChoice {
    // A limit must select the same items whether whole items or only keys are read.
    let needs_attributes = match result_kind {
        ResultKind::Items | ResultKind::LastKey => true,
        ResultKind::Keys => request.limit.is_some(),
        ResultKind::Count | ResultKind::Exists => false,
    };
    let mut chooser = IndexChooser { request, result_kind, conjuncts, needs_attributes, hydrates: false };
    let (mut best, mut rejected) = chooser.best();
    if best.is_none() && result_kind == ResultKind::Keys {
        chooser.needs_attributes = false;
        (best, rejected) = chooser.best();
    }
    if best.is_none() && request.hydrate {
        chooser.hydrates = true;
        (best, rejected) = chooser.best();
    }
    let Some(Candidate { index, range_key }) = best else {
        return IndexChoice { index: request.index, reason: IndexReason::NotGiven, rejected };
    };
    let reason = if index.name.is_none() || request.hash_key.is_some() {
        IndexReason::NotGiven
    } else {
        let hash_key = index.key.hash.iter().map(|attribute| attribute.name.clone()).collect();
        IndexReason::NamedByLookups { hash_key, range_key }
    };
    IndexChoice { index, reason, rejected }
}

struct IndexChooser<'a> {
    request: &'a Request,
    result_kind: ResultKind,
    /// The filters of the request, which all must match.
    conjuncts: &'a [Cow<'a, Filter>],
    /// `true` if the index must hold the attributes that are read, not only those that the lookups name.
    needs_attributes: bool,
    /// `true` if attributes that the index does not hold are fetched from the table.
    hydrates: bool,
}

/// An index that can be read.
struct Candidate {
    index: &'static IndexMeta,
    /// `true` if lookups constrain its range key.
    range_key: bool,
}

impl IndexChooser<'_> {
    /// Returns the best index that can be read, and the reasons against the others.
    fn best(&self) -> (Option<Candidate>, Vec<RejectedIndex>) {
        let mut best: Option<Candidate> = None;
        let mut rejected = Vec::new();
        let mut reject = |index: &IndexMeta, reason| rejected.push(RejectedIndex { index: index.name.clone(), reason });
        for index in &self.request.schema.indexes {
            // The lookups that every result satisfies.
            let lookups = with_key_lookups(self.request, index, self.conjuncts);
            if let Err(reason) = self.can_be_read(index, &lookups) {
                reject(index, reason);
                continue;
            }
            let candidate = Candidate { index, range_key: constrains_range_key(index, &lookups) };
            match &best {
                None => best = Some(candidate),
                Some(former) if !former.range_key && candidate.range_key && self.is_free_of_order() => {
                    reject(former.index, RejectionReason::RangeKeyNotNamed);
                    best = Some(candidate);
                }
                Some(former) => reject(index, RejectionReason::NotBetterThan(former.index.name.clone())),
            }
        }
        (best, rejected)
    }

    /// Returns the reason for which reading the index would not produce the result, if there is one.
    fn can_be_read(&self, index: &IndexMeta, lookups: &[Cow<'_, Filter>]) -> Result<(), RejectionReason> {
        let schema = self.request.schema;
        if let Some(unknown) = index.key.hash.iter().find(|attribute| !self.knows_hash(index, attribute, lookups)) {
            return Err(RejectionReason::HashKeyNotNamed(missing_lookup(schema, &unknown.name, lookups)));
        }
        if let Some(order) = &self.request.order
            && !is_ordered_by(schema, index, &order.path, self.conjuncts)
        {
            return Err(RejectionReason::OtherOrder(order.path.clone()));
        }
        if index.name.is_none() {
            return Ok(());
        }
        if self.request.hash_key.is_some() && !index.local {
            return Err(RejectionReason::HashKeyOfTable);
        }
        if self.request.consistent && !index.local {
            return Err(RejectionReason::NotConsistent);
        }
        let is_sparse = |attribute: &&KeyAttribute| !is_in_every_match(schema, &attribute.name, lookups);
        if let Some(attribute) = index.key.attributes().find(is_sparse) {
            return Err(RejectionReason::Sparse(attribute.name.clone()));
        }
        self.holds_what_is_read(index)
    }

    /// Returns `true` if the value of a hash attribute is known: a lookup names it, or the hash key was set, which the table
    /// and its local indexes share.
    fn knows_hash(&self, index: &IndexMeta, attribute: &KeyAttribute, lookups: &[Cow<'_, Filter>]) -> bool {
        let is_set = self.request.hash_key.is_some() && (index.name.is_none() || index.local);
        is_set || lookups.iter().any(|lookup| values_named(lookup, &attribute.name).is_some())
    }

    /// The service fetches from the table what a local index does not hold. Nothing does so for a global index.
    fn holds_what_is_read(&self, index: &IndexMeta) -> Result<(), RejectionReason> {
        if index.local || self.hydrates {
            return Ok(());
        }
        let schema = self.request.schema;
        let named = self.conjuncts.iter().flat_map(|conjunct| attributes_of(conjunct));
        let read = self.needs_attributes.then(|| self.request.names_to_read());
        match named.chain(read.into_iter().flatten()).find(|name| !index.holds(name, &schema.table.key)) {
            Some(lacking) => Err(RejectionReason::NotProjected(lacking.clone())),
            None => Ok(()),
        }
    }

    /// Returns `true` if all indexes that can be read produce the same order, or the result does not depend on the order.
    fn is_free_of_order(&self) -> bool {
        matches!(self.result_kind, ResultKind::Count | ResultKind::Exists) || self.request.order.is_some()
    }
}

/// Returns `true` if every item that can match has the attribute: a lookup requires it, or it is a key attribute of the
/// table, or a required attribute of a model whose items are distinguished from those of others.
fn is_in_every_match(schema: &ModelSchema, name: &Name, lookups: &[Cow<'_, Filter>]) -> bool {
    let requires = |filter: &Filter| match filter {
        Filter::Lookup(lookup @ Lookup { path, operator }) => {
            path.as_attribute() == Some(name)
                && lookup.other_path().is_none()
                && !matches!(
                    operator,
                    LookupOperator::Ne(_)
                        | LookupOperator::NotExists
                        | LookupOperator::Size(SizeLookup::Compare(Comparator::Ne, _))
                        // An item with a key attribute of another type than the index's is not in the index.
                        | LookupOperator::Type(_)
                )
        }
        _ => false,
    };
    let is_key = schema.table.key.contains(name);
    let is_required = schema.attribute(name).is_some_and(|attribute| attribute.presence == Presence::Required)
        && (has_own_table(schema) || schema.discriminator.is_some());
    let has_parts = schema
        .template(name)
        .is_some_and(|template| template.parts().all(|part| is_in_every_match(schema, part.attribute(), lookups)));
    is_key || is_required || has_parts || lookups.iter().any(|lookup| requires(lookup))
}

/// Returns `true` if a lookup can be a key condition on the first range attribute.
fn constrains_range_key(index: &IndexMeta, lookups: &[Cow<'_, Filter>]) -> bool {
    let Some(range) = index.key.range.first() else { return false };
    lookups.iter().any(|filter| match filter.as_ref() {
        Filter::Lookup(Lookup { path, operator }) => {
            path.as_attribute() == Some(&range.name)
                && !matches!(
                    operator,
                    LookupOperator::Exists
                        | LookupOperator::NotExists
                        | LookupOperator::Contains(_)
                        | LookupOperator::Ne(_)
                        | LookupOperator::Field(..)
                        | LookupOperator::Size(_)
                        | LookupOperator::Type(_)
                )
        }
        _ => false,
    })
}

/// Returns `true` if no other registered model shares the table.
fn has_own_table(schema: &ModelSchema) -> bool {
    registered().iter().filter(|other| other.table.name == schema.table.name).count() <= 1
}
