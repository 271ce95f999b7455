//! What a plan does and costs, for people and for programs.

mod combined;
mod cost;
mod expressions;
mod node;
mod operations;
mod writes;

pub use combined::ExplainOperand;
pub use cost::{Cost, RequestClass};
pub use expressions::Expressions;
pub use node::{Detail, Node};

use std::fmt;

use serde::Serialize;

use self::operations::{checked, get_node, hydrated, keys_node, query_node, scan_node};
use super::{Access, PartitionQuery, ReadPlan, RejectedIndex, ResultKind};

/// How many queries of a plan are written out.
const INPUTS_SHOWN_MAX: usize = 4;
/// The step that keeps to a rate.
const RATE_LIMIT: &str = "Rate limit";

/// What a plan does and costs.
///
/// `Display` writes one line for each node, what it reads from indented below it, then a line on cost and index, then the
/// warnings; `serde` gives the same as data, and with each request its expressions word for word.
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
#[non_exhaustive]
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
    pub rejected: Vec<RejectedIndex>,
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
            Access::Keys(batch) => checked(keys_node(batch), batch.residual.as_ref()),
            Access::Queries(queries) => queries_node(queries),
            Access::Scan(scan_plan) => checked(scan_node(&scan_plan.scan), scan_plan.residual.as_ref()),
        };
        if let Some(hydration) = &plan.hydration {
            node = hydrated(node, hydration);
        }
        if let (Some(limit), false) = (plan.limit, matches!(plan.access, Access::Empty(_))) {
            let in_pages = matches!(plan.access, Access::Queries(_) | Access::Scan(_));
            let pushed = in_pages && plan.reads_only_results();
            let how = if pushed { ", pushed down" } else { "" };
            node = node.inside("Limit", [("results", format!("{limit}{how}"))]);
        }
        node = match plan.result_kind {
            ResultKind::Items => node,
            ResultKind::Keys | ResultKind::LastKey => node.inside("Keys", []),
            ResultKind::Count => node.inside("Count", []),
            ResultKind::Exists => node.inside("Exists", []),
        };
        if let (Some(units), false) = (plan.units_per_second, matches!(plan.access, Access::Empty(_))) {
            node = node.rate_limited(units);
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

fn queries_node(queries: &[PartitionQuery]) -> Node {
    let node = |part: &PartitionQuery| checked(query_node(&part.query), part.residual.as_ref());
    match queries {
        [query] => node(query),
        queries => Node { inputs: shown(queries.iter().map(node), 0), ..Node::new("In turn", []) },
    }
}

/// The first few of many steps that are alike, which as many more may follow.
fn shown(nodes: impl ExactSizeIterator<Item = Node>, more: usize) -> Vec<Node> {
    let more = nodes.len().saturating_sub(INPUTS_SHOWN_MAX) + more;
    let mut shown: Vec<Node> = nodes.take(INPUTS_SHOWN_MAX).collect();
    if let (Some(first), true) = (shown.first(), more > 0) {
        let operation = first.innermost().operation;
        shown.push(Node::new(operation, [("and", format!("{more} more like these"))]));
    }
    shown
}

fn warnings(plan: &ReadPlan) -> Vec<String> {
    let mut warnings = reading_warnings(plan);
    if plan.hydration.is_some() {
        warnings.push("each item is read once more, from the table, as the index lacks something of it".to_owned());
    }
    warnings
}

fn reading_warnings(plan: &ReadPlan) -> Vec<String> {
    if let Access::Scan(scan_plan) = &plan.access {
        let of = if scan_plan.scan.segment.is_some() { "a segment of everything" } else { "everything" };
        return vec![format!("a scan reads {of} in the {}, and all of it is paid for", what(&plan.index))];
    }
    let drops = !plan.reads_only_results();
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
fn rejected(plan: &ReadPlan) -> Vec<RejectedIndex> {
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

fn write_index(f: &mut fmt::Formatter<'_>, index: &str, reason: &str, rejected: &[RejectedIndex]) -> fmt::Result {
    write!(f, "; index: {index} ({reason})")?;
    rejected.iter().try_for_each(|RejectedIndex { index, reason }| write!(f, "\nnot {index}: {reason}"))
}
