//! Items by keys that are given one by one.

use super::ReadPlanner;
use super::partition::can_be_hash_key;
use crate::expression::Path;
use crate::model::{Filter, Lookup, LookupOperator};
use crate::planner::filter_placement::{FilterPlacement, all};
use crate::planner::fold::{Folded, KnownAttributes, conjuncts, first_invalid, fold};
use crate::planner::{Access, KeyBatch, PlanError, ReadPlan, Request, ResultKind};
use crate::service::limits::RANGE_KEY_BYTES_MAX;
use crate::value::size::value_bytes;
use crate::value::{Item, Name};

impl ReadPlan {
    /// Plans to read those of these keys of the table that the request matches; each key is read once. `method` is what to
    /// call this in an error.
    ///
    /// It reads the table, also where the request reads an index: an item that lacks the index's key is not in the index.
    pub fn of_keys(
        request: &Request,
        table: &Name,
        result_kind: ResultKind,
        keys: Vec<Item>,
        method: &'static str,
    ) -> Result<Self, PlanError> {
        let model = request.schema.model;
        if let Some(error) = first_invalid(&request.filter) {
            return Err(PlanError::Lookup { model, error: error.clone() });
        }
        if request.limit.is_some() || request.start.is_some() {
            return Err(PlanError::KeysWithLimit { model, method });
        }
        let (index, primary) = (request.index, request.schema.primary());
        let table_key: Vec<Name> = request.schema.table.key.names().cloned().collect();
        let planning = ReadPlanner {
            request,
            table,
            result_kind,
            index: primary,
            rejected: &[],
            token_key: &table_key,
            hydrates: false,
        };
        planning.check_rate()?;
        let mut filter = request.filter.clone();
        let mut and = |name: &Name, operator| {
            let lookup = Filter::Lookup(Lookup { path: Path::new(name), operator });
            filter = std::mem::replace(&mut filter, Filter::All(Vec::new())).and(lookup);
        };
        if index.name.is_some() {
            index.key.names().for_each(|name| and(name, LookupOperator::Exists));
        }
        match &request.hash_key {
            None => {}
            Some(Err(error)) => return Err(PlanError::HashKey { model, error: error.clone() }),
            Some(Ok(values)) => {
                let attributes = index.key.hash.iter().zip(values);
                attributes.for_each(|(attribute, value)| and(&attribute.name, LookupOperator::Eq(value.clone())));
            }
        }
        let mut each = std::collections::HashSet::new();
        let possible = |key: &Item| {
            let known = KnownAttributes { values: key, present: &table_key };
            planning.can_be_key(key) && fold(&filter, &known) != Folded::Never
        };
        let keys: Vec<Item> = keys.into_iter().filter(possible).filter(|key| each.insert(key.clone())).collect();
        let residual = all(FilterPlacement::client_side(&conjuncts(filter)).residual);
        let access = if request.none {
            Access::Empty("none() was called")
        } else if keys.is_empty() {
            Access::Empty("no item can satisfy the lookups")
        } else {
            let projection = planning.projection(residual.as_ref());
            let consistent = request.consistent;
            Access::Keys(KeyBatch { table: table.clone(), keys, projection, consistent, residual })
        };
        Ok(Self {
            access,
            hydration: None,
            result_kind,
            limit: None,
            token_key: table_key.clone(),
            table_key,
            index: primary.label().to_owned(),
            index_reason: "keys are read from the table".to_owned(),
            rejected: Vec::new(),
            units_per_second: request.units_per_second,
        })
    }
}

impl ReadPlanner<'_> {
    /// Whether an item can have this key: the service refuses to look for one that is empty or too long.
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
