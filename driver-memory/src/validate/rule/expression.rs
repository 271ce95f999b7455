//! An expression of a request, and its error in the words of the service.

use djamodb_core::expression::{
    Condition, ExpressionFault, ExpressionKind, KeyCondition, ParseError, Parser, ProjectionExpression, Renderer,
    Update,
};

use super::value;
use crate::error::ValidationError;

/// An expression of a request.
#[derive(Clone, Copy)]
pub(crate) enum Expression<'a> {
    Condition(&'a Condition),
    Filter(&'a Condition),
    KeyCondition(&'a KeyCondition),
    Projection(&'a ProjectionExpression),
    Update(&'a Update),
}

impl Expression<'_> {
    pub(crate) const fn kind(self) -> ExpressionKind {
        match self {
            Self::Condition(_) => ExpressionKind::Condition,
            Self::Filter(_) => ExpressionKind::Filter,
            Self::KeyCondition(_) => ExpressionKind::KeyCondition,
            Self::Projection(_) => ExpressionKind::Projection,
            Self::Update(_) => ExpressionKind::Update,
        }
    }

    pub(crate) fn render(self, renderer: &mut Renderer) -> String {
        match self {
            Self::Condition(condition) | Self::Filter(condition) => renderer.condition(condition),
            Self::KeyCondition(condition) => renderer.key_condition(condition),
            Self::Projection(projection) => renderer.projection(projection),
            Self::Update(update) => renderer.update(update),
        }
    }
}

/// Returns the error of invalid expressions, in the order in which drivers send them. `found` is a fault of them.
///
/// An expression can have several faults, of which the service reports the one that its parser meets first. A valid request is checked as
/// trees; of an invalid one, the text is parsed.
pub(crate) fn error<'a>(
    expressions: impl IntoIterator<Item = Expression<'a>>,
    found: ValidationError,
) -> ValidationError {
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
            ValidationError::ExpressionTooLong { kind, bytes }
        }
        Err(invalid) => invalid.into(),
        Ok(()) => found,
    }
}
