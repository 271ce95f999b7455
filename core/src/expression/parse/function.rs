//! The functions of expressions, and the places where they are allowed.

use super::ExpressionFault;
use super::syntax::{Grammar, Place};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Function {
    AttributeExists,
    AttributeNotExists,
    AttributeType,
    BeginsWith,
    Contains,
    Size,
    IfNotExists,
    ListAppend,
}

impl Function {
    const ALL: [Self; 8] = [
        Self::AttributeExists,
        Self::AttributeNotExists,
        Self::AttributeType,
        Self::BeginsWith,
        Self::Contains,
        Self::Size,
        Self::IfNotExists,
        Self::ListAppend,
    ];

    /// Returns the function of a name, whose letters are small.
    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::AttributeExists => "attribute_exists",
            Self::AttributeNotExists => "attribute_not_exists",
            Self::AttributeType => "attribute_type",
            Self::BeginsWith => "begins_with",
            Self::Contains => "contains",
            Self::Size => "size",
            Self::IfNotExists => "if_not_exists",
            Self::ListAppend => "list_append",
        }
    }

    const fn grammar(self) -> Grammar {
        match self {
            Self::IfNotExists | Self::ListAppend => Grammar::Value,
            _ => Grammar::Condition,
        }
    }

    const fn is_allowed_as(self, place: Place) -> bool {
        match self {
            Self::Size => matches!(place, Place::Operand),
            Self::IfNotExists => true,
            // The other functions of conditions are conditions, and `list_append` is a whole value.
            _ => matches!(place, Place::Whole),
        }
    }

    /// Returns the function of a name at a place of an expression.
    ///
    /// # Errors
    ///
    /// - [`ExpressionFault::UnknownFunction`] if no function has the name,
    /// - [`ExpressionFault::FunctionOfOtherKind`] if the function belongs to another kind of expressions,
    /// - [`ExpressionFault::FunctionPlace`] if the function is not allowed at the place.
    pub(super) fn at(name: &str, grammar: Grammar, place: Place) -> Result<Self, ExpressionFault> {
        let function = Self::of(name).ok_or_else(|| ExpressionFault::UnknownFunction { function: name.into() })?;
        if function.grammar() != grammar {
            let place = match grammar {
                Grammar::Condition => "a condition",
                Grammar::Value => "an update",
            };
            return Err(ExpressionFault::FunctionOfOtherKind { place, function: function.name() });
        }
        if !function.is_allowed_as(place) {
            return Err(ExpressionFault::FunctionPlace { function: function.name() });
        }
        Ok(function)
    }
}
