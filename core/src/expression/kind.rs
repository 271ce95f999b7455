//! The kinds of expressions.

use std::fmt;

/// The kind of an expression in a request, by the parameter that holds its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExpressionKind {
    /// `ConditionExpression`
    Condition,
    /// `FilterExpression`
    Filter,
    /// `KeyConditionExpression`
    KeyCondition,
    /// `ProjectionExpression`
    Projection,
    /// `UpdateExpression`
    Update,
}

impl ExpressionKind {
    /// Returns `true` for expressions that hold or not: all but projections and updates.
    pub(super) const fn is_condition(self) -> bool {
        matches!(self, Self::Condition | Self::Filter | Self::KeyCondition)
    }
}

/// Writes the name of the parameter, such as `FilterExpression`.
impl fmt::Display for ExpressionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Condition => "ConditionExpression",
            Self::Filter => "FilterExpression",
            Self::KeyCondition => "KeyConditionExpression",
            Self::Projection => "ProjectionExpression",
            Self::Update => "UpdateExpression",
        })
    }
}
