//! Steps that are operations of DynamoDB, and steps around them.

use super::{Expressions, Node};
use crate::expression::{Condition, ProjectionExpression};
use crate::plan::{BatchGetItem, GetItem, Query, Scan, Segment, Select};
use crate::planner::{Hydration, KeyBatch};
use crate::value::{Item, describe_key};

pub(super) fn get_node(get: &GetItem) -> Node {
    let consistent = get.consistent.then(|| ("read", "consistent".to_owned()));
    let details = [("table", get.table.to_string()), ("key", describe_key(&get.key))];
    let projection = get.projection.as_ref();
    let details = details.into_iter().chain(projected(projection)).chain(consistent);
    Node::new("GetItem", details).with_expressions(Expressions::of_read(None, None, projection))
}

pub(super) fn keys_node(batch: &KeyBatch) -> Node {
    let details = [("table", batch.table.to_string()), ("keys", keys_text(&batch.keys))];
    let projection = batch.projection.as_ref();
    let details = details.into_iter().chain(projected(projection));
    Node::new("BatchGetItem", details).with_expressions(Expressions::of_read(None, None, projection))
}

pub(super) fn projected(projection: Option<&ProjectionExpression>) -> Option<(&'static str, String)> {
    projection.map(|projection| ("projection", projection.to_string()))
}

pub(super) fn query_node(query: &Query) -> Node {
    let mut details = vec![("table", query.table.to_string())];
    if let Some(index) = &query.index {
        details.push(("index", index.to_string()));
    }
    details.push(("key condition", query.key_condition.to_string()));
    if let Some(filter) = &query.filter {
        details.push(("filter", filter.to_string()));
    }
    details.extend(given(query.select.as_ref(), query.exclusive_start_key.as_ref(), query.consistent));
    details.push(("order", if query.forward { "ascending" } else { "descending" }.to_owned()));
    let (key_condition, projection) = (Some(&query.key_condition), query.select.as_ref().and_then(Select::projection));
    let expressions = Expressions::of_read(key_condition, query.filter.as_ref(), projection);
    Node::new("Query", details).with_expressions(expressions)
}

pub(super) fn scan_node(scan: &Scan) -> Node {
    let mut details = vec![("table", scan.table.to_string())];
    if let Some(index) = &scan.index {
        details.push(("index", index.to_string()));
    }
    if let Some(filter) = &scan.filter {
        details.push(("filter", filter.to_string()));
    }
    details.extend(given(scan.select.as_ref(), scan.exclusive_start_key.as_ref(), scan.consistent));
    if let Some(Segment { segment, total_segments }) = scan.segment {
        details.push(("segment", format!("{segment} of {total_segments}")));
    }
    details.push(("order", "unordered".to_owned()));
    let expressions =
        Expressions::of_read(None, scan.filter.as_ref(), scan.select.as_ref().and_then(Select::projection));
    Node::new("Scan", details).with_expressions(expressions)
}

/// Returns the parameters that queries and scans have in common.
fn given(
    select: Option<&Select>,
    start: Option<&Item>,
    consistent: bool,
) -> impl Iterator<Item = (&'static str, String)> {
    let select = match select {
        Some(Select::SpecificAttributes(projection)) => Some(("projection", projection.to_string())),
        Some(Select::Count) => Some(("select", "count".to_owned())),
        Some(Select::AllAttributes) => Some(("select", "all attributes, fetched from the table".to_owned())),
        Some(Select::AllProjectedAttributes) | None => None,
    };
    let start = start.map(|start| ("after", describe_key(start)));
    let consistent = consistent.then(|| ("read", "consistent".to_owned()));
    select.into_iter().chain(start).chain(consistent)
}

/// Adds the step that evaluates the residual on the client.
pub(super) fn checked(node: Node, residual: Option<&Condition>) -> Node {
    match residual {
        None => node,
        Some(residual) => node.inside("Residual", [("condition", residual.to_string())]),
    }
}

/// Adds the step that fetches items from the table.
pub(super) fn hydrated(node: Node, hydration: &Hydration) -> Node {
    let batches = format!("BatchGetItem, {} keys per request", BatchGetItem::KEYS_MAX);
    let details = [("table", hydration.table.to_string()), ("fetch", batches)];
    let projection = hydration.projection.as_ref();
    let check = hydration.check.as_ref().map(|check| ("check", check.to_string()));
    let expressions = Expressions::of_read(None, None, projection);
    node.within(
        Node::new("Hydrate", details.into_iter().chain(projected(projection)).chain(check))
            .with_expressions(expressions),
    )
}

pub(super) fn keys_text(keys: &[Item]) -> String {
    match keys {
        [first, last] => format!("2, ({}) and ({})", describe_key(first), describe_key(last)),
        [first, .., last] => format!("{}, from ({}) to ({})", keys.len(), describe_key(first), describe_key(last)),
        [key] => format!("1, ({})", describe_key(key)),
        [] => "0".to_owned(),
    }
}
