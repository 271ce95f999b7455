//! Making a plan of a request.

mod hydrate;
mod keys;
mod partition;
mod resume;
mod scan;
mod select;

use super::filter_placement::{FilterPlacement, all};
use super::fold::first_invalid;
use super::index_choice::{IndexChoice, RejectedIndex, choose};
use super::{Access, KeyBatch, PartitionQuery, PlanError, ReadPlan, Request, ResultKind};
use crate::expression::{Comparator, Condition, KeyCondition, Path, RangeCondition};
use crate::model::{IndexMeta, OrderBy};
use crate::plan::{GetItem, Query};
use crate::schema::KeySchema;
use crate::value::{Item, Name};
use partition::{HashKeyValues, PartitionPlan, RangeConditions};

/// The most queries that the lists in one request may multiply to.
const QUERIES_MAX: usize = 1000;
/// The most keys that they may multiply to: a hundred requests.
const KEYS_MAX: usize = 10_000;

impl ReadPlan {
    /// Plans a request on the table `table`, which is the model's with its prefix.
    pub fn new(request: &Request, table: &Name, result_kind: ResultKind) -> Result<Self, PlanError> {
        let model = request.schema.model;
        if let Some(error) = first_invalid(&request.filter) {
            return Err(PlanError::Lookup { model, error: error.clone() });
        }
        let IndexChoice { index, reason, rejected } = choose(request, result_kind);
        let table_key: Vec<Name> = request.schema.table.key.names().cloned().collect();
        let mut token_key = table_key.clone();
        token_key.extend(index.key.names().filter(|name| !table_key.contains(name)).cloned());

        let mut planning = ReadPlanner {
            request,
            table,
            result_kind,
            index,
            rejected: &rejected,
            token_key: &token_key,
            hydrates: false,
        };
        planning.hydrates = planning.hydrates();
        let access = planning.access()?;
        Ok(Self {
            hydration: planning.hydration(&access),
            access,
            result_kind,
            limit: request.limit,
            table_key,
            token_key,
            index: index.label().to_owned(),
            index_reason: reason,
            rejected,
            units_per_second: request.units_per_second,
        })
    }
}

struct ReadPlanner<'a> {
    request: &'a Request,
    table: &'a Name,
    result_kind: ResultKind,
    index: &'a IndexMeta,
    rejected: &'a [RejectedIndex],
    token_key: &'a [Name],
    /// Whether what the index does not hold is fetched from the table.
    hydrates: bool,
}

impl ReadPlanner<'_> {
    fn access(&self) -> Result<Access, PlanError> {
        self.check_rate()?;
        self.refuse_consistent_global()?;
        self.check_order()?;
        let hash_keys = match self.hash_keys() {
            Ok(keys) => Some(keys),
            Err(PlanError::WouldScan { .. }) if self.request.scan || self.request.none => None,
            Err(error) => return Err(error),
        };
        if self.request.none {
            return Ok(Access::Empty("none() was called"));
        }
        if self.request.limit == Some(0) {
            return Ok(Access::Empty("the limit is 0"));
        }
        self.refuse_lacking(self.lacking_to_read())?;
        let Some(hash_keys) = hash_keys else {
            return self.resume(self.plan_scan()?);
        };
        if self.request.segment.is_some_and(|segment| segment.segment > 0) {
            return Ok(Access::Empty("nothing is scanned, and the first segment reads it all"));
        }
        let mut partitions = Vec::new();
        let mut count = 0;
        for hash in hash_keys {
            if let Some(partition) = self.partition(hash)? {
                count += partition.ranges.len();
                self.refuse_too_many(count, KEYS_MAX)?;
                partitions.push(partition);
            }
        }
        if count == 0 {
            return Ok(Access::Empty("no item can satisfy the lookups"));
        }
        let access = if self.index.name.is_none() && partitions.iter().all(|partition| self.whole_keys(partition)) {
            self.by_keys(partitions, count)?
        } else {
            self.refuse_too_many(count, QUERIES_MAX)?;
            Access::Queries(self.queries(partitions)?)
        };
        self.resume(self.in_direction(access))
    }

    /// What the queryset is to keep to must be possible.
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

    /// What is read, in words.
    fn what(&self) -> String {
        match &self.index.name {
            None => "the table".to_owned(),
            Some(name) => format!("the index {name}"),
        }
    }

    fn refuse_consistent_global(&self) -> Result<(), PlanError> {
        match &self.index.name {
            Some(index) if self.request.consistent && !self.index.local => {
                Err(PlanError::ConsistentIndex { model: self.model(), index: index.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Only the range key orders what is read.
    fn check_order(&self) -> Result<(), PlanError> {
        let Some(OrderBy { path, .. }) = &self.request.order else {
            return Ok(());
        };
        let range = self.index.key.range.first().map(|attribute| &attribute.name);
        if path.as_attribute().is_some() && path.as_attribute() == range {
            return Ok(());
        }
        let reason = match range {
            Some(range) => {
                format!("it is kept in the order of `{range}`; use sort_in_memory(…), or an index with this range key")
            }
            None => "it has no range key; use sort_in_memory(…), or an index with this range key".to_owned(),
        };
        let reason = match self.rejected_in_this_order(path) {
            Some(RejectedIndex { index, reason: why }) => {
                format!("{reason}; the index {index} is not read by itself since {why}")
            }
            None => reason,
        };
        Err(PlanError::OrderBy { model: self.model(), what: self.what(), attribute: path.to_string(), reason })
    }

    /// An index that is in this order and was not chosen.
    fn rejected_in_this_order(&self, path: &Path) -> Option<&RejectedIndex> {
        let mut indexes = self.request.schema.indexes.iter().filter(|index| index.name.is_some());
        let ordered = indexes
            .find(|index| index.key.range.first().is_some_and(|range| path.as_attribute() == Some(&range.name)))?;
        self.rejected.iter().find(|rejected| rejected.index == ordered.label())
    }

    fn refuse_too_many(&self, count: usize, max: usize) -> Result<(), PlanError> {
        if count <= max { Ok(()) } else { Err(PlanError::TooManyRequests { model: self.model(), count, max }) }
    }

    /// Whether a partition's ranges name single items of the table.
    fn whole_keys(&self, partition: &PartitionPlan) -> bool {
        partition.ranges.iter().all(|range| {
            range.conditions.len() == self.table_key().range.len()
                && range.conditions.iter().all(|(_, condition)| matches!(condition, RangeCondition::Eq(_)))
        })
    }

    fn by_keys(&self, partitions: Vec<PartitionPlan>, count: usize) -> Result<Access, PlanError> {
        if let ([partition], 1) = (partitions.as_slice(), count) {
            if !partition.conjuncts.is_empty() || self.request.start.is_some() {
                // A filter is checked where the item is, and a start key is the service's business too.
                return Ok(Access::Queries(self.queries(partitions)?));
            }
            let key = key_of(&partition.hash, &partition.ranges[0]);
            let get = GetItem {
                projection: self.projection(None),
                consistent: self.request.consistent,
                ..GetItem::new(self.table.clone(), key)
            };
            return Ok(Access::Get(get));
        }
        // Several keys, one request for each hundred of them. What is left of the lookups may differ from partition to
        // partition, so that it is tied to the hash key.
        let mut keys = Vec::with_capacity(count);
        let mut residuals: Vec<(HashKeyValues, Option<Condition>)> = Vec::new();
        for partition in partitions {
            keys.extend(partition.ranges.iter().map(|range| key_of(&partition.hash, range)));
            residuals.push((partition.hash, all(FilterPlacement::client_side(&partition.conjuncts).residual)));
        }
        let residual = one_residual(residuals);
        let projection = self.projection(residual.as_ref());
        let consistent = self.request.consistent;
        Ok(Access::Keys(KeyBatch { table: self.table.clone(), keys, projection, consistent, residual }))
    }

    fn queries(&self, partitions: Vec<PartitionPlan>) -> Result<Vec<PartitionQuery>, PlanError> {
        let mut queries = Vec::new();
        for partition in partitions {
            let placed = FilterPlacement::for_query(partition.conjuncts, self.index, self.table_key());
            self.refuse_lacking(placed.lacking)?;
            for range in partition.ranges {
                let residual = all(range.residual.into_iter().chain(placed.residual.iter().cloned()).collect());
                let mut query = Query::new(
                    self.table.clone(),
                    KeyCondition { hash: partition.hash.clone(), range: range.conditions },
                );
                query.index.clone_from(&self.index.name);
                query.filter = all(placed.filter.clone());
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

/// One condition for all partitions: what each leaves, tied to its hash key where they differ.
fn one_residual(residuals: Vec<(HashKeyValues, Option<Condition>)>) -> Option<Condition> {
    let same = residuals.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if same {
        return residuals.into_iter().next().and_then(|(_, residual)| residual);
    }
    let tied = residuals.into_iter().map(|(hash, residual)| {
        let here = hash.into_iter().map(|(name, value)| Condition::compare(Path::new(name), Comparator::Eq, value));
        Condition::And(here.chain(residual).collect())
    });
    Some(Condition::Or(tied.collect()))
}
