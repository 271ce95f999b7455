//! Placement of lookups that are not part of a key condition: in the filter expression, or in the residual on the client.

use std::borrow::Cow;

use super::fold::{Conjuncts, odd};
use super::limits;
use crate::expression::{Condition, Operand};
use crate::model::{Filter, IndexMeta};
use crate::schema::KeySchema;
use crate::service::limits::IN_OPERANDS_MAX;
use crate::value::Name;

/// Conditions by the place where they are evaluated.
#[derive(Debug, Default)]
pub(super) struct FilterPlacement {
    /// Evaluated by the service.
    pub(super) filter: Vec<Condition>,
    /// Evaluated on the client.
    pub(super) residual: Vec<Condition>,
    /// Attributes that a global index does not hold, so that the lookups on them cannot be evaluated on its items.
    pub(super) lacking: Vec<Name>,
}

impl FilterPlacement {
    /// Places lookups, all of which must be true, for a `Query`. The service rejects a filter on key attributes of what is
    /// queried.
    pub(super) fn for_query(conjuncts: Conjuncts<'_>, index: &IndexMeta, table_key: &KeySchema) -> Self {
        Self::place(conjuncts, index, table_key, |name| index.key.contains(name))
    }

    /// Places lookups for a `Scan`, whose filter may contain key attributes. The filter of a scan treats attributes that a
    /// local index does not hold as missing, so lookups on them are evaluated on the client here, too.
    pub(super) fn for_scan(conjuncts: Conjuncts<'_>, index: &IndexMeta, table_key: &KeySchema) -> Self {
        Self::place(conjuncts, index, table_key, |_| false)
    }

    fn place(
        conjuncts: Conjuncts<'_>,
        index: &IndexMeta,
        table_key: &KeySchema,
        is_rejected: impl Fn(&str) -> bool,
    ) -> Self {
        let mut placement = Self { filter: Vec::with_capacity(conjuncts.len()), ..Self::default() };
        for conjunct in conjuncts {
            let mut lacking = attributes_of(&conjunct).filter(|name| !index.holds(name, table_key)).peekable();
            if lacking.peek().is_some() && !index.local {
                for name in lacking {
                    if !placement.lacking.contains(name) {
                        placement.lacking.push(name.clone());
                    }
                }
            } else if lacking.peek().is_some() || attributes_of(&conjunct).any(|name| is_rejected(name)) {
                placement.residual.push(condition(&conjunct));
            } else {
                placement.filter.push(condition(&conjunct));
            }
        }
        let fitting = limits::fitting(&placement.filter);
        placement.residual.extend(placement.filter.drain(fitting..));
        placement
    }

    /// Places all lookups on the client, for `GetItem` and `BatchGetItem`, which have no filter expression.
    pub(super) fn client_side(conjuncts: &[Cow<'_, Filter>]) -> Self {
        Self { residual: conjuncts.iter().map(|conjunct| condition(conjunct)).collect(), ..Self::default() }
    }
}

/// Returns the conditions joined by `AND`, or `None` if there are none.
pub(super) fn conjunction(mut conditions: Vec<Condition>) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Condition::And(conditions)),
    }
}

/// Returns a filter as a condition. A list of values that is too long for one `IN` becomes several, joined by `OR`.
pub(super) fn condition(filter: &Filter) -> Condition {
    match filter {
        Filter::Lookup(lookup) => match lookup.operator.listed() {
            Some(values) if values.len() > IN_OPERANDS_MAX => {
                let part = |values: &[_]| {
                    let operands = values.iter().cloned().map(Operand::Value).collect();
                    Condition::In(lookup.operand(), operands)
                };
                Condition::Or(values.chunks(IN_OPERANDS_MAX).map(part).collect())
            }
            _ => lookup.condition(),
        },
        Filter::All(filters) => Condition::And(filters.iter().map(condition).collect()),
        Filter::Any(filters) => Condition::Or(filters.iter().map(condition).collect()),
        Filter::Not(filter) => condition(filter).negate(),
        Filter::Odd(filters) => condition(&odd(filters)),
        // `check_filter` reports it before planning begins.
        Filter::Invalid(_) => Condition::Or(Vec::new()),
    }
}

/// Returns the names of the attributes of a filter, in the order in which it names them.
pub(super) fn attributes_of(filter: &Filter) -> impl Iterator<Item = &Name> {
    filter.lookups().flat_map(|lookup| std::iter::once(&lookup.path).chain(lookup.other_path())).map(|path| &path.name)
}
