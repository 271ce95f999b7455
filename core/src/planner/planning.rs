//! Planning of a request.

mod hydrate;
mod keys;
mod partition;
mod resume;
mod scan;
mod select;

use std::borrow::Cow;
use std::iter::repeat_n;

use super::composed_keys::{check_members, is_ordered_by, with_key_lookups};
use super::filter_placement::{FilterPlacement, conjunction};
use super::fold::check_conjuncts;
use super::index_choice::{IndexChoice, choose};
use super::{Access, EmptyReason, KeyBatch, PartitionQuery, PlanError, ReadPlan, RejectedIndex, Request, ResultKind};
use crate::expression::{Comparator, Condition, KeyCondition, Path, RangeCondition};
use crate::model::{Filter, IndexMeta, OrderBy};
use crate::plan::{GetItem, Query};
use crate::schema::KeySchema;
use crate::value::{Item, Name};
use partition::{HashKeyValues, PartitionPlan, RangeConditions};

/// Maximum number of queries to which the lists in one request may expand.
const QUERIES_MAX: usize = 1000;
/// Maximum number of keys to which they may expand: a hundred requests.
const KEYS_MAX: usize = 10_000;

/// Maximum number of lookups and values that planning applies to keys.
const WORK_MAX: usize = 1_000_000;

impl ReadPlan {
    /// Plans a request on the table `table`, which is the name in the model's schema with the database's prefix.
    ///
    /// # Errors
    ///
    /// Returns the [`PlanError`] for which the request cannot be sent.
    pub(crate) fn new(request: &Request, table: &Name, result_kind: ResultKind) -> Result<Self, PlanError> {
        let model = request.schema.model;
        let given = request.filter.conjuncts();
        check_conjuncts(&given, model)?;
        check_members(request)?;
        let IndexChoice { index, reason, rejected } = choose(request, &given, result_kind);
        let conjuncts = with_key_lookups(request, index, &given);

        let mut planner = ReadPlanner {
            request,
            given: &given,
            conjuncts: &conjuncts,
            table,
            result_kind,
            index,
            rejected: &rejected,
            hydrates: false,
        };
        planner.hydrates = planner.hydrates();
        let access = planner.access()?;
        Ok(Self {
            hydration: planner.hydration(&access),
            access,
            result_kind,
            limit: request.limit,
            table_key: &request.schema.primary().token_key,
            token_key: &index.token_key,
            index: index.name.clone(),
            index_reason: reason,
            rejected,
            units_per_second: request.units_per_second,
        })
    }
}

struct ReadPlanner<'a> {
    request: &'a Request,
    /// The request's filters, which all must match.
    given: &'a [Cow<'a, Filter>],
    /// The same filters, with lookups on the key attributes of the index in place of those on their parts.
    conjuncts: &'a [Cow<'a, Filter>],
    table: &'a Name,
    result_kind: ResultKind,
    index: &'static IndexMeta,
    rejected: &'a [RejectedIndex],
    /// `true` if attributes that the index does not hold are fetched from the table.
    hydrates: bool,
}

impl ReadPlanner<'_> {
    fn access(&self) -> Result<Access, PlanError> {
        self.check_rate()?;
        self.check_consistency()?;
        self.check_order()?;
        let hash_keys = match self.hash_keys() {
            Ok(keys) => Some(keys),
            Err(PlanError::WouldScan { .. }) if self.request.scan || self.request.none => None,
            Err(error) => return Err(error),
        };
        if self.request.none {
            return Ok(Access::Empty(EmptyReason::None));
        }
        if self.request.limit == Some(0) {
            return Ok(Access::Empty(EmptyReason::Limit));
        }
        self.check_projection(self.lacking_to_read())?;
        let Some(hash_keys) = hash_keys else {
            return self.resume(self.plan_scan()?);
        };
        if self.request.segment.is_some_and(|segment| segment.segment > 0) {
            return Ok(Access::Empty(EmptyReason::Segment));
        }
        let undecided = self.undecided();
        // One more for the conjunction itself.
        let weight = undecided.iter().map(|filter| filter.weight()).sum::<usize>() + 1;
        self.check_work(hash_keys.len(), weight)?;
        let mut partitions = Vec::with_capacity(hash_keys.len());
        let mut count = 0;
        for hash in hash_keys {
            if let Some(partition) = self.partition(hash, &undecided)? {
                count += partition.ranges.len();
                self.check_count(count, KEYS_MAX)?;
                partitions.push(partition);
            }
        }
        if count == 0 {
            return Ok(Access::Empty(EmptyReason::Contradiction));
        }
        let access = if self.index.name.is_none() && partitions.iter().all(|partition| self.has_whole_keys(partition)) {
            self.by_keys(partitions, count)?
        } else {
            self.check_count(count, QUERIES_MAX)?;
            self.check_work(count, weight)?;
            Access::Queries(self.queries(partitions, count)?)
        };
        self.resume(self.in_direction(access))
    }

    fn check_rate(&self) -> Result<(), PlanError> {
        match self.request.units_per_second {
            Some(rate) if !(rate.is_finite() && rate > 0.0) => {
                Err(PlanError::RateLimit { model: self.model(), units_per_second: rate })
            }
            _ => Ok(()),
        }
    }

    fn model(&self) -> &'static str {
        self.request.schema.model
    }

    fn table_key(&self) -> &KeySchema {
        &self.request.schema.table.key
    }

    fn check_consistency(&self) -> Result<(), PlanError> {
        match &self.index.name {
            Some(index) if self.request.consistent && !self.index.local => {
                Err(PlanError::ConsistentIndex { model: self.model(), index: index.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Checks that the results are ordered by the range key, the only order that a query has.
    fn check_order(&self) -> Result<(), PlanError> {
        let Some(OrderBy { path, .. }) = &self.request.order else {
            return Ok(());
        };
        let range_key = self.index.key.range.first().map(|attribute| &attribute.name);
        if is_ordered_by(self.request.schema, self.index, path, self.given) {
            return Ok(());
        }
        Err(PlanError::OrderBy {
            model: self.model(),
            index: self.index.name.clone(),
            attribute: path.to_string(),
            range_key: range_key.cloned(),
            rejected: self.rejected_in_order(path).cloned().map(Box::new),
        })
    }

    /// Returns the first index that is ordered by `path`, if it was rejected.
    fn rejected_in_order(&self, path: &Path) -> Option<&RejectedIndex> {
        let mut indexes = self.request.schema.indexes.iter().filter(|index| index.name.is_some());
        let ordered = indexes
            .find(|index| index.key.range.first().is_some_and(|range| path.as_attribute() == Some(&range.name)))?;
        self.rejected.iter().find(|rejected| rejected.index == ordered.name)
    }

    fn check_count(&self, count: usize, max: usize) -> Result<(), PlanError> {
        if count <= max { Ok(()) } else { Err(PlanError::TooManyRequests { model: self.model(), count, max }) }
    }

    /// Checks that applying `weight` lookups and values to each of `keys` keys is not too much work.
    fn check_work(&self, keys: usize, weight: usize) -> Result<(), PlanError> {
        if keys <= 1 || keys.saturating_mul(weight) <= WORK_MAX {
            return Ok(());
        }
        Err(PlanError::TooManyCombinations { model: self.model(), keys, lookups: weight, max: WORK_MAX })
    }

    /// Returns `true` if every range of a partition is the whole key of one item of the table.
    fn has_whole_keys(&self, partition: &PartitionPlan<'_>) -> bool {
        partition.ranges.iter().all(|range| {
            range.conditions.len() == self.table_key().range.len()
                && range.conditions.iter().all(|(_, condition)| matches!(condition, RangeCondition::Eq(_)))
        })
    }

    fn by_keys(&self, partitions: Vec<PartitionPlan<'_>>, count: usize) -> Result<Access, PlanError> {
        if let ([partition], 1) = (partitions.as_slice(), count) {
            if !partition.conjuncts.is_empty() || self.request.start.is_some() {
                // Only a query has a filter expression and a start key.
                return Ok(Access::Queries(self.queries(partitions, count)?));
            }
            let key = key_of(&partition.hash, &partition.ranges[0]);
            let get = GetItem {
                projection: self.projection(None),
                consistent: self.request.consistent,
                ..GetItem::new(self.table.clone(), key)
            };
            return Ok(Access::Get(get));
        }
        // The remaining lookups can differ between partitions, so each partition's residual is tied to its hash key.
        let mut keys = Vec::with_capacity(count);
        let mut residuals: Vec<(HashKeyValues, Option<Condition>)> = Vec::new();
        for partition in partitions {
            keys.extend(partition.ranges.iter().map(|range| key_of(&partition.hash, range)));
            residuals.push((partition.hash, conjunction(FilterPlacement::client_side(&partition.conjuncts).residual)));
        }
        let residual = one_residual(residuals);
        let projection = self.projection(residual.as_ref());
        let consistent = self.request.consistent;
        Ok(Access::Keys(KeyBatch { table: self.table.clone(), keys, projection, consistent, residual }))
    }

    fn queries(&self, partitions: Vec<PartitionPlan<'_>>, count: usize) -> Result<Vec<PartitionQuery>, PlanError> {
        let mut queries = Vec::with_capacity(count);
        for PartitionPlan { hash, conjuncts, ranges } in partitions {
            let placement = FilterPlacement::for_query(conjuncts, self.index, self.table_key());
            self.check_projection(placement.lacking)?;
            // The last range takes the values themselves.
            let parts = repeat_n((hash, conjunction(placement.filter), placement.residual), ranges.len());
            for (range, (hash, filter, residual)) in ranges.into_iter().zip(parts) {
                let residual = conjunction(range.residual.into_iter().chain(residual).collect());
                let mut query = Query::new(self.table.clone(), KeyCondition { hash, range: range.conditions });
                query.index.clone_from(&self.index.name);
                query.filter = filter;
                query.select = self.select(residual.as_ref());
                query.forward = self.request.forward;
                query.consistent = self.request.consistent;
                queries.push(PartitionQuery { query, residual });
            }
        }
        Ok(queries)
    }
}

fn key_of(hash: &HashKeyValues, range: &RangeConditions) -> Item {
    let range = range.conditions.iter().filter_map(|(name, condition)| match condition {
        RangeCondition::Eq(value) => Some((name.clone(), value.clone())),
        _ => None,
    });
    hash.iter().cloned().chain(range).collect()
}

/// Returns one condition for all partitions. If their residuals differ, each is combined with its hash key.
fn one_residual(residuals: Vec<(HashKeyValues, Option<Condition>)>) -> Option<Condition> {
    let are_equal = residuals.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if are_equal {
        return residuals.into_iter().next().and_then(|(_, residual)| residual);
    }
    let with_hash_keys = residuals.into_iter().map(|(hash, residual)| {
        let equal = hash.into_iter().map(|(name, value)| Condition::compare(Path::new(name), Comparator::Eq, value));
        Condition::And(equal.chain(residual).collect())
    });
    Some(Condition::Or(with_hash_keys.collect()))
}
