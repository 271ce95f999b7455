//! The partitions that are read, and the range spans of each.

use super::{KEYS_MAX, ReadPlanner};
use crate::expression::{Condition, RangeCondition};
use crate::model::{Filter, IndexMeta, Lookup};
use crate::planner::composed_keys::missing_lookup;
use crate::planner::fold::{Folded, KnownAttributes, conjuncts, conjuncts_in, fold, named_values, values_named};
use crate::planner::range::{RangeSpan, range_spans};
use crate::planner::{NearestIndex, PlanError};
use crate::schema::KeyAttribute;
use crate::service::limits::HASH_KEY_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{AttributeValue, Item, Name};

/// The hash attributes and their values.
pub(super) type HashKeyValues = Vec<(Name, AttributeValue)>;

/// The plan of one partition.
pub(super) struct PartitionPlan {
    pub(super) hash: HashKeyValues,
    /// The lookups that remain after those on the hash key and the range key. All of them must be true.
    pub(super) conjuncts: Vec<Filter>,
    /// The range spans, at least one.
    pub(super) ranges: Vec<RangeConditions>,
}

/// The conditions on all range attributes.
pub(super) struct RangeConditions {
    pub(super) conditions: Vec<(Name, RangeCondition)>,
    /// Conditions on range attributes that the key condition cannot express.
    pub(super) residual: Vec<Condition>,
}

impl ReadPlanner<'_> {
    /// Returns every hash key that the request allows, in the order in which it lists them.
    pub(super) fn hash_keys(&self) -> Result<Vec<HashKeyValues>, PlanError> {
        let given = match &self.request.hash_key {
            None => None,
            Some(Ok(values)) => Some(values),
            Some(Err(error)) => return Err(PlanError::HashKey { model: self.model(), error: error.clone() }),
        };
        let lookups = conjuncts_in(self.filter);
        let mut keys: Vec<HashKeyValues> = vec![Vec::new()];
        for (position, attribute) in self.index.key.hash.iter().enumerate() {
            let values = match given.and_then(|values| values.get(position)) {
                Some(value) => vec![value.clone()],
                None => named_values(&lookups, &attribute.name).ok_or_else(|| self.no_hash_key(attribute, &lookups))?,
            };
            let values: Vec<_> = values.into_iter().filter(|value| can_be_hash_key(value, attribute)).collect();
            self.check_count(keys.len().saturating_mul(values.len()), KEYS_MAX)?;
            keys = keys
                .iter()
                .flat_map(|key| {
                    values.iter().map(|value| {
                        let mut key = key.clone();
                        key.push((attribute.name.clone(), value.clone()));
                        key
                    })
                })
                .collect();
        }
        Ok(keys)
    }

    fn no_hash_key(&self, attribute: &KeyAttribute, lookups: &[&Filter]) -> PlanError {
        PlanError::WouldScan {
            model: self.model(),
            index: self.index.name.clone(),
            attribute: missing_lookup(self.request.schema, &attribute.name, lookups),
            nearest: self.nearest_index().map(Box::new),
        }
    }

    /// Returns another index whose hash attributes, or the parts that they are composed of, the lookups name: all of them if there is such an index, or else some.
    fn nearest_index(&self) -> Option<NearestIndex> {
        let lookups = conjuncts_in(self.filter);
        let schema = self.request.schema;
        let is_named = |attribute: &KeyAttribute| {
            schema.key_parts([attribute]).iter().all(|part| named_values(&lookups, part).is_some())
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

    /// Returns the filter without the lookups that [`hash_keys`](Self::hash_keys) has applied: they hold for every hash key.
    pub(super) fn undecided(&self) -> Filter {
        let given = self.request.hash_key.iter().flatten().flatten().count();
        let applied: Vec<&Name> = self.index.key.hash.iter().skip(given).map(|attribute| &attribute.name).collect();
        let is_undecided = |filter: &&Filter| !applied.iter().any(|name| values_named(filter, name).is_some());
        Filter::All(conjuncts_in(self.filter).into_iter().filter(is_undecided).cloned().collect())
    }

    /// Plans one partition, of which `filter` has not been applied. Returns `None` if no item of it can satisfy the lookups.
    pub(super) fn partition(&self, hash: HashKeyValues, filter: &Filter) -> Result<Option<PartitionPlan>, PlanError> {
        let mut values: Item = hash.iter().cloned().collect();
        self.request.schema.add_parts(&mut values);
        let known = KnownAttributes { values: &values, present: self.token_key };
        let filter = match fold(filter, &known) {
            Folded::Never => return Ok(None),
            Folded::Always => Filter::All(Vec::new()),
            Folded::Depends(filter) => filter,
        };
        let mut conjuncts = conjuncts(filter);
        let mut ranges = vec![RangeConditions { conditions: Vec::new(), residual: Vec::new() }];
        for attribute in &self.index.key.range {
            let lookups = take_lookups(&mut conjuncts, &attribute.name);
            let points = lookups.iter().map(Lookup::weight).max().unwrap_or_default();
            self.check_work(points, lookups.len())?;
            let spans = range_spans(attribute, &lookups);
            let is_exact = spans.iter().all(|span| matches!(span.condition, Some(RangeCondition::Eq(_))));
            self.check_count(ranges.len().saturating_mul(spans.len()), KEYS_MAX)?;
            ranges = ranges.iter().flat_map(|range| spans.iter().map(|span| range.with(attribute, span))).collect();
            if !is_exact {
                // A key condition has no condition on an attribute after one that is not an equality.
                break;
            }
        }
        Ok((!ranges.is_empty()).then_some(PartitionPlan { hash, conjuncts, ranges }))
    }
}

impl RangeConditions {
    fn with(&self, attribute: &KeyAttribute, span: &RangeSpan) -> Self {
        let mut conditions = self.conditions.clone();
        conditions.extend(span.condition.clone().map(|condition| (attribute.name.clone(), condition)));
        let mut residual = self.residual.clone();
        residual.extend(span.residual.iter().cloned());
        Self { conditions, residual }
    }
}

/// Returns `true` if an item can have this hash key. The service rejects one that is empty or too long.
pub(super) fn can_be_hash_key(value: &AttributeValue, attribute: &KeyAttribute) -> bool {
    value.value_type() == attribute.scalar.value_type() && (1..=HASH_KEY_BYTES_MAX).contains(&value_bytes(value))
}

/// Removes the lookups that compare this attribute with values, and returns them.
fn take_lookups(conjuncts: &mut Vec<Filter>, name: &Name) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    conjuncts.retain(|conjunct| match conjunct {
        // A comparison with another attribute is no condition on the key alone.
        Filter::Lookup(lookup) if lookup.other_path().is_some() => true,
        Filter::Lookup(lookup) if lookup.path.as_attribute() == Some(name) => {
            lookups.push(lookup.clone());
            false
        }
        _ => true,
    });
    lookups
}
