//! Where the lookups go that are no key condition: to the filter expression, or to this side.

use super::limits;
use crate::expression::{Condition, Operand};
use crate::model::{Filter, IndexMeta, LookupOperator};
use crate::schema::KeySchema;
use crate::service::limits::IN_OPERANDS_MAX;
use crate::value::Name;

/// Conditions by where they are evaluated.
#[derive(Debug, Default)]
pub(super) struct FilterPlacement {
    /// By the service.
    pub(super) filter: Vec<Condition>,
    /// On this side.
    pub(super) residual: Vec<Condition>,
    /// Attributes that a global index lacks, so that they can be checked on neither side.
    pub(super) lacking: Vec<Name>,
}

impl FilterPlacement {
    /// Places the parts that all must be true, for a `Query` of an index. The service refuses a filter on the key of what is
    /// queried.
    pub(super) fn for_query(conjuncts: Vec<Filter>, index: &IndexMeta, table_key: &KeySchema) -> Self {
        Self::place(conjuncts, index, table_key, |name| index.key.contains(name))
    }

    /// Places them for a `Scan`, whose filter may look at keys. What a local index does not hold a scan takes for missing, so
    /// that it is looked at on this side there too.
    pub(super) fn for_scan(conjuncts: Vec<Filter>, index: &IndexMeta, table_key: &KeySchema) -> Self {
        Self::place(conjuncts, index, table_key, |_| false)
    }

    fn place(conjuncts: Vec<Filter>, index: &IndexMeta, table_key: &KeySchema, refused: impl Fn(&str) -> bool) -> Self {
        let mut placed = Self::default();
        for conjunct in conjuncts {
            let mut attributes = Vec::new();
            attributes_of(&conjunct, &mut attributes);
            let condition = condition(&conjunct);
            let unheld: Vec<Name> = attributes.iter().filter(|name| !index.holds(name, table_key)).cloned().collect();
            if !unheld.is_empty() {
                if index.local {
                    placed.residual.push(condition);
                } else {
                    placed.lacking.extend(unheld);
                }
            } else if attributes.iter().any(|name| refused(name)) {
                placed.residual.push(condition);
            } else {
                placed.filter.push(condition);
            }
        }
        while !limits::fit(&placed.filter) {
            match placed.filter.pop() {
                Some(condition) => placed.residual.push(condition),
                None => break,
            }
        }
        placed
    }

    /// Places everything on this side: `GetItem` and `BatchGetItem` have no filter.
    pub(super) fn client_side(conjuncts: &[Filter]) -> Self {
        Self { residual: conjuncts.iter().map(condition).collect(), ..Self::default() }
    }
}

/// Several conditions as one.
pub(super) fn all(mut conditions: Vec<Condition>) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Condition::And(conditions)),
    }
}

pub(super) fn condition(filter: &Filter) -> Condition {
    match filter {
        Filter::Lookup(lookup) => match &lookup.operator {
            LookupOperator::In(values) if values.len() > IN_OPERANDS_MAX => {
                let part = |values: &[_]| {
                    let operands = values.iter().cloned().map(Operand::Value).collect();
                    Condition::In(lookup.path.clone().into(), operands)
                };
                Condition::Or(values.chunks(IN_OPERANDS_MAX).map(part).collect())
            }
            _ => lookup.condition(),
        },
        Filter::All(filters) => Condition::And(filters.iter().map(condition).collect()),
        Filter::Any(filters) => Condition::Or(filters.iter().map(condition).collect()),
        Filter::Not(filter) => condition(filter).negate(),
        // Found before planning begins.
        Filter::Invalid(_) => Condition::Or(Vec::new()),
    }
}

/// The names of the attributes that a filter looks at.
pub(super) fn attributes_of(filter: &Filter, names: &mut Vec<Name>) {
    match filter {
        Filter::Lookup(lookup) => {
            let other = match &lookup.operator {
                LookupOperator::Field(_, other) => Some(other),
                _ => None,
            };
            for path in std::iter::once(&lookup.path).chain(other) {
                if !names.contains(&path.name) {
                    names.push(path.name.clone());
                }
            }
        }
        Filter::All(filters) | Filter::Any(filters) => filters.iter().for_each(|filter| attributes_of(filter, names)),
        Filter::Not(filter) => attributes_of(filter, names),
        Filter::Invalid(_) => {}
    }
}
