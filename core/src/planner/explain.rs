//! What a plan does and costs, for people and for programs.

mod cost;
mod node;
mod several;
mod writes;

pub use cost::{Cost, RequestClass};
pub use node::{Detail, Node};
pub use several::ExplainOperand;

use std::fmt;

use serde::Serialize;

use super::{Access, Branch, Purpose, ReadPlan, Rejected};
use crate::expression::{Condition, Projection};
use crate::plan::{GetItem, Query, Scan, Segment, Select};
use crate::value::Item;

/// How many branches of a plan are written out.
const BRANCHES_SHOWN_MAX: usize = 4;
/// The step that keeps to a rate.
const RATE_LIMIT: &str = "Rate limit";

/// What a plan does and costs.
///
/// `Display` writes one line for each node, what it reads from indented below it, then a line on cost and index, then the
/// warnings; `serde` gives the same as data.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let day = Weather::objects().set_hash_key("Seattle").filter(Weather::DAY.eq(2));
/// assert_eq!(
///     day.explain()?.to_string(),
///     "GetItem weather; key: day = 2, location = \"Seattle\"\n\
///      one request: about 0.5 read units, at most 50; index: table (no index was given)",
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Explain {
    /// What is done, from the result inwards.
    pub plan: Node,
    /// What it costs.
    pub cost: Cost,
    /// The index that is read: its name, or `table`; several names where the operands of a union read several.
    pub index: String,
    /// Why that index.
    pub index_reason: String,
    /// The indexes that were not chosen, where there was a choice, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Rejected>,
    /// The operands of a union, where they differ in the index that they read, or in why they read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operands: Vec<ExplainOperand>,
    /// What is unlikely to be meant, or costs more than it seems.
    pub warnings: Vec<String>,
}

impl Explain {
    /// Explains a plan.
    pub fn new(plan: &ReadPlan) -> Self {
        let mut node = match &plan.access {
            Access::Empty(reason) => Node::new("Nothing", [("because", (*reason).to_owned())]),
            Access::Get(get) => get_node(get),
            Access::Keys(batch) => {
                let details = [("table", batch.table.to_string()), ("keys", keys_text(&batch.keys))];
                let details = details.into_iter().chain(projected(batch.projection.as_ref()));
                checked(Node::new("BatchGetItem", details), batch.residual.as_ref())
            }
            Access::Queries(branches) => branches_node(branches),
            Access::Scan(sweep) => checked(scan_node(&sweep.scan), sweep.residual.as_ref()),
        };
        if let (Some(limit), false) = (plan.limit, matches!(plan.access, Access::Empty(_))) {
            let pushed = match &plan.access {
                Access::Queries(branches) => branches.iter().all(Branch::reads_only_results),
                Access::Scan(sweep) => sweep.reads_only_results(),
                _ => false,
            };
            let how = if pushed { ", pushed down" } else { "" };
            node = node.inside("Limit", [("results", format!("{limit}{how}"))]);
        }
        node = match plan.purpose {
            Purpose::Items => node,
            Purpose::Keys => node.inside("Keys", []),
            Purpose::Count => node.inside("Count", []),
            Purpose::Exists => node.inside("Exists", []),
        };
        if let (Some(units), false) = (plan.units_per_second, matches!(plan.access, Access::Empty(_))) {
            node = node.inside(RATE_LIMIT, [("rate", format!("{units} units a second"))]);
        }
        Self {
            plan: node,
            cost: Cost::of(plan),
            index: plan.index.clone(),
            index_reason: plan.index_reason.clone(),
            rejected: rejected(plan),
            operands: Vec::new(),
            warnings: warnings(plan),
        }
    }
}

fn branches_node(branches: &[Branch]) -> Node {
    let node = |branch: &Branch| checked(query_node(&branch.query), branch.residual.as_ref());
    match branches {
        [branch] => node(branch),
        branches => Node { inputs: shown(branches.iter().map(node)), ..Node::new("In turn", []) },
    }
}

/// The first few of many steps that are alike.
fn shown(nodes: impl ExactSizeIterator<Item = Node>) -> Vec<Node> {
    let more = nodes.len().saturating_sub(BRANCHES_SHOWN_MAX);
    let mut shown: Vec<Node> = nodes.take(BRANCHES_SHOWN_MAX).collect();
    if let (Some(first), true) = (shown.first(), more > 0) {
        let operation = first.innermost().operation;
        shown.push(Node::new(operation, [("and", format!("{more} more like these"))]));
    }
    shown
}

fn get_node(get: &GetItem) -> Node {
    let consistent = get.consistent.then(|| ("read", "consistent".to_owned()));
    let details = [("table", get.table.to_string()), ("key", key_text(&get.key))];
    Node::new("GetItem", details.into_iter().chain(projected(get.projection.as_ref())).chain(consistent))
}

fn projected(projection: Option<&Projection>) -> Option<(&'static str, String)> {
    projection.map(|projection| ("projection", projection.to_string()))
}

fn query_node(query: &Query) -> Node {
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
    Node::new("Query", details)
}

fn scan_node(scan: &Scan) -> Node {
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
    details.push(("order", "in no order".to_owned()));
    Node::new("Scan", details)
}

/// What queries and scans have in common.
fn given(
    select: Option<&Select>,
    start: Option<&Item>,
    consistent: bool,
) -> impl Iterator<Item = (&'static str, String)> {
    let select = match select {
        Some(Select::Specific(projection)) => Some(("projection", projection.to_string())),
        Some(Select::Count) => Some(("select", "count".to_owned())),
        Some(Select::AllAttributes) => Some(("select", "all attributes, fetched from the table".to_owned())),
        Some(Select::AllProjectedAttributes) | None => None,
    };
    let start = start.map(|start| ("after", key_text(start)));
    let consistent = consistent.then(|| ("read", "consistent".to_owned()));
    select.into_iter().chain(start).chain(consistent)
}

/// A step around another: what is checked on this side.
fn checked(node: Node, residual: Option<&Condition>) -> Node {
    match residual {
        None => node,
        Some(residual) => node.inside("Residual", [("condition", residual.to_string())]),
    }
}

fn key_text(key: &Item) -> String {
    key.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}

fn keys_text(keys: &[Item]) -> String {
    match keys {
        [first, last] => format!("2: {} and {}", key_text(first), key_text(last)),
        [first, .., last] => format!("{}: {} to {}", keys.len(), key_text(first), key_text(last)),
        keys => keys.iter().map(key_text).collect(),
    }
}

fn warnings(plan: &ReadPlan) -> Vec<String> {
    if let Access::Scan(sweep) = &plan.access {
        let of = if sweep.scan.segment.is_some() { "a segment of everything" } else { "everything" };
        return vec![format!("a scan reads {of} in the {}, and all of it is paid for", what(&plan.index))];
    }
    let drops = match &plan.access {
        Access::Queries(branches) => branches.iter().any(|branch| !branch.reads_only_results()),
        Access::Keys(batch) => batch.residual.is_some(),
        Access::Empty(_) | Access::Get(_) | Access::Scan(_) => false,
    };
    let is_single = plan.cost_class() == RequestClass::One;
    match (drops, plan.limit) {
        (true, Some(_)) if !is_single => vec![
            "the limit counts results; pages are read in full until there are enough, and what is dropped is paid for too"
                .to_owned(),
        ],
        (true, None) if !is_single => vec!["what is read and then dropped is paid for too".to_owned()],
        _ => Vec::new(),
    }
}

/// Where an index was chosen, why the others were not. That the table is read by itself needs no word.
fn rejected(plan: &ReadPlan) -> Vec<Rejected> {
    if plan.index == "table" { Vec::new() } else { plan.rejected.clone() }
}

fn what(index: &str) -> String {
    if index == "table" { index.to_owned() } else { format!("index {index}") }
}

impl ReadPlan {
    fn cost_class(&self) -> RequestClass {
        Cost::of(self).requests
    }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.plan, self.cost)?;
        if self.cost.requests != RequestClass::None {
            write_index(f, &self.index, &self.index_reason, &self.rejected)?;
        }
        for (at, operand) in self.operands.iter().enumerate() {
            write!(f, "\noperand {}: {operand}", at + 1)?;
        }
        self.warnings.iter().try_for_each(|warning| write!(f, "\nwarning: {warning}"))
    }
}

fn write_index(f: &mut fmt::Formatter<'_>, index: &str, reason: &str, rejected: &[Rejected]) -> fmt::Result {
    write!(f, "; index: {index} ({reason})")?;
    rejected.iter().try_for_each(|Rejected { index, reason }| write!(f, "\nnot {index}: {reason}"))
}
