//! Descriptions of writes that follow a read, or stand in its place.

use super::operations::keys_text;
use super::{Cost, Explain, Expressions, Node, RATE_LIMIT};
use crate::expression::{Condition, Update};
use crate::planner::{IndexReason, Request};
use crate::value::{Item, describe_key};

impl Explain {
    /// Describes writes of named keys, each under the condition that the item matches.
    pub(crate) fn of_named_writes(
        request: &Request,
        named: &[(Item, Condition)],
        operation: &'static str,
        update: Option<&Update>,
    ) -> Self {
        let keys: Vec<Item> = named.iter().map(|(key, _)| key.clone()).collect();
        let (name, keys_named) = match keys.as_slice() {
            [key] => ("key", describe_key(key)),
            keys => ("keys", keys_text(keys)),
        };
        let same = named.first().map(|(_, first)| first).filter(|first| named.iter().all(|(_, other)| other == *first));
        let condition = same.map_or_else(|| "of each key".to_owned(), ToString::to_string);
        let target = [("table", request.schema.table.name.to_string()), (name, keys_named)];
        let edits = update.map(|update| ("update", update.to_string()));
        let details = target.into_iter().chain(edits).chain([("condition", condition)]);
        let write = Node::new(operation, details).with_expressions(Expressions::of_write(update, same));
        let warning = "nothing is read: an item that is missing, or does not match, consumes the write units of a failed condition, 1 per KB; \
                       a write also consumes 1 write unit per KB in every index that changes";
        Self {
            plan: match request.units_per_second {
                Some(units_per_second) => write.rate_limited(units_per_second),
                None => write,
            },
            cost: Cost::of_named_writes(keys.len()),
            index: None,
            index_reason: IndexReason::Writes,
            rejected: Vec::new(),
            operands: Vec::new(),
            warnings: vec![warning.to_owned()],
        }
    }

    /// Adds a step that writes the items whose keys are read. A plan that reads nothing writes nothing, and is unchanged.
    pub(crate) fn then_writes(self, write: Node) -> Self {
        if !self.sends_requests() {
            return self;
        }
        // The rate limit applies to the writes as well.
        let plan = match self.plan.operation {
            RATE_LIMIT => self.plan.with_input(|read| read.within(write)),
            _ => self.plan.within(write),
        };
        let mut explain = Self { plan, ..self };
        explain.warnings.push(
            "each matching item is also written, which consumes 1 write unit per KB in the table and in every index that \
             changes"
                .to_owned(),
        );
        explain
    }
}
