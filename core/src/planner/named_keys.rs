//! Reads whose lookups name the whole keys of items, which a method that writes them need not make.

use super::recheck::conditions_of_keys;
use super::{Access, ReadPlan, Request, ResultKind, limits};
use crate::expression::Condition;
use crate::value::Item;

/// The keys that the lookups of a request name, each once, and the condition under which the item of each matches.
pub(crate) type NamedKeys = Vec<(Item, Condition)>;

impl ReadPlan {
    /// Returns the keys that a read of keys names, if a write under a condition has the same effect as a read and a write: the keys are those
    /// of the table, no limit selects among the items, and each condition fits one expression. A key that the lookups rule out is left out.
    pub(crate) fn named_keys(&self, request: &Request) -> Option<NamedKeys> {
        if self.result_kind != ResultKind::Keys || self.index.is_some() {
            return None;
        }
        let schema = request.schema;
        let (keys, lookups) = match &self.access {
            Access::Empty(_) => (Vec::new(), [None, None]),
            Access::Get(get) => (vec![get.key.clone()], [None, None]),
            Access::Keys(batch) => (batch.keys.clone(), [batch.residual.as_ref(), None]),
            Access::Queries(queries) => {
                let [partition] = queries.as_slice() else { return None };
                let key = partition.query.key_condition.named_key()?;
                let is_whole = schema.table.key.names().all(|name| key.contains_key(name));
                if !is_whole || partition.query.exclusive_start_key.is_some() {
                    return None;
                }
                (vec![key], [partition.query.filter.as_ref(), partition.residual.as_ref()])
            }
            Access::Scan(_) => return None,
        };
        if self.limit.is_some_and(|limit| limit < keys.len()) {
            return None;
        }
        // The planner adds the discriminator to the lookups where other models can have items of these keys.
        let discriminator = schema.discriminator.as_ref().filter(|discriminator| {
            let mut paths = lookups.iter().flatten().flat_map(|condition| condition.paths());
            paths.any(|path| path.as_attribute() == Some(&discriminator.attribute))
        });
        let named = conditions_of_keys(request, keys, discriminator);
        let fits = |(_, condition): &(Item, Condition)| limits::fit(std::slice::from_ref(condition));
        named.iter().all(fits).then_some(named)
    }
}
