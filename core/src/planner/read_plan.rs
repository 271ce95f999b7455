//! How a request is carried out.

use super::fold::{Folded, Known, conjuncts, first_invalid, fold};
use super::index_policy::{Choice, choose};
use super::range::{Segment, segments};
use super::residual::{Placed, all};
use super::{PlanError, Purpose, Request};
use crate::expression::{Condition, KeyCondition, Path, Projection, RangeCondition};
use crate::model::{Filter, IndexMeta, Lookup, LookupOperator};
use crate::plan::{GetItem, Query, Select};
use crate::schema::{KeyAttribute, KeySchema};
use crate::value::size::{HASH_KEY_BYTES_MAX, value_bytes};
use crate::value::{AttributeValue, Item, Name};

/// The most queries that the lists in one request may multiply to.
const QUERIES_MAX: usize = 1000;
/// The most keys that they may multiply to: a hundred requests.
const KEYS_MAX: usize = 10_000;

/// How a request is carried out: what is asked, in which order, and what is done with the answers.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadPlan {
    /// What is asked.
    pub access: Access,
    /// What is wanted of the items.
    pub purpose: Purpose,
    /// How many results at most.
    pub limit: Option<usize>,
    /// The key attributes of the table.
    pub table_key: Vec<Name>,
    /// The key attributes that a page token holds: those of the table and of the index that is read.
    pub token_key: Vec<Name>,
    /// The index that is read: its name, or `table`.
    pub index: String,
    /// Why that index.
    pub index_reason: &'static str,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Access {
    /// Nothing: the answer is known to be empty, for this reason.
    Empty(&'static str),
    /// One item by its key.
    Get(SinglePlan),
    /// Several items by their keys.
    Keys(KeyBatch),
    /// Parts of partitions, one after the other.
    Queries(Vec<Branch>),
}

/// One item by its key.
#[derive(Clone, PartialEq, Debug)]
pub struct SinglePlan {
    /// The request.
    pub get: GetItem,
}

/// Several items by their keys, given back in the order of the keys.
#[derive(Clone, PartialEq, Debug)]
pub struct KeyBatch {
    /// The table.
    pub table: Name,
    /// The keys, each once.
    pub keys: Vec<Item>,
    /// Which parts to give back; all when absent.
    pub projection: Option<Projection>,
    /// What the items must satisfy, checked on this side.
    pub residual: Option<Condition>,
}

/// Part of one partition.
#[derive(Clone, PartialEq, Debug)]
pub struct Branch {
    /// The request, without a limit; its start key is set where an earlier page ended.
    pub query: Query,
    /// What the items must satisfy, checked on this side.
    pub residual: Option<Condition>,
}

impl Branch {
    /// Whether every item that is read is a result, so that a limit can be left to the service.
    pub fn reads_only_results(&self) -> bool {
        self.query.filter.is_none() && self.residual.is_none()
    }
}

impl ReadPlan {
    /// Plans a request on the table `table`, which is the model's with its prefix.
    pub fn new(request: &Request, table: &Name, purpose: Purpose) -> Result<Self, PlanError> {
        let model = request.schema.model;
        if let Some(error) = first_invalid(&request.filter) {
            return Err(PlanError::Lookup { model, error: error.clone() });
        }
        let Choice { index, reason } = choose(request);
        let table_key: Vec<Name> = request.schema.table.key.names().cloned().collect();
        let mut token_key = table_key.clone();
        token_key.extend(index.key.names().filter(|name| !table_key.contains(name)).cloned());

        let planning = Planning { request, table, purpose, index, token_key: &token_key };
        let access = planning.access()?;
        Ok(Self {
            access,
            purpose,
            limit: request.limit,
            table_key,
            token_key,
            index: index.label().to_owned(),
            index_reason: reason,
        })
    }
}

struct Planning<'a> {
    request: &'a Request,
    table: &'a Name,
    purpose: Purpose,
    index: &'a IndexMeta,
    token_key: &'a [Name],
}

/// One hash key, and what is left of the lookups once it is known.
struct Partition {
    hash: Vec<(Name, AttributeValue)>,
    conjuncts: Vec<Filter>,
    ranges: Vec<RangePart>,
}

/// What the key condition says of the range attributes.
struct RangePart {
    conditions: Vec<(Name, RangeCondition)>,
    residual: Vec<Condition>,
}

impl Planning<'_> {
    fn access(&self) -> Result<Access, PlanError> {
        let hash_keys = self.hash_keys()?;
        if self.request.none {
            return Ok(Access::Empty("none() was called"));
        }
        if self.request.limit == Some(0) {
            return Ok(Access::Empty("the limit is 0"));
        }
        self.refuse_lacking(self.lacking_to_read())?;
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

    fn model(&self) -> &'static str {
        self.request.schema.model
    }

    fn table_key(&self) -> &KeySchema {
        &self.request.schema.table.key
    }

    // --- the hash key ---

    /// Every hash key that the request allows, in the order in which it names them.
    fn hash_keys(&self) -> Result<Vec<Vec<(Name, AttributeValue)>>, PlanError> {
        let given = match &self.request.hash_key {
            None => None,
            Some(Ok(values)) => Some(values),
            Some(Err(error)) => return Err(PlanError::HashKey { model: self.model(), error: error.clone() }),
        };
        let top = conjuncts(self.request.filter.clone());
        let mut keys: Vec<Vec<(Name, AttributeValue)>> = vec![Vec::new()];
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
        let what = match &self.index.name {
            None => "the table".to_owned(),
            Some(name) => format!("the index {name}"),
        };
        PlanError::NoHashKey { model: self.model(), what, attribute: attribute.name.clone() }
    }

    // --- the lookups ---

    /// What is left of the lookups in one partition; nothing when no item of it can satisfy them.
    fn partition(&self, hash: Vec<(Name, AttributeValue)>) -> Result<Option<Partition>, PlanError> {
        let values: Item = hash.iter().cloned().collect();
        let known = Known { values: &values, present: self.token_key };
        let filter = match fold(&self.request.filter, &known) {
            Folded::Never => return Ok(None),
            Folded::Always => Filter::All(Vec::new()),
            Folded::Depends(filter) => filter,
        };
        let mut conjuncts = conjuncts(filter);
        let mut ranges = vec![RangePart { conditions: Vec::new(), residual: Vec::new() }];
        for attribute in &self.index.key.range {
            let lookups = take_lookups(&mut conjuncts, &attribute.name);
            let segments = segments(attribute, &lookups);
            let is_exact = segments.iter().all(|segment| matches!(segment.condition, Some(RangeCondition::Eq(_))));
            self.refuse_too_many(ranges.len().saturating_mul(segments.len()), KEYS_MAX)?;
            ranges =
                ranges.iter().flat_map(|range| segments.iter().map(|segment| range.with(attribute, segment))).collect();
            if !is_exact {
                // Only what follows an equality can be part of the key condition.
                break;
            }
        }
        Ok((!ranges.is_empty()).then_some(Partition { hash, conjuncts, ranges }))
    }

    fn refuse_too_many(&self, count: usize, max: usize) -> Result<(), PlanError> {
        if count <= max { Ok(()) } else { Err(PlanError::TooManyRequests { model: self.model(), count, max }) }
    }

    /// Whether a partition's ranges name single items of the table.
    fn whole_keys(&self, partition: &Partition) -> bool {
        partition.ranges.iter().all(|range| {
            range.conditions.len() == self.table_key().range.len()
                && range.conditions.iter().all(|(_, condition)| matches!(condition, RangeCondition::Eq(_)))
        })
    }

    fn by_keys(&self, partitions: Vec<Partition>, count: usize) -> Result<Access, PlanError> {
        if let ([partition], 1) = (partitions.as_slice(), count) {
            if !partition.conjuncts.is_empty() || self.request.start.is_some() {
                // A filter is checked where the item is, and a start key is the service's business too.
                return Ok(Access::Queries(self.queries(partitions)?));
            }
            let get = GetItem {
                table: self.table.clone(),
                key: key_of(&partition.hash, &partition.ranges[0]),
                consistent: false,
                projection: self.projection(None),
            };
            return Ok(Access::Get(SinglePlan { get }));
        }
        // Several keys, one request for each hundred of them. What is left of the lookups may differ from partition to
        // partition, so that it is tied to the hash key.
        let mut keys = Vec::with_capacity(count);
        let mut residuals: Vec<(Vec<(Name, AttributeValue)>, Option<Condition>)> = Vec::new();
        for partition in partitions {
            keys.extend(partition.ranges.iter().map(|range| key_of(&partition.hash, range)));
            residuals.push((partition.hash, all(Placed::here(&partition.conjuncts).residual)));
        }
        let residual = one_residual(residuals);
        let projection = self.projection(residual.as_ref());
        Ok(Access::Keys(KeyBatch { table: self.table.clone(), keys, projection, residual }))
    }

    fn queries(&self, partitions: Vec<Partition>) -> Result<Vec<Branch>, PlanError> {
        let mut branches = Vec::new();
        for partition in partitions {
            let placed = Placed::for_query(partition.conjuncts, self.index, self.table_key());
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
                branches.push(Branch { query, residual });
            }
        }
        Ok(branches)
    }

    // --- what is given back ---

    /// Attributes that are to be read and that a global index does not hold.
    fn lacking_to_read(&self) -> Vec<Name> {
        if self.purpose != Purpose::Items || self.index.local {
            return Vec::new();
        }
        let attributes = self.request.schema.attributes.iter();
        attributes.map(|attribute| &attribute.name).filter(|name| !self.holds(name)).cloned().collect()
    }

    fn refuse_lacking(&self, attributes: Vec<Name>) -> Result<(), PlanError> {
        if attributes.is_empty() {
            return Ok(());
        }
        Err(PlanError::ProjectionLacks { model: self.model(), index: self.index.label().to_owned(), attributes })
    }

    fn holds(&self, attribute: &str) -> bool {
        self.index.holds(attribute, self.table_key())
    }

    fn select(&self, residual: Option<&Condition>) -> Option<Select> {
        match (self.purpose, residual) {
            (Purpose::Items, _) => {
                let holds_all = self.request.schema.attributes.iter().all(|attribute| self.holds(&attribute.name));
                (!holds_all).then_some(Select::AllAttributes)
            }
            (Purpose::Count | Purpose::Exists, None) => Some(Select::Count),
            (_, residual) => self.projection(residual).map(Select::Specific),
        }
    }

    /// The keys, which tokens are made of, and what the residual looks at.
    fn projection(&self, residual: Option<&Condition>) -> Option<Projection> {
        if self.purpose == Purpose::Items {
            return None;
        }
        let mut names = self.token_key.to_vec();
        for path in residual.map(Condition::paths).unwrap_or_default() {
            if !names.contains(&path.name) {
                names.push(path.name.clone());
            }
        }
        Some(Projection::attributes(&names))
    }

    // --- order and resumption ---

    /// Backwards, everything comes in exactly the opposite order.
    fn in_direction(&self, mut access: Access) -> Access {
        if !self.request.forward {
            match &mut access {
                Access::Queries(branches) => branches.reverse(),
                Access::Keys(batch) => batch.keys.reverse(),
                Access::Empty(_) | Access::Get(_) => {}
            }
        }
        access
    }

    /// Goes on after the start key, if there is one: leaves out what lies before it.
    fn resume(&self, access: Access) -> Result<Access, PlanError> {
        let Some(start) = &self.request.start else {
            return Ok(access);
        };
        let start = start.as_item();
        self.check_token(start)?;
        let foreign = || self.token_error("its key lies outside of what the queryset reads".to_owned());
        match access {
            Access::Queries(mut branches) => {
                let at = branches
                    .iter()
                    .position(|branch| branch.query.key_condition.holds_for(start))
                    .ok_or_else(foreign)?;
                branches.drain(..at);
                branches[0].query.exclusive_start_key = Some(start.clone());
                Ok(Access::Queries(branches))
            }
            Access::Keys(mut batch) => {
                let key = start.pick(self.table_key().names());
                let at = batch.keys.iter().position(|asked| *asked == key).ok_or_else(foreign)?;
                batch.keys.drain(..=at);
                Ok(if batch.keys.is_empty() {
                    Access::Empty("the page token is the last key")
                } else {
                    Access::Keys(batch)
                })
            }
            other => Ok(other),
        }
    }

    fn check_token(&self, token: &Item) -> Result<(), PlanError> {
        for attribute in self.table_key().attributes().chain(self.index.key.attributes()) {
            match token.get(&attribute.name) {
                None => return Err(self.token_error(format!("it lacks the key attribute `{}`", attribute.name))),
                Some(value) if value.value_type() != attribute.scalar.value_type() => {
                    return Err(self.token_error(format!(
                        "its `{}` is of type {}, and the key attribute is of type {}",
                        attribute.name,
                        value.value_type(),
                        attribute.scalar
                    )));
                }
                Some(_) => {}
            }
        }
        if token.len() == self.token_key.len() {
            return Ok(());
        }
        let what = self.index.label();
        Err(self.token_error(format!("it holds other attributes than the keys of what is read, which is {what}")))
    }

    fn token_error(&self, reason: String) -> PlanError {
        PlanError::Token { model: self.model(), reason }
    }
}

impl RangePart {
    fn with(&self, attribute: &KeyAttribute, segment: &Segment) -> Self {
        let mut conditions = self.conditions.clone();
        conditions.extend(segment.condition.clone().map(|condition| (attribute.name.clone(), condition)));
        let mut residual = self.residual.clone();
        residual.extend(segment.residual.iter().cloned());
        Self { conditions, residual }
    }
}

/// The values that the lookups allow for an attribute, in the order given and each once, if they list them.
fn named_values(conjuncts: &[Filter], name: &Name) -> Option<Vec<AttributeValue>> {
    let mut named: Option<Vec<AttributeValue>> = None;
    for conjunct in conjuncts {
        let Filter::Lookup(Lookup { path, operator }) = conjunct else { continue };
        let values = match operator {
            LookupOperator::Eq(value) if path.as_attribute() == Some(name) => std::slice::from_ref(value),
            LookupOperator::In(values) if path.as_attribute() == Some(name) => values,
            _ => continue,
        };
        named = Some(match named {
            Some(named) => named.into_iter().filter(|value| values.contains(value)).collect(),
            None => values.iter().fold(Vec::new(), |mut each, value| {
                if !each.contains(value) {
                    each.push(value.clone());
                }
                each
            }),
        });
    }
    named
}

fn can_be_hash_key(value: &AttributeValue, attribute: &KeyAttribute) -> bool {
    value.value_type() == attribute.scalar.value_type() && (1..=HASH_KEY_BYTES_MAX).contains(&value_bytes(value))
}

/// Takes the lookups on one attribute out of the parts that all must be true.
fn take_lookups(conjuncts: &mut Vec<Filter>, name: &Name) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    conjuncts.retain(|conjunct| match conjunct {
        Filter::Lookup(lookup) if lookup.path.as_attribute() == Some(name) => {
            lookups.push(lookup.clone());
            false
        }
        _ => true,
    });
    lookups
}

fn key_of(hash: &[(Name, AttributeValue)], range: &RangePart) -> Item {
    let range = range.conditions.iter().filter_map(|(name, condition)| match condition {
        RangeCondition::Eq(value) => Some((name.clone(), value.clone())),
        _ => None,
    });
    hash.iter().cloned().chain(range).collect()
}

/// One condition for all partitions: what each leaves, tied to its hash key where they differ.
fn one_residual(residuals: Vec<(Vec<(Name, AttributeValue)>, Option<Condition>)>) -> Option<Condition> {
    let same = residuals.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if same {
        return residuals.into_iter().next().and_then(|(_, residual)| residual);
    }
    let tied = residuals.into_iter().map(|(hash, residual)| {
        let here = hash
            .into_iter()
            .map(|(name, value)| Condition::compare(Path::new(name), crate::expression::Comparator::Eq, value));
        Condition::And(here.chain(residual).collect())
    });
    Some(Condition::Or(tied.collect()))
}
