//! Which partitions are read, and which parts of them.

use super::{KEYS_MAX, ReadPlanner};
use crate::expression::{Condition, RangeCondition};
use crate::model::{Filter, Lookup, LookupOperator};
use crate::planner::fold::{Folded, KnownAttributes, conjuncts, fold, named_values};
use crate::planner::range::{RangeSpan, range_spans};
use crate::planner::{PlanError, RejectedIndex};
use crate::schema::KeyAttribute;
use crate::service::limits::HASH_KEY_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{AttributeValue, Item, Name};

/// The hash attributes and their values.
pub(super) type HashKeyValues = Vec<(Name, AttributeValue)>;

/// One hash key, and what is left of the lookups once it is known.
pub(super) struct PartitionPlan {
    pub(super) hash: HashKeyValues,
    pub(super) conjuncts: Vec<Filter>,
    pub(super) ranges: Vec<RangeConditions>,
}

/// What the key condition says of the range attributes.
pub(super) struct RangeConditions {
    pub(super) conditions: Vec<(Name, RangeCondition)>,
    pub(super) residual: Vec<Condition>,
}

impl ReadPlanner<'_> {
    /// Every hash key that the request allows, in the order in which it names them.
    pub(super) fn hash_keys(&self) -> Result<Vec<HashKeyValues>, PlanError> {
        let given = match &self.request.hash_key {
            None => None,
            Some(Ok(values)) => Some(values),
            Some(Err(error)) => return Err(PlanError::HashKey { model: self.model(), error: error.clone() }),
        };
        let top = conjuncts(self.request.filter.clone());
        let mut keys: Vec<HashKeyValues> = vec![Vec::new()];
        for (position, attribute) in self.index.key.hash.iter().enumerate() {
            let values = match given.and_then(|values| values.get(position)) {
                Some(value) => vec![value.clone()],
                None => named_values(&top, &attribute.name).ok_or_else(|| self.no_hash_key(attribute))?,
            };
            let values: Vec<_> = values.into_iter().filter(|value| can_be_hash_key(value, attribute)).collect();
            self.refuse_too_many(keys.len().saturating_mul(values.len()), KEYS_MAX)?;
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

    fn no_hash_key(&self, attribute: &KeyAttribute) -> PlanError {
        let (what, attribute) = (self.what(), attribute.name.clone());
        PlanError::WouldScan { model: self.model(), what, attribute, nearest: self.nearest_index() }
    }

    /// An index whose hash attributes the lookups name, all or else some, and why it is not read by itself.
    fn nearest_index(&self) -> Option<String> {
        let top = conjuncts(self.request.filter.clone());
        let is_named = |attribute: &KeyAttribute| named_values(&top, &attribute.name).is_some();
        let others = self.request.schema.indexes.iter().filter(|index| index.name != self.index.name);
        let mut others = others.filter(|index| index.name.is_some());
        let all = others.clone().find(|index| index.key.hash.iter().all(is_named));
        let nearest = all.or_else(|| others.find(|index| index.key.hash.iter().any(is_named)))?.label();
        match self.rejected.iter().find(|rejected| rejected.index == nearest) {
            Some(RejectedIndex { reason, .. }) => {
                Some(format!("the index {nearest} is not read by itself since {reason}"))
            }
            None => all.map(|_| format!("the index {nearest} has a hash key that the lookups name")),
        }
    }

    /// What is left of the lookups in one partition; nothing when no item of it can satisfy them.
    pub(super) fn partition(&self, hash: HashKeyValues) -> Result<Option<PartitionPlan>, PlanError> {
        let values: Item = hash.iter().cloned().collect();
        let known = KnownAttributes { values: &values, present: self.token_key };
        let filter = match fold(&self.request.filter, &known) {
            Folded::Never => return Ok(None),
            Folded::Always => Filter::All(Vec::new()),
            Folded::Depends(filter) => filter,
        };
        let mut conjuncts = conjuncts(filter);
        let mut ranges = vec![RangeConditions { conditions: Vec::new(), residual: Vec::new() }];
        for attribute in &self.index.key.range {
            let lookups = take_lookups(&mut conjuncts, &attribute.name);
            let spans = range_spans(attribute, &lookups);
            let is_exact = spans.iter().all(|span| matches!(span.condition, Some(RangeCondition::Eq(_))));
            self.refuse_too_many(ranges.len().saturating_mul(spans.len()), KEYS_MAX)?;
            ranges = ranges.iter().flat_map(|range| spans.iter().map(|span| range.with(attribute, span))).collect();
            if !is_exact {
                // Only what follows an equality can be part of the key condition.
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

pub(super) fn can_be_hash_key(value: &AttributeValue, attribute: &KeyAttribute) -> bool {
    value.value_type() == attribute.scalar.value_type() && (1..=HASH_KEY_BYTES_MAX).contains(&value_bytes(value))
}

/// Takes the lookups on one attribute alone out of the parts that all must be true.
fn take_lookups(conjuncts: &mut Vec<Filter>, name: &Name) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    conjuncts.retain(|conjunct| match conjunct {
        Filter::Lookup(Lookup { operator: LookupOperator::Field(..), .. }) => true,
        Filter::Lookup(lookup) if lookup.path.as_attribute() == Some(name) => {
            lookups.push(lookup.clone());
            false
        }
        _ => true,
    });
    lookups
}
