//! Descriptions of batches of writes.

use super::{Cost, Explain, Node, shown};
use crate::plan::WriteRequest;
use crate::planner::{IndexReason, KeyedWrite};
use crate::value::describe_key;

impl Explain {
    /// Describes writes in batches, one for each request. Without any, no request is sent.
    pub(crate) fn of_batch_write(requests: &[Vec<KeyedWrite>]) -> Self {
        if requests.is_empty() {
            let node = Node::new("Empty batch", [("reason", "it has no writes".to_owned())]);
            return Self::of_node(node, Cost::combined([]), IndexReason::Keys);
        }
        let plan = match requests {
            [writes] => Node { inputs: writes.iter().map(write_node).collect(), ..Node::new("BatchWriteItem", []) },
            several => Node {
                inputs: shown(several.iter().map(|writes| batch_node(writes)), 0),
                ..Node::new("Concurrently", [])
            },
        };
        let mut explain = Self::of_node(plan, Cost::of_batch_write(requests), IndexReason::Writes);
        explain.warnings.push("each index that a write changes consumes 1 write unit per KB more".to_owned());
        explain
    }
}

fn write_node(keyed: &KeyedWrite) -> Node {
    let operation = match keyed.write {
        WriteRequest::Put(_) => "Put",
        WriteRequest::Delete(_) => "Delete",
    };
    Node::new(operation, [("table", keyed.table.to_string()), ("key", describe_key(&keyed.key))])
}

/// Describes a request with many writes by their numbers.
fn batch_node(writes: &[KeyedWrite]) -> Node {
    let count = |put: bool| writes.iter().filter(|keyed| matches!(keyed.write, WriteRequest::Put(_)) == put).count();
    let mut tables: Vec<&str> = Vec::new();
    for keyed in writes {
        if !tables.contains(&keyed.table.as_str()) {
            tables.push(&keyed.table);
        }
    }
    let numbers = [("puts", count(true)), ("deletes", count(false))];
    let numbers = numbers.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name, count.to_string()));
    Node::new("BatchWriteItem", [("table", tables.join(", "))].into_iter().chain(numbers))
}
