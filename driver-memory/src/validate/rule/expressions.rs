//! The check of all expressions of a request by themselves.

use djamodb_core::expression::{ExpressionFault, ExpressionKind, ParseError, Parser, Renderer};

use super::expression::Expression;
use super::{condition, key_condition, projection, update, value};
use crate::error::ValidationError;

/// Checks the expressions of a request, in the order in which drivers send them.
///
/// They can have several faults, of which the service reports the one that its parser meets first. Valid expressions are checked as trees;
/// of invalid ones, the text is parsed.
pub(crate) fn check<const N: usize>(expressions: [Option<Expression<'_>>; N]) -> Result<(), ValidationError> {
    let checked = expressions.iter().enumerate().try_for_each(|(at, expression)| {
        let before = expressions.iter().take(at).flatten().copied();
        match expression {
            None => Ok(()),
            Some(Expression::Condition(condition)) => condition::request(ExpressionKind::Condition, before, condition),
            Some(Expression::Filter(filter)) => condition::request(ExpressionKind::Filter, before, filter),
            Some(Expression::KeyCondition(condition)) => key_condition::request(condition),
            Some(Expression::Projection(projection)) => projection::request(before, projection),
            Some(Expression::Update(update)) => update::request(update),
        }
    });
    checked.map_err(|found| error(expressions.into_iter().flatten(), found))
}

/// Returns the error of invalid expressions. `found` is a fault of them.
fn error<'a>(expressions: impl IntoIterator<Item = Expression<'a>>, found: ValidationError) -> ValidationError {
    let mut renderer = Renderer::new();
    // An update without actions is sent without an expression.
    let is_sent = |expression: &Expression<'_>| !matches!(expression, Expression::Update(update) if update.is_empty());
    let mut texts: Vec<(ExpressionKind, String)> = expressions
        .into_iter()
        .filter(is_sent)
        .map(|expression| (expression.kind(), expression.render(&mut renderer)))
        .collect();
    // The service parses the key condition of a query last.
    texts.sort_by_key(|(kind, _)| *kind == ExpressionKind::KeyCondition);
    let placeholders = renderer.finish();
    for (placeholder, literal) in &placeholders.values {
        if let Err(ValidationError::ExpressionValue(invalid)) = value::literal(literal) {
            return ValidationError::PlaceholderValue { invalid, placeholder: placeholder.clone() };
        }
    }
    let mut parser = match Parser::new(&placeholders) {
        Ok(parser) => parser,
        Err(invalid) => return invalid.into(),
    };
    let parsed = texts.iter().try_for_each(|(kind, text)| match kind {
        ExpressionKind::Condition => parser.condition(text).map(drop),
        ExpressionKind::Filter => parser.filter(text).map(drop),
        ExpressionKind::KeyCondition => parser.key_condition(text).map(drop),
        ExpressionKind::Projection => parser.projection(text).map(drop),
        ExpressionKind::Update => parser.update(text).map(drop),
    });
    match parsed {
        Err(ParseError::Expression { kind, fault: ExpressionFault::TooLong { bytes } }) => {
            ValidationError::ExpressionTooLong { kind, bytes: bytes.unwrap_or_default() }
        }
        Err(invalid) => invalid.into(),
        Ok(()) => found,
    }
}
