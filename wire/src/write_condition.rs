//! Conditions of writes of one item.

use djamodb_core::expression::{Condition, Parser};

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, Map, Text};
use crate::legacy::{self, Expected, Junction, SentExpected};
use crate::violations::Violations;

/// The condition of a write: an expression, or legacy parameters.
pub(crate) struct WriteCondition {
    expected: Option<SentExpected>,
    operator: Option<Junction>,
    expression: Option<Text>,
}

impl WriteCondition {
    /// Reads the operators of a condition.
    pub(crate) fn read(
        expected: Option<Map<Element<Expected>>>,
        operator: Option<Text>,
        expression: Option<Text>,
        violations: &mut Violations,
    ) -> Self {
        let operator = legacy::operator(operator, violations);
        let expected = expected.map(|expected| legacy::expected(expected, violations));
        Self { expected, operator, expression }
    }

    /// Returns the parameter of the expression.
    pub(crate) fn parameter(&self) -> Parameter {
        Parameter::new("ConditionExpression", self.expression.as_ref())
    }

    /// Returns the legacy parameters.
    pub(crate) fn legacy_parameters(&self) -> [Parameter; 2] {
        [
            Parameter::new("Expected", self.expected.as_ref()),
            Parameter::new("ConditionalOperator", self.operator.as_ref()),
        ]
    }

    /// Returns the condition of the legacy parameters.
    pub(crate) fn of_legacy(&mut self) -> Result<Option<Condition>, RequestError> {
        legacy::condition_of(self.expected.take(), self.operator.take())
    }

    /// Parses the expression.
    pub(crate) fn parse(&self, parser: &mut Parser<'_>) -> Result<Option<Condition>, RequestError> {
        Ok(self.expression.as_ref().map(|Text(text)| parser.condition(text)).transpose()?)
    }

    /// Returns the condition of a request that has no other expression.
    pub(crate) fn only(mut self, placeholders: SentPlaceholders) -> Result<Option<Condition>, RequestError> {
        match self.of_legacy()? {
            Some(condition) => Ok(Some(condition)),
            None => expressions::parse(placeholders, |parser| self.parse(parser)),
        }
    }
}
