//! Which index is read, and why that one.
//!
//! The one that was given; else the table, or an index whose hash key the lookups name. An index is only chosen where that
//! cannot change the answer: it holds every item that can match, and what is read of them.

use super::filter_placement::attributes_of;
use super::fold::{conjuncts, named_values};
use super::{Request, ResultKind};
use crate::model::{Filter, IndexMeta, Lookup, LookupOperator, ModelSchema, Presence, registered};
use crate::schema::KeyAttribute;
use crate::value::Name;
use serde::Serialize;

const NOT_GIVEN: &str = "no index was given";

/// The index to read, and why that one.
pub(super) struct IndexChoice {
    pub(super) index: &'static IndexMeta,
    pub(super) reason: String,
    /// The others, where there was a choice.
    pub(super) rejected: Vec<RejectedIndex>,
}

/// An index that is not read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RejectedIndex {
    /// The index: its name, or `table`.
    pub index: String,
    /// Why it is not read.
    pub reason: String,
}

pub(super) fn choose(request: &Request, result_kind: ResultKind) -> IndexChoice {
    let fixed = match (request.index_given, request.index.name.is_some()) {
        (true, true) => "the index that was given",
        (true, false) => "the table was asked for",
        (false, true) => "the manager's index",
        (false, false) => return choose_freely(request, result_kind),
    };
    IndexChoice { index: request.index, reason: fixed.to_owned(), rejected: Vec::new() }
}

fn choose_freely(request: &Request, result_kind: ResultKind) -> IndexChoice {
    // What a set hash key reads is in the order of the table, which no other index could keep.
    let keeps_order = !matches!(result_kind, ResultKind::Count | ResultKind::Exists) && request.order.is_none();
    if (request.hash_key.is_some() && keeps_order) || request.schema.indexes.len() == 1 {
        return IndexChoice { index: request.index, reason: NOT_GIVEN.to_owned(), rejected: Vec::new() };
    }
    // Where a limit takes the first ones, they are to be those that whole items would be.
    let of_items = match result_kind {
        ResultKind::Items | ResultKind::LastKey => true,
        ResultKind::Keys => request.limit.is_some(),
        ResultKind::Count | ResultKind::Exists => false,
    };
    let mut policy = Policy { request, result_kind, top: conjuncts(request.filter.clone()), of_items, may_lack: false };
    let (mut best, mut rejected) = policy.weigh();
    if best.is_none() && result_kind == ResultKind::Keys {
        policy.of_items = false;
        (best, rejected) = policy.weigh();
    }
    if best.is_none() && request.hydrate {
        policy.may_lack = true;
        (best, rejected) = policy.weigh();
    }
    let reason = match best {
        Some((index, _)) if index.name.is_none() || request.hash_key.is_some() => NOT_GIVEN.to_owned(),
        Some((index, true)) => {
            format!("the lookups name its hash key {} and its range key", key_names(&index.key.hash))
        }
        Some((index, false)) => format!("the lookups name its hash key {}", key_names(&index.key.hash)),
        None => NOT_GIVEN.to_owned(),
    };
    IndexChoice { index: best.map_or(request.index, |(index, _)| index), reason, rejected }
}

struct Policy<'a> {
    request: &'a Request,
    result_kind: ResultKind,
    /// The lookups all of which must be true.
    top: Vec<Filter>,
    /// Whether the index has to hold whole items, or the parts that are asked for.
    of_items: bool,
    /// Whether an index may lack what is read, which is fetched from the table then.
    may_lack: bool,
}

/// An index, and whether the lookups say something of its range key.
type Best = Option<(&'static IndexMeta, bool)>;

impl Policy<'_> {
    /// The best index that can be read, and why the others are not.
    fn weigh(&self) -> (Best, Vec<RejectedIndex>) {
        let mut best: Best = None;
        let mut rejected = Vec::new();
        for index in &self.request.schema.indexes {
            let reject = |index: &IndexMeta, reason: String| RejectedIndex { index: index.label().to_owned(), reason };
            if let Err(reason) = self.can_be_read(index) {
                rejected.push(reject(index, reason));
                continue;
            }
            let constrained = self.constrains_range(index);
            match best {
                None => best = Some((index, constrained)),
                Some((former, false)) if constrained && self.is_free_of_order() => {
                    rejected.push(reject(former, "the lookups say nothing of its range key".to_owned()));
                    best = Some((index, true));
                }
                Some((former, _)) => {
                    rejected.push(reject(index, format!("{} does as well", described(former))));
                }
            }
        }
        (best, rejected)
    }

    /// Whether reading an index gives the answer; or why not.
    fn can_be_read(&self, index: &IndexMeta) -> Result<(), String> {
        let schema = self.request.schema;
        if let Some(lacking) = index.key.hash.iter().find(|attribute| !self.knows_hash(index, attribute)) {
            return Err(format!("no lookup names its hash key `{}`", lacking.name));
        }
        if let Some(order) = &self.request.order {
            let range = index.key.range.first().map(|attribute| &attribute.name);
            if order.path.as_attribute().is_none() || order.path.as_attribute() != range {
                return Err(format!("it is not in the order of `{}`", order.path));
            }
        }
        if index.name.is_none() {
            return Ok(());
        }
        if self.request.hash_key.is_some() && !index.local {
            return Err("the hash key that is set is the table's".to_owned());
        }
        if self.request.consistent && !index.local {
            return Err("it is global, and the read is to be consistent".to_owned());
        }
        let sparse = |attribute: &&KeyAttribute| !self.is_in_every_match(schema, &attribute.name);
        if let Some(attribute) = index.key.attributes().find(sparse) {
            return Err(format!("items without `{}` are not in it, and could match", attribute.name));
        }
        self.holds_what_is_read(index)
    }

    /// Whether the value of a hash attribute is known: it was set, of a table and its local indexes, or a lookup names it.
    fn knows_hash(&self, index: &IndexMeta, attribute: &KeyAttribute) -> bool {
        let is_set = self.request.hash_key.is_some() && (index.name.is_none() || index.local);
        is_set || named_values(&self.top, &attribute.name).is_some()
    }

    /// Whether every item that can match has the attribute: a lookup demands it, or the model does and the table is its own.
    fn is_in_every_match(&self, schema: &ModelSchema, name: &Name) -> bool {
        let demands = |filter: &Filter| match filter {
            Filter::Lookup(Lookup { path, operator }) => {
                path.as_attribute() == Some(name)
                    && !matches!(
                        operator,
                        LookupOperator::Ne(_) | LookupOperator::NotExists | LookupOperator::Field(..)
                    )
            }
            _ => false,
        };
        let is_key = schema.table.key.contains(name);
        let is_required = schema.attribute(name).is_some_and(|attribute| attribute.presence == Presence::Required)
            && is_alone(schema);
        is_key || is_required || self.top.iter().any(demands)
    }

    /// A local index fetches what it lacks, a global one does not.
    fn holds_what_is_read(&self, index: &IndexMeta) -> Result<(), String> {
        if index.local || self.may_lack {
            return Ok(());
        }
        let schema = self.request.schema;
        let mut read = Vec::new();
        self.top.iter().for_each(|filter| attributes_of(filter, &mut read));
        if self.of_items {
            read.extend(self.request.names_to_read().into_iter().cloned());
        }
        match read.iter().find(|name| !index.holds(name, &schema.table.key)) {
            Some(lacking) => Err(format!("it does not hold `{lacking}`, which hydrate() would fetch")),
            None => Ok(()),
        }
    }

    /// Whether a key condition would say something of the first range attribute.
    fn constrains_range(&self, index: &IndexMeta) -> bool {
        let Some(range) = index.key.range.first() else { return false };
        self.top.iter().any(|filter| match filter {
            Filter::Lookup(Lookup { path, operator }) => {
                path.as_attribute() == Some(&range.name)
                    && !matches!(
                        operator,
                        LookupOperator::Exists
                            | LookupOperator::NotExists
                            | LookupOperator::Contains(_)
                            | LookupOperator::Ne(_)
                            | LookupOperator::Field(..)
                    )
            }
            _ => false,
        })
    }

    /// Whether the answer is the same in whatever order the items are read. An index that is in the order that was asked for is
    /// as good as another.
    fn is_free_of_order(&self) -> bool {
        matches!(self.result_kind, ResultKind::Count | ResultKind::Exists) || self.request.order.is_some()
    }
}

/// Whether no other model is kept in the same table.
fn is_alone(schema: &ModelSchema) -> bool {
    registered().iter().filter(|other| other.table.name == schema.table.name).count() <= 1
}

fn described(index: &IndexMeta) -> String {
    match &index.name {
        None => "the table".to_owned(),
        Some(name) => format!("the index {name}"),
    }
}

fn key_names(attributes: &[KeyAttribute]) -> String {
    attributes.iter().map(|attribute| format!("`{}`", attribute.name)).collect::<Vec<_>>().join(", ")
}
