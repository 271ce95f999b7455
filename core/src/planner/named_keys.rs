//! Reads whose lookups name the whole keys of items, which a method that writes them need not make.

use super::{Access, ReadPlan, ResultKind, limits};
use crate::expression::{Condition, KeyCondition, RangeCondition};
use crate::model::ModelSchema;
use crate::value::Item;

/// The keys that the lookups of a request name, and the condition under which an item with one of them matches.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct NamedKeys {
    /// The keys, each once.
    pub(crate) keys: Vec<Item>,
    /// The item exists, and matches the lookups that its key does not decide.
    pub(crate) condition: Condition,
}

impl ReadPlan {
    /// Returns the keys that a read of keys names, if a write under a condition has the same effect as a read and a write: the keys are those
    /// of the table, no limit selects among the items, and the condition fits one expression.
    pub(crate) fn named_keys(&self, schema: &ModelSchema) -> Option<NamedKeys> {
        if self.result_kind != ResultKind::Keys || self.index.is_some() {
            return None;
        }
        let (keys, lookups) = match &self.access {
            Access::Empty(_) => (Vec::new(), [None, None]),
            Access::Get(get) => (vec![get.key.clone()], [None, None]),
            Access::Keys(batch) => (batch.keys.clone(), [batch.residual.as_ref(), None]),
            Access::Queries(queries) => {
                let [partition] = queries.as_slice() else { return None };
                let key = whole_key(&partition.query.key_condition, schema)?;
                if partition.query.exclusive_start_key.is_some() {
                    return None;
                }
                (vec![key], [partition.query.filter.as_ref(), partition.residual.as_ref()])
            }
            Access::Scan(_) => return None,
        };
        if self.limit.is_some_and(|limit| limit < keys.len()) {
            return None;
        }
        let condition = lookups.into_iter().flatten().cloned().fold(schema.item_exists(), Condition::and);
        limits::fit(std::slice::from_ref(&condition)).then_some(NamedKeys { keys, condition })
    }
}

/// Returns the key of the one item that a key condition selects.
fn whole_key(condition: &KeyCondition, schema: &ModelSchema) -> Option<Item> {
    let range = condition.range.iter().map(|(name, condition)| match condition {
        RangeCondition::Eq(value) => Some((name.clone(), value.clone())),
        _ => None,
    });
    let key: Item = condition.hash.iter().cloned().map(Some).chain(range).collect::<Option<_>>()?;
    schema.table.key.names().all(|name| key.contains_key(name)).then_some(key)
}
