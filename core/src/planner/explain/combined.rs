//! Descriptions of several plans as one.

use std::fmt;

use super::{Cost, Explain, Node, RequestClass, shown, write_index};
use crate::planner::{IndexReason, RejectedIndex};
use crate::value::Name;

/// One operand of a union: its cost and its index.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ExplainOperand {
    /// The cost of its requests.
    pub cost: Cost,
    /// Name of the index that is read; `None` for the table.
    pub index: Option<Name>,
    /// The reason for reading it.
    pub index_reason: IndexReason,
    /// The indexes that were not chosen. Empty if the planner had no choice, or reads the table.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub rejected: Vec<RejectedIndex>,
}

impl Explain {
    /// Combines the descriptions of several plans, whose steps become the inputs of `node`. Equal warnings appear once.
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
        match common_choice(&operands) {
            Some(ExplainOperand { index, index_reason, rejected, .. }) => {
                Self { plan, cost, index, index_reason, rejected, operands: Vec::new(), warnings }
            }
            None => Self {
                plan,
                cost,
                index: None,
                index_reason: IndexReason::Operands,
                rejected: Vec::new(),
                operands,
                warnings,
            },
        }
    }

    /// Combines the descriptions of similar plans. Only the first few are shown. `more` further plans, which are not in
    /// `each`, cost as much as the last one.
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

/// Returns the first operand that sends requests, if all such operands read the same index for the same reason.
fn common_choice(operands: &[ExplainOperand]) -> Option<ExplainOperand> {
    let mut sending = operands.iter().filter(|operand| operand.cost.requests != RequestClass::None);
    let first = sending.next().or(operands.first())?;
    let choice =
        |operand: &ExplainOperand| (operand.index.clone(), operand.index_reason.clone(), operand.rejected.clone());
    sending.all(|operand| choice(operand) == choice(first)).then(|| first.clone())
}

impl fmt::Display for ExplainOperand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cost.fmt(f)?;
        match self.cost.requests {
            RequestClass::None => Ok(()),
            _ => write_index(f, self.index.as_ref(), &self.index_reason, &self.rejected),
        }
    }
}
