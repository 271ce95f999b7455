//! Descriptions of plans, for people and for programs.

mod batches;
mod combined;
mod cost;
mod expressions;
mod node;
mod operations;
mod transactions;
mod writes;

pub use combined::ExplainOperand;
pub use cost::{Cost, RequestClass};
pub use expressions::Expressions;
pub use node::{Detail, Node};

use std::fmt;

use self::operations::{checked, get_node, hydrated, keys_node, query_node, scan_node};
use super::index_reason::source;
use super::{Access, IndexReason, PartitionQuery, ReadPlan, RejectedIndex, ResultKind};
use crate::value::Name;

/// Maximum number of similar inputs of a node that are shown.
const INPUTS_SHOWN_MAX: usize = 4;
/// Operation of the node that limits the rate of requests.
const RATE_LIMIT: &str = "Rate limit";

/// The description of a plan: its steps and its cost.
///
/// `Display` writes the tree of steps, one line for each [`Node`] with its inputs indented below it. A line about cost and
/// index follows, then the indexes that are not used, then the warnings. With the feature `serde`, it serialises as
/// the same data, together with the expressions of each request as they are sent.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::Weather;
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
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Explain {
    /// The outermost step. Its inputs are the steps before it.
    pub plan: Node,
    /// The cost of all requests.
    pub cost: Cost,
    /// Name of the index that is read. `None` if the table is read, or if the operands of a union differ: then
    /// `index_reason` is [`IndexReason::Operands`].
    pub index: Option<Name>,
    /// The reason for reading it.
    pub index_reason: IndexReason,
    /// The indexes that were not chosen. Empty if the planner had no choice, or reads the table.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub rejected: Vec<RejectedIndex>,
    /// The operands of a union, if they differ in the index that they read or in the reason.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub operands: Vec<ExplainOperand>,
    /// Properties of the plan that cost more than is obvious, each with advice.
    pub warnings: Vec<String>,
}

impl Explain {
    /// Describes a plan.
    pub(crate) fn new(plan: &ReadPlan) -> Self {
        let mut node = match &plan.access {
            Access::Empty(reason) => Node::new("Empty result", [("reason", reason.to_string())]),
            Access::Get(get) => get_node(get),
            Access::Keys(batch) => checked(keys_node(batch), batch.residual.as_ref()),
            Access::Queries(queries) => queries_node(queries),
            Access::Scan(scan_plan) => checked(scan_node(&scan_plan.scan), scan_plan.residual.as_ref()),
        };
        if let Some(hydration) = &plan.hydration {
            node = hydrated(node, hydration);
        }
        let is_empty = matches!(plan.access, Access::Empty(_));
        if let (Some(limit), false) = (plan.limit, is_empty) {
            let in_pages = matches!(plan.access, Access::Queries(_) | Access::Scan(_));
            let pushed_down = if in_pages && plan.reads_only_results() { ", pushed down" } else { "" };
            node = node.inside("Limit", [("results", format!("{limit}{pushed_down}"))]);
        }
        node = match plan.result_kind {
            ResultKind::Items => node,
            ResultKind::Keys | ResultKind::LastKey => node.inside("Keys", []),
            ResultKind::Count => node.inside("Count", []),
            ResultKind::Exists => node.inside("Exists", []),
        };
        if let (Some(units_per_second), false) = (plan.units_per_second, is_empty) {
            node = node.rate_limited(units_per_second);
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

    /// Returns `true` if the plan sends requests.
    pub(crate) fn sends_requests(&self) -> bool {
        self.cost.requests != RequestClass::None
    }
}

fn queries_node(queries: &[PartitionQuery]) -> Node {
    let node = |part: &PartitionQuery| checked(query_node(&part.query), part.residual.as_ref());
    match queries {
        [query] => node(query),
        queries => Node { inputs: shown(queries.iter().map(node), 0), ..Node::new("Sequentially", []) },
    }
}

/// Returns the first of several similar steps and, if there are more, a step that states their number. `more` steps beyond
/// `nodes` are counted as well.
fn shown(nodes: impl ExactSizeIterator<Item = Node>, more: usize) -> Vec<Node> {
    let more = nodes.len().saturating_sub(INPUTS_SHOWN_MAX) + more;
    let mut shown: Vec<Node> = nodes.take(INPUTS_SHOWN_MAX).collect();
    if let (Some(first), true) = (shown.first(), more > 0) {
        shown.push(Node::more(first.innermost().operation, more));
    }
    shown
}

fn warnings(plan: &ReadPlan) -> Vec<String> {
    let hydrates = plan.hydration.is_some().then(|| {
        "the index lacks attributes that are read, so each item is read again from the table; project the attributes into \
         the index to avoid it"
            .to_owned()
    });
    reading_warning(plan).into_iter().chain(hydrates).collect()
}

fn reading_warning(plan: &ReadPlan) -> Option<String> {
    if let Access::Scan(scan_plan) = &plan.access {
        let part = if scan_plan.scan.segment.is_some() { "one segment" } else { "all" };
        return Some(format!(
            "a scan reads {part} of {} and consumes read units for every item; name a hash key to read less",
            source(plan.index.as_ref())
        ));
    }
    if plan.reads_only_results() || Cost::of(plan).requests == RequestClass::One {
        return None;
    }
    let advice = "an index whose key the lookups name reads less";
    Some(match plan.limit {
        Some(_) => format!(
            "pages are read in full until enough items match, and items that do not match consume read units, too; {advice}"
        ),
        None => format!("items that do not match are read and consume read units, too; {advice}"),
    })
}

/// Returns the indexes that were not chosen. Reading the table needs no justification.
fn rejected(plan: &ReadPlan) -> Vec<RejectedIndex> {
    if plan.index.is_none() { Vec::new() } else { plan.rejected.clone() }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.plan, self.cost)?;
        if self.sends_requests() {
            write_index(f, self.index.as_ref(), &self.index_reason, &self.rejected)?;
        }
        for (at, operand) in self.operands.iter().enumerate() {
            write!(f, "\noperand {}: {operand}", at + 1)?;
        }
        self.warnings.iter().try_for_each(|warning| write!(f, "\nwarning: {warning}"))
    }
}

fn write_index(
    f: &mut fmt::Formatter<'_>,
    index: Option<&Name>,
    reason: &IndexReason,
    rejected: &[RejectedIndex],
) -> fmt::Result {
    match (reason, index) {
        (IndexReason::Writes, _) => {}
        (IndexReason::Operands, _) => write!(f, "; index: {reason}")?,
        (_, None) => write!(f, "; index: table ({reason})")?,
        (_, Some(index)) => write!(f, "; index: {index} ({reason})")?,
    }
    rejected.iter().try_for_each(|RejectedIndex { index, reason }| match index {
        None => write!(f, "\ntable not used: {reason}"),
        Some(index) => write!(f, "\nindex {index} not used: {reason}"),
    })
}
