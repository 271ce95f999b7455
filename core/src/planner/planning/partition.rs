//! The partitions that are read, and the range spans of each.

use std::iter::repeat_n;
use std::sync::LazyLock;

use super::{KEYS_MAX, ReadPlanner};
use crate::expression::{Condition, RangeCondition};
use crate::model::{Filter, IndexMeta, Lookup};
use crate::planner::composed_keys::missing_lookup;
use crate::planner::filter_placement::attributes_of;
use crate::planner::fold::{Conjuncts, KnownAttributes, fold_all, named_values, values_named};
use crate::planner::range::{RangeSpan, range_spans};
use crate::planner::{NearestIndex, PlanError};
use crate::schema::KeyAttribute;
use crate::service::limits::HASH_KEY_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{AttributeValue, Item, Name};

/// The hash attributes and their values.
pub(super) type HashKeyValues = Vec<(Name, AttributeValue)>;

/// The plan of one partition.
pub(super) struct PartitionPlan<'f> {
    pub(super) hash: HashKeyValues,
    /// The lookups that remain after those on the hash key and the range key. All of them must be true.
    pub(super) conjuncts: Conjuncts<'f>,
    /// The range spans, at least one.
    pub(super) ranges: Vec<RangeConditions>,
}

/// The conditions on all range attributes.
#[derive(Clone, Default)]
pub(super) struct RangeConditions {
    pub(super) conditions: Vec<(Name, RangeCondition)>,
    /// Conditions on range attributes that the key condition cannot express.
    pub(super) residual: Vec<Condition>,
}

impl ReadPlanner<'_> {
    /// Returns every hash key that the request allows, in the order in which it lists them.
    pub(super) fn hash_keys(&self) -> Result<Vec<HashKeyValues>, PlanError> {
        if let Some(Err(error)) = &self.request.hash_key {
            return Err(PlanError::HashKey { model: self.model(), error: error.clone() });
        }
        let given = self.request.hash_values();
        let attributes = &self.index.key.hash;
        let mut keys: Vec<HashKeyValues> = vec![Vec::with_capacity(attributes.len())];
        for (position, attribute) in attributes.iter().enumerate() {
            let add = |key: &mut HashKeyValues, value| key.push((attribute.name.clone(), value));
            if let Some(value) = given.get(position) {
                keys.retain(|_| can_be_hash_key(value, attribute));
                for key in &mut keys {
                    add(key, value.clone());
                }
                continue;
            }
            let values = named_values(self.conjuncts, &attribute.name).ok_or_else(|| self.no_hash_key(attribute))?;
            let values: Vec<_> = values.into_iter().filter(|value| can_be_hash_key(value, attribute)).collect();
            self.check_count(keys.len().saturating_mul(values.len()), KEYS_MAX)?;
            keys = combined(keys, values, add);
        }
        Ok(keys)
    }

    fn no_hash_key(&self, attribute: &KeyAttribute) -> PlanError {
        PlanError::WouldScan {
            model: self.model(),
            index: self.index.name.clone(),
            attribute: missing_lookup(self.request.schema, &attribute.name, self.conjuncts),
            nearest: self.nearest_index().map(Box::new),
        }
    }

    /// Returns another index whose hash attributes, or the parts that they are composed of, the lookups name: all of them if there is such an index, or else some.
    fn nearest_index(&self) -> Option<NearestIndex> {
        let schema = self.request.schema;
        let is_named = |attribute: &KeyAttribute| {
            schema.key_parts([attribute]).iter().all(|part| named_values(self.conjuncts, part).is_some())
        };
        let others = || schema.indexes.iter().filter(|index| index.name != self.index.name);
        let names_all = |index: &&IndexMeta| index.key.hash.iter().all(is_named);
        let (index, is_complete) = match others().find(|index| index.name.is_some() && names_all(index)) {
            Some(index) => (index, true),
            None => (others().find(|index| index.name.is_some() && index.key.hash.iter().any(is_named))?, false),
        };
        let rejected = self.rejected.iter().find(|rejected| rejected.index == index.name);
        let rejection = rejected.map(|rejected| rejected.reason.clone());
        // Without a rejection the queryset itself names the index to read, and an incomplete hash key is no alternative.
        (rejection.is_some() || is_complete).then_some(NearestIndex { index: index.name.clone()?, rejection })
    }

    /// Returns the filters without the lookups that [`hash_keys`](Self::hash_keys) has applied: they hold for every hash key.
    pub(super) fn undecided(&self) -> Vec<&Filter> {
        let given = self.request.hash_values().len();
        let is_applied = |filter: &Filter| {
            let mut applied = self.index.key.hash.iter().skip(given);
            applied.any(|attribute| values_named(filter, &attribute.name).is_some())
        };
        self.conjuncts.iter().map(AsRef::as_ref).filter(|filter| !is_applied(filter)).collect()
    }

    /// Returns the attributes of all items of a partition, or `None` if no filter is on one of them.
    fn known_values(&self, hash: &HashKeyValues, filters: &[&Filter]) -> Option<Item> {
        let schema = self.request.schema;
        let is_named = |name: &Name| hash.iter().any(|(known, _)| known == name);
        let is_needed = !schema.templates.is_empty() || filters.iter().copied().flat_map(attributes_of).any(is_named);
        is_needed.then(|| {
            let mut values: Item = hash.iter().cloned().collect();
            schema.add_parts(&mut values);
            values
        })
    }

    /// Plans one partition, to which `undecided` has not been applied. Returns `None` if no item of it can satisfy the lookups.
    pub(super) fn partition<'f>(
        &self,
        hash: HashKeyValues,
        undecided: &[&'f Filter],
    ) -> Result<Option<PartitionPlan<'f>>, PlanError> {
        let values = self.known_values(&hash, undecided);
        let known = KnownAttributes { values: values.as_ref().unwrap_or(&NONE), present: &self.index.token_key };
        let Some(mut conjuncts) = fold_all(undecided.iter().copied(), &known) else { return Ok(None) };
        let mut ranges = vec![RangeConditions::default()];
        for attribute in &self.index.key.range {
            let lookups = || conjuncts.iter().filter_map(|conjunct| lookup_on(conjunct, &attribute.name));
            let points = lookups().map(Lookup::weight).max().unwrap_or_default();
            self.check_work(points, lookups().count())?;
            let spans = range_spans(attribute, lookups);
            conjuncts.retain(|conjunct| lookup_on(conjunct, &attribute.name).is_none());
            let is_exact = spans.iter().all(|span| matches!(span.condition, Some(RangeCondition::Eq(_))));
            self.check_count(ranges.len().saturating_mul(spans.len()), KEYS_MAX)?;
            ranges = combined(ranges, spans, |range, span| range.add(attribute, span));
            if !is_exact {
                // A key condition has no condition on an attribute after one that is not an equality.
                break;
            }
        }
        Ok((!ranges.is_empty()).then_some(PartitionPlan { hash, conjuncts, ranges }))
    }
}

/// The attributes of a partition of whose values nothing is needed.
static NONE: LazyLock<Item> = LazyLock::new(Item::new);

impl RangeConditions {
    fn add(&mut self, attribute: &KeyAttribute, span: RangeSpan) {
        self.conditions.extend(span.condition.map(|condition| (attribute.name.clone(), condition)));
        self.residual.extend(span.residual);
    }
}

/// Returns each element with each value added, in the order of the elements and then of the values.
fn combined<T: Clone, V: Clone>(mut elements: Vec<T>, mut values: Vec<V>, add: impl Fn(&mut T, V)) -> Vec<T> {
    if let [_] = values.as_slice() {
        let count = elements.len();
        for (element, value) in elements.iter_mut().zip(repeat_n(values.remove(0), count)) {
            add(element, value);
        }
        return elements;
    }
    let with_each = |element: &T| {
        let with = |value: &V| {
            let mut element = element.clone();
            add(&mut element, value.clone());
            element
        };
        values.iter().map(with).collect::<Vec<_>>()
    };
    elements.iter().flat_map(with_each).collect()
}

/// Returns `true` if an item can have this hash key. The service rejects one that is empty or too long.
pub(super) fn can_be_hash_key(value: &AttributeValue, attribute: &KeyAttribute) -> bool {
    value.value_type() == attribute.scalar.value_type() && (1..=HASH_KEY_BYTES_MAX).contains(&value_bytes(value))
}

/// Returns the filter as a lookup, if it compares this attribute with values.
fn lookup_on<'f>(filter: &'f Filter, name: &Name) -> Option<&'f Lookup> {
    match filter {
        // A comparison with another attribute is no condition on the key alone.
        Filter::Lookup(lookup) if lookup.other_path().is_none() && lookup.path.as_attribute() == Some(name) => {
            Some(lookup)
        }
        _ => None,
    }
}
