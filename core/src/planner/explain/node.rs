//! The steps of a plan.

use std::fmt;

use super::{Expressions, RATE_LIMIT};

/// One step of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Node {
    /// Name of a DynamoDB operation, or of a step on the client.
    pub operation: &'static str,
    /// The parameters of the step.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub details: Vec<Detail>,
    /// The expressions of the request as they are sent, if it has any.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub expressions: Option<Expressions>,
    /// The steps whose results this step uses.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub inputs: Vec<Node>,
}

/// One parameter of a step.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Detail {
    /// Name of the parameter, for example `key condition`.
    pub name: &'static str,
    /// Value of the parameter as text.
    pub value: String,
}

impl Node {
    pub(crate) fn new(operation: &'static str, details: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let details = details.into_iter().map(|(name, value)| Detail { name, value }).collect();
        Self { operation, details, expressions: None, inputs: Vec::new() }
    }

    /// Creates the step that stands for `count` further steps of the same shape.
    pub(super) fn more(operation: &'static str, count: usize) -> Self {
        let steps = match (operation, count) {
            ("Query", 1) => "query".to_owned(),
            ("Query", _) => "queries".to_owned(),
            ("Scan", 1) => "scan".to_owned(),
            ("Scan", _) => "scans".to_owned(),
            (_, 1) => format!("{operation} request"),
            _ => format!("{operation} requests"),
        };
        Self::new(operation, [("more", format!("{count} more {steps} of the same shape"))])
    }

    pub(crate) fn with_expressions(self, expressions: Option<Expressions>) -> Self {
        Self { expressions, ..self }
    }

    /// Returns a new step with this one as its input.
    pub(crate) fn inside(
        self,
        operation: &'static str,
        details: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        self.within(Self::new(operation, details))
    }

    /// Returns `step` with this one as its input.
    pub(crate) fn within(self, step: Self) -> Self {
        Self { inputs: vec![self], ..step }
    }

    /// Returns the step of a rate limit with this one as its input.
    pub(crate) fn rate_limited(self, units_per_second: f64) -> Self {
        let unit = if units_per_second.to_bits() == 1.0_f64.to_bits() { "unit" } else { "units" };
        self.inside(RATE_LIMIT, [("rate", format!("at most {units_per_second} {unit} per second"))])
    }

    /// Replaces the last input by the result of `change`.
    pub(super) fn with_input(mut self, change: impl FnOnce(Self) -> Self) -> Self {
        if let Some(input) = self.inputs.pop() {
            self.inputs.push(change(input));
        }
        self
    }

    /// Returns the innermost step on one line.
    pub(crate) fn summary(&self) -> String {
        self.innermost().line()
    }

    /// Returns the first step without inputs, which sends a request.
    pub(super) fn innermost(&self) -> &Self {
        self.inputs.first().map_or(self, Self::innermost)
    }

    fn line(&self) -> String {
        let mut line = self.operation.to_owned();
        for (at, Detail { name, value }) in self.details.iter().enumerate() {
            match *name {
                "more" => return value.clone(),
                // The operation alone says what these are.
                "reason" | "rate" | "condition" if at == 0 => line.push_str(": "),
                "table" | "results" | "of" if at == 0 => line.push(' '),
                "by" if at == 0 => line.push_str(" by "),
                // These values need no name.
                "order" | "fetch" => line.push_str("; "),
                name => {
                    line.push_str(if at == 0 { " " } else { "; " });
                    line.push_str(name);
                    line.push_str(": ");
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_further_steps_in_singular_and_plural() {
        assert_eq!(Node::more("Query", 5).to_string(), "5 more queries of the same shape\n");
        assert_eq!(Node::more("Query", 1).to_string(), "1 more query of the same shape\n");
        assert_eq!(Node::more("Scan", 2).to_string(), "2 more scans of the same shape\n");
        assert_eq!(Node::more("GetItem", 2).to_string(), "2 more GetItem requests of the same shape\n");
    }
}
