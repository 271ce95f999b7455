//! What a plan does and costs, for people and for programs.

use std::fmt;

use serde::Serialize;

use super::units::ITEM_BYTES_ASSUMED;
use super::{Access, Branch, Purpose, ReadPlan, ReadUnits};
use crate::expression::{Condition, KeyCondition};
use crate::plan::{BatchGetItem, GetItem, Query, Select};
use crate::value::Item;

/// How many branches of a plan are written out.
const BRANCHES_SHOWN_MAX: usize = 4;

/// What a plan does and costs.
///
/// `Display` writes one line for each node, what it reads from indented below it, and a last line on index and cost;
/// `serde` gives the same as data.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Explain {
    /// What is done, from the result inwards.
    pub plan: Node,
    /// The index that is read: its name, or `table`.
    pub index: String,
    /// Why that index.
    pub index_reason: &'static str,
    /// How many requests it takes.
    pub requests: RequestClass,
    /// About how many read units it takes: of the first page where there are several, with items of 1 KB.
    pub read_units_estimate: ReadUnits,
    /// The most read units that one request can take.
    pub read_units_max_per_request: ReadUnits,
    /// What is unlikely to be meant, or costs more than it seems.
    pub warnings: Vec<String>,
}

/// One step of a plan.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Node {
    /// What it does: an operation of DynamoDB, or a step on this side.
    pub operation: &'static str,
    /// With what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// What it works on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Node>,
}

/// One thing to know of a step.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Detail {
    /// What it tells of: `key condition`.
    pub name: &'static str,
    /// What it is.
    pub value: String,
}

/// How many requests a plan takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestClass {
    /// None.
    None,
    /// Exactly one.
    One,
    /// One for each page, until there is enough or nothing more.
    Pages,
    /// This many, one after the other, as long as more is wanted.
    FanOut(usize),
    /// This many partitions or parts of them, each read in pages.
    FanOutOfPages(usize),
}

impl Explain {
    /// Explains a plan.
    pub fn new(plan: &ReadPlan) -> Self {
        let (root, requests, estimate, max) = match &plan.access {
            Access::Empty(reason) => (
                Node::new("Nothing", [("because", (*reason).to_owned())]),
                RequestClass::None,
                ReadUnits::ZERO,
                ReadUnits::ZERO,
            ),
            Access::Get(single) => (
                get_node(&single.get),
                RequestClass::One,
                ReadUnits::eventual(ITEM_BYTES_ASSUMED),
                ReadUnits::item_max(),
            ),
            Access::Keys(batch) => {
                let count = batch.keys.len();
                let mut node =
                    Node::new("BatchGetItem", [("table", batch.table.to_string()), ("keys", keys_text(&batch.keys))]);
                node = checked(node, batch.residual.as_ref());
                let requests = match count.div_ceil(BatchGetItem::KEYS_MAX) {
                    1 => RequestClass::One,
                    several => RequestClass::FanOut(several),
                };
                let per_request = count.min(BatchGetItem::KEYS_MAX);
                let estimate = ReadUnits::eventual(ITEM_BYTES_ASSUMED).times(count);
                (node, requests, estimate, ReadUnits::item_max().times(per_request))
            }
            Access::Queries(branches) => queries_node(plan, branches),
        };
        let mut node = root;
        if let (Some(limit), false) = (plan.limit, matches!(plan.access, Access::Empty(_))) {
            node = node.inside("Limit", [("results", limit.to_string())]);
        }
        node = match plan.purpose {
            Purpose::Items => node,
            Purpose::Keys => node.inside("Keys", []),
            Purpose::Count => node.inside("Count", []),
            Purpose::Exists => node.inside("Exists", []),
        };
        Self {
            plan: node,
            index: plan.index.clone(),
            index_reason: plan.index_reason,
            requests,
            read_units_estimate: estimate,
            read_units_max_per_request: max,
            warnings: warnings(plan),
        }
    }
}

fn queries_node(plan: &ReadPlan, branches: &[Branch]) -> (Node, RequestClass, ReadUnits, ReadUnits) {
    let shown = branches
        .iter()
        .take(BRANCHES_SHOWN_MAX)
        .map(|branch| checked(query_node(&branch.query), branch.residual.as_ref()));
    let mut inputs: Vec<Node> = shown.collect();
    if branches.len() > BRANCHES_SHOWN_MAX {
        inputs.push(Node::new("Query", [("and", format!("{} more like these", branches.len() - BRANCHES_SHOWN_MAX))]));
    }
    let pushed = plan.limit.filter(|_| branches.iter().all(Branch::reads_only_results));
    let single = is_one_item(plan, branches);
    let requests = match (branches.len(), pushed.is_some() || single) {
        (1, true) => RequestClass::One,
        (1, false) => RequestClass::Pages,
        (several, true) => RequestClass::FanOut(several),
        (several, false) => RequestClass::FanOutOfPages(several),
    };
    let (estimate, max) = match pushed {
        _ if single => (ReadUnits::eventual(ITEM_BYTES_ASSUMED), ReadUnits::item_max()),
        Some(limit) => {
            let page = ReadUnits::eventual(ITEM_BYTES_ASSUMED.saturating_mul(limit)).min(ReadUnits::page_max());
            (page, ReadUnits::item_max().times(limit).min(ReadUnits::page_max()))
        }
        None => (ReadUnits::eventual(crate::value::size::PAGE_BYTES_MAX), ReadUnits::page_max()),
    };
    let node = if inputs.len() == 1 {
        inputs.swap_remove(0)
    } else {
        Node { operation: "In turn", details: Vec::new(), inputs }
    };
    (node, requests, estimate, max)
}

/// Whether the whole key of the table is known, so that there is at most one item to read.
fn is_one_item(plan: &ReadPlan, branches: &[Branch]) -> bool {
    let [branch] = branches else { return false };
    let KeyCondition { hash, range } = &branch.query.key_condition;
    branch.query.index.is_none()
        && hash.len() + range.len() == plan.table_key.len()
        && range.iter().all(|(_, condition)| matches!(condition, crate::expression::RangeCondition::Eq(_)))
}

fn get_node(get: &GetItem) -> Node {
    Node::new("GetItem", [("table", get.table.to_string()), ("key", key_text(&get.key))])
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
    match &query.select {
        Some(Select::Specific(projection)) => details.push(("projection", projection.to_string())),
        Some(Select::Count) => details.push(("select", "count".to_owned())),
        Some(Select::AllAttributes) => details.push(("select", "all attributes, fetched from the table".to_owned())),
        Some(Select::AllProjectedAttributes) | None => {}
    }
    if let Some(start) = &query.exclusive_start_key {
        details.push(("after", key_text(start)));
    }
    details.push(("order", if query.forward { "ascending" } else { "descending" }.to_owned()));
    Node::new("Query", details)
}

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
    let mut warnings = Vec::new();
    let (filtered, residual) = match &plan.access {
        Access::Queries(branches) => (
            branches.iter().any(|branch| branch.query.filter.is_some()),
            branches.iter().any(|branch| branch.residual.is_some()),
        ),
        Access::Keys(batch) => (false, batch.residual.is_some()),
        Access::Empty(_) | Access::Get(_) => (false, false),
    };
    if plan.limit.is_some() && (filtered || residual) {
        warnings.push(
            "the limit counts results, and items that are dropped are read and paid for too: pages are read in full"
                .to_owned(),
        );
    } else if filtered {
        warnings.push("items that the filter drops are read and paid for too".to_owned());
    }
    warnings
}

impl Node {
    fn new(operation: &'static str, details: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let details = details.into_iter().map(|(name, value)| Detail { name, value }).collect();
        Self { operation, details, inputs: Vec::new() }
    }

    fn inside<const N: usize>(self, operation: &'static str, details: [(&'static str, String); N]) -> Self {
        Self { inputs: vec![self], ..Self::new(operation, details) }
    }

    /// The operation and its details on one line, without steps around it.
    pub(crate) fn summary(&self) -> String {
        if let [input] = self.inputs.as_slice() {
            return input.summary();
        }
        let details = self.details.iter().map(|Detail { name, value }| format!("{name} {value}"));
        format!("{} {}", self.operation, details.collect::<Vec<_>>().join("; "))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        write!(f, "{:1$}{2}", "", 2 * depth, self.operation)?;
        for (at, Detail { name, value }) in self.details.iter().enumerate() {
            f.write_str(if at == 0 { " " } else { "; " })?;
            match *name {
                // What these are is plain from the value.
                "table" | "results" | "condition" | "order" => f.write_str(value)?,
                name => write!(f, "{name}: {value}")?,
            }
        }
        writeln!(f)?;
        self.inputs.iter().try_for_each(|input| input.write(f, depth + 1))
    }
}

impl fmt::Display for RequestClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no request"),
            Self::One => f.write_str("one request"),
            Self::Pages => f.write_str("one request a page"),
            Self::FanOut(count) => write!(f, "up to {count} requests"),
            Self::FanOutOfPages(count) => write!(f, "{count} queries, one request a page"),
        }
    }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plan.write(f, 0)?;
        write!(f, "{}", self.requests)?;
        if self.requests != RequestClass::None {
            let (estimate, max) = (self.read_units_estimate, self.read_units_max_per_request);
            match self.requests {
                RequestClass::One => write!(f, ", about {estimate} read units, at most {max}")?,
                _ => write!(f, ", each about {estimate} read units, at most {max}")?,
            }
            write!(f, "; index: {} ({})", self.index, self.index_reason)?;
        }
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        Ok(())
    }
}
