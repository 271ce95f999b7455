//! Several plans that are carried out one after the other.

use std::fmt;

use serde::Serialize;

use super::{Cost, Explain, Node, RequestClass, shown, write_index};
use crate::planner::RejectedIndex;

/// One operand of a union: what it costs by itself, and which index it reads.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[non_exhaustive]
pub struct ExplainOperand {
    /// What it costs.
    pub cost: Cost,
    /// The index that is read: its name, or `table`.
    pub index: String,
    /// Why that index.
    pub index_reason: String,
    /// The indexes that were not chosen, where there was a choice, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<RejectedIndex>,
}

impl Explain {
    /// A step around plans of any kind. What is the same of all of them is told once.
    pub(crate) fn combined(node: Node, each: Vec<Self>) -> Self {
        let cost = Cost::combined(each.iter().map(|one| one.cost));
        let mut warnings = Vec::new();
        for warning in each.iter().flat_map(|one| &one.warnings) {
            if !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
        let (inputs, operands): (Vec<Node>, Vec<ExplainOperand>) = each.into_iter().map(Self::into_operand).unzip();
        let plan = Node { inputs, ..node };
        let Some(ExplainOperand { index, index_reason, rejected, .. }) = one_choice(&operands) else {
            let (index, index_reason) = (indexes(&operands), "each operand has its own".to_owned());
            return Self { plan, cost, index, index_reason, rejected: Vec::new(), operands, warnings };
        };
        Self { plan, cost, index, index_reason, rejected, operands: Vec::new(), warnings }
    }

    /// The same around plans that are alike, so that the first few are enough to be shown; as many more follow, and are like the
    /// last of these.
    pub(crate) fn combined_alike(node: Node, each: Vec<Self>, more: usize) -> Self {
        let last = each.last().map(|last| last.cost);
        let mut explain = Self::combined(node, each);
        let rest = last.into_iter().cycle().take(more);
        explain.cost = Cost::combined(std::iter::once(explain.cost).chain(rest));
        explain.plan.inputs = shown(explain.plan.inputs.into_iter(), more);
        explain
    }

    fn into_operand(self) -> (Node, ExplainOperand) {
        let Self { plan, cost, index, index_reason, rejected, .. } = self;
        (plan, ExplainOperand { cost, index, index_reason, rejected })
    }
}

/// What all of them that ask read, if that is the same for the same reasons.
fn one_choice(operands: &[ExplainOperand]) -> Option<ExplainOperand> {
    let mut asking = operands.iter().filter(|operand| operand.cost.requests != RequestClass::None);
    let first = asking.next().or(operands.first())?;
    let choice =
        |operand: &ExplainOperand| (operand.index.clone(), operand.index_reason.clone(), operand.rejected.clone());
    asking.all(|operand| choice(operand) == choice(first)).then(|| first.clone())
}

/// What they read, each once.
fn indexes(operands: &[ExplainOperand]) -> String {
    let mut indexes: Vec<&str> = Vec::new();
    for operand in operands.iter().filter(|operand| operand.cost.requests != RequestClass::None) {
        if !indexes.contains(&operand.index.as_str()) {
            indexes.push(&operand.index);
        }
    }
    indexes.join(", ")
}

impl fmt::Display for ExplainOperand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cost.fmt(f)?;
        match self.cost.requests {
            RequestClass::None => Ok(()),
            _ => write_index(f, &self.index, &self.index_reason, &self.rejected),
        }
    }
}
