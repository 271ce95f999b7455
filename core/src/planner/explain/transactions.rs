//! Descriptions of transactions.

use super::expressions::Expressions;
use super::operations::projected;
use super::{Cost, Explain, Node};
use crate::plan::{TransactGetItems, TransactWriteItem};
use crate::planner::{GuardedPlan, IndexReason, TransactionAction};
use crate::value::{Item, describe_key};

impl Explain {
    /// Describes a transaction that writes. One without actions sends no request.
    pub(crate) fn of_transact_write(actions: &[TransactionAction], plan: &GuardedPlan, token: Option<&str>) -> Self {
        let write = &plan.request(token);
        if write.transact_items.is_empty() {
            return Self::of_empty_transaction();
        }
        let token = write.client_request_token.iter().map(|token| ("token", token.clone()));
        let keys = actions.iter().map(|action| &action.key).chain(plan.guards.iter().map(|guard| &guard.key));
        let inputs = keys.zip(&write.transact_items).map(action_node).collect();
        let mut explain = Self::of_node(
            Node { inputs, ..Node::new("TransactWriteItems", token) },
            Cost::of_transact_write(write),
            IndexReason::Writes,
        );
        explain.warnings.push(
            "each index that an action changes consumes 1 write unit per KB more, and a stored item that is larger than 1 KB 2 \
             units per KB"
                .to_owned(),
        );
        if actions.iter().any(TransactionAction::needs_unique_values) {
            explain.warnings.push(
                "the unique values of stored items are read first, and the guard items of values that change or go are deleted, which \
                 consumes as much as further actions"
                    .to_owned(),
            );
        }
        explain
    }

    /// Describes a transaction that reads. One without keys sends no request.
    pub(crate) fn of_transact_get(get: &TransactGetItems) -> Self {
        if get.transact_items.is_empty() {
            return Self::of_empty_transaction();
        }
        let inputs = get.transact_items.iter().map(|get| {
            let details = [("table", get.table.to_string()), ("key", describe_key(&get.key))];
            Node::new("Get", details.into_iter().chain(projected(get.projection.as_ref())))
        });
        let node = Node { inputs: inputs.collect(), ..Node::new("TransactGetItems", []) };
        Self::of_node(node, Cost::of_transact_get(get), IndexReason::Keys)
    }

    fn of_empty_transaction() -> Self {
        let node = Node::new("Empty transaction", [("reason", "it has no actions".to_owned())]);
        Self::of_node(node, Cost::combined([]), IndexReason::Keys)
    }

    pub(super) fn of_node(plan: Node, cost: Cost, index_reason: IndexReason) -> Self {
        Self { plan, cost, index: None, index_reason, rejected: Vec::new(), operands: Vec::new(), warnings: Vec::new() }
    }
}

fn action_node((key, write): (&Item, &TransactWriteItem)) -> Node {
    let (operation, table, update, condition) = match write {
        TransactWriteItem::Put(put) => ("Put", &put.table, None, put.condition.as_ref()),
        TransactWriteItem::Update(update) => ("Update", &update.table, Some(&update.update), update.condition.as_ref()),
        TransactWriteItem::Delete(delete) => ("Delete", &delete.table, None, delete.condition.as_ref()),
        TransactWriteItem::ConditionCheck(check) => ("ConditionCheck", &check.table, None, Some(&check.condition)),
    };
    let details = [("table", table.to_string()), ("key", describe_key(key))];
    let update_text = update.map(|update| ("update", update.to_string()));
    let condition_text = condition.map(|condition| ("condition", condition.to_string()));
    Node::new(operation, details.into_iter().chain(update_text).chain(condition_text))
        .with_expressions(Expressions::of_write(update, condition))
}
