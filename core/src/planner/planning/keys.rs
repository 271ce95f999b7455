//! Reads of items by keys that a method is given.

use std::borrow::Cow;

use super::ReadPlanner;
use super::partition::can_be_hash_key;
use crate::expression::Path;
use crate::model::{Filter, Lookup, LookupOperator};
use crate::planner::filter_placement::{FilterPlacement, conjunction};
use crate::planner::fold::{Conjuncts, KnownAttributes, check_conjuncts, fold_all};
use crate::planner::{Access, EmptyReason, IndexReason, KeyBatch, PlanError, ReadPlan, Request, ResultKind};
use crate::service::limits::RANGE_KEY_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{Item, Name};

impl ReadPlan {
    /// Plans to read the items with these keys that match the request. Each key is read once. `method` is the name of the
    /// calling method, for errors.
    ///
    /// The items are read from the table even if the request names an index: an item without the index's key is not in the
    /// index, which becomes a further lookup.
    ///
    /// # Errors
    ///
    /// Returns [`PlanError::KeysWithLimit`] if the request has a limit or a page token, and the errors of an invalid lookup,
    /// hash key or rate.
    pub(crate) fn of_keys(
        request: &Request,
        table: &Name,
        result_kind: ResultKind,
        keys: Vec<Item>,
        method: &'static str,
    ) -> Result<Self, PlanError> {
        let model = request.schema.model;
        let given = request.filter.conjuncts();
        check_conjuncts(&given, model)?;
        if request.limit.is_some() || request.start.is_some() {
            return Err(PlanError::KeysWithLimit { model, method });
        }
        let table_key = &request.schema.primary().token_key;
        let planner = ReadPlanner {
            request,
            given: &given,
            conjuncts: &given,
            table,
            result_kind,
            index: request.schema.primary(),
            rejected: &[],
            hydrates: false,
        };
        planner.check_rate()?;
        let conjuncts = planner.conjuncts_with_index()?;
        let schema = request.schema;
        let mut seen = std::collections::HashSet::with_capacity(keys.len());
        let is_possible = |key: &Item| {
            let mut values = key.clone();
            schema.add_parts(&mut values);
            let known = KnownAttributes { values: &values, present: table_key };
            planner.can_be_key(key) && fold_all(conjuncts.iter().map(AsRef::as_ref), &known).is_some()
        };
        let keys: Vec<Item> = keys.into_iter().filter(is_possible).filter(|key| seen.insert(key.clone())).collect();
        let residual = conjunction(FilterPlacement::client_side(&conjuncts).residual);
        let access = if request.none {
            Access::Empty(EmptyReason::None)
        } else if keys.is_empty() {
            Access::Empty(EmptyReason::Contradiction)
        } else {
            let projection = planner.projection(residual.as_ref());
            let consistent = request.consistent;
            Access::Keys(KeyBatch { table: table.clone(), keys, projection, consistent, residual })
        };
        Ok(Self {
            access,
            hydration: None,
            result_kind,
            limit: None,
            table_key,
            token_key: table_key,
            index: None,
            index_reason: IndexReason::Keys,
            rejected: Vec::new(),
            units_per_second: request.units_per_second,
        })
    }
}

impl ReadPlanner<'_> {
    /// Returns the request's lookups and those that make an item part of the request's index and hash key.
    fn conjuncts_with_index(&self) -> Result<Conjuncts<'_>, PlanError> {
        let index = self.request.index;
        let lookup = |name: &Name, operator| Cow::Owned(Filter::Lookup(Lookup { path: Path::new(name), operator }));
        let mut conjuncts = self.conjuncts.to_vec();
        if index.name.is_some() {
            conjuncts.extend(index.key.names().map(|name| lookup(name, LookupOperator::Exists)));
        }
        if let Some(discriminator) = &self.request.schema.discriminator {
            conjuncts.push(lookup(&discriminator.attribute, LookupOperator::Eq(discriminator.attribute_value())));
        }
        match &self.request.hash_key {
            None => {}
            Some(Err(error)) => return Err(PlanError::HashKey { model: self.model(), error: error.clone() }),
            Some(Ok(values)) => {
                for (attribute, value) in index.key.hash.iter().zip(values.iter()) {
                    conjuncts.push(lookup(&attribute.name, LookupOperator::Eq(value.clone())));
                }
            }
        }
        Ok(conjuncts)
    }

    /// Returns `true` if an item can have this key. The service rejects a key that is empty or too long.
    fn can_be_key(&self, key: &Item) -> bool {
        let schema = self.table_key();
        let hash = schema.hash.iter().all(|part| key.get(&part.name).is_some_and(|value| can_be_hash_key(value, part)));
        hash && schema.range.iter().all(|part| {
            key.get(&part.name).is_some_and(|value| {
                value.value_type() == part.scalar.value_type()
                    && (1..=RANGE_KEY_BYTES_MAX).contains(&value_bytes(value))
            })
        })
    }
}
