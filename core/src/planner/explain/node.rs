//! The steps of a plan.

use std::fmt;

use serde::Serialize;

use super::{Expressions, RATE_LIMIT};

/// One step of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Node {
    /// What it does: an operation of DynamoDB, or a step on this side.
    pub operation: &'static str,
    /// With what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// The expressions word for word, of a request that has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expressions: Option<Expressions>,
    /// What it works on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Node>,
}

/// One thing to know of a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Detail {
    /// What it tells of: `key condition`.
    pub name: &'static str,
    /// What it is.
    pub value: String,
}

impl Node {
    pub(crate) fn new(operation: &'static str, details: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let details = details.into_iter().map(|(name, value)| Detail { name, value }).collect();
        Self { operation, details, expressions: None, inputs: Vec::new() }
    }

    pub(crate) fn with_expressions(self, expressions: Option<Expressions>) -> Self {
        Self { expressions, ..self }
    }

    /// A step around this one.
    pub(crate) fn inside(
        self,
        operation: &'static str,
        details: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        self.within(Self::new(operation, details))
    }

    /// The same, of a step that is there already.
    pub(crate) fn within(self, step: Self) -> Self {
        Self { inputs: vec![self], ..step }
    }

    /// Returns the step of a rate limit around this one.
    pub(crate) fn rate_limited(self, units_per_second: f64) -> Self {
        self.inside(RATE_LIMIT, [("rate", format!("{units_per_second} units a second"))])
    }

    /// The same around what its only input becomes.
    pub(super) fn with_input(mut self, change: impl FnOnce(Self) -> Self) -> Self {
        if let Some(input) = self.inputs.pop() {
            self.inputs.push(change(input));
        }
        self
    }

    /// The innermost step on one line.
    pub(crate) fn summary(&self) -> String {
        self.innermost().line()
    }

    /// The innermost step, which asks.
    pub(super) fn innermost(&self) -> &Self {
        self.inputs.first().map_or(self, Self::innermost)
    }

    fn line(&self) -> String {
        let mut line = self.operation.to_owned();
        for (at, Detail { name, value }) in self.details.iter().enumerate() {
            line.push_str(if at == 0 { " " } else { "; " });
            // What these are is plain from the value.
            let is_plain = matches!(*name, "table" | "results" | "rate" | "order" | "of" | "by");
            if !is_plain && (at > 0 || *name != "condition") {
                line.push_str(name);
                line.push_str(": ");
            }
            line.push_str(value);
        }
        line
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        writeln!(f, "{:1$}{2}", "", 2 * depth, self.line())?;
        self.inputs.iter().try_for_each(|input| input.write(f, depth + 1))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}
