//! Limits of an expression: the number of its operators and the length of the text that a driver sends.

use djamodb_core::expression::{
    Condition, ExpressionKind, ExpressionSize, KeyCondition, ProjectionExpression, Renderer, Update,
};
use djamodb_core::service::limits::{EXPRESSION_BYTES_MAX, OPERATORS_MAX};

use crate::error::ValidationError;

/// An expression of a request.
#[derive(Clone, Copy)]
pub(crate) enum Expression<'a> {
    Condition(&'a Condition),
    KeyCondition(&'a KeyCondition),
    Projection(&'a ProjectionExpression),
    Update(&'a Update),
}

impl Expression<'_> {
    fn render(self, renderer: &mut Renderer) -> String {
        match self {
            Self::Condition(condition) => renderer.condition(condition),
            Self::KeyCondition(condition) => renderer.key_condition(condition),
            Self::Projection(projection) => renderer.projection(projection),
            Self::Update(update) => renderer.update(update),
        }
    }
}

/// Checks the number of operators and the length of the text of an expression.
///
/// Drivers number the placeholders of a request throughout, so that the text depends on the expressions `before` this one. It is
/// rendered only if the upper bound in `size` exceeds the limit.
pub(crate) fn check<'a>(
    kind: ExpressionKind,
    size: ExpressionSize,
    before: impl IntoIterator<Item = Expression<'a>>,
    expression: Expression<'_>,
) -> Result<(), ValidationError> {
    if size.operators > OPERATORS_MAX {
        return Err(ValidationError::TooManyOperators(kind));
    }
    if size.text_bytes_max <= EXPRESSION_BYTES_MAX {
        return Ok(());
    }
    let mut renderer = Renderer::new();
    for expression in before {
        expression.render(&mut renderer);
    }
    let bytes = expression.render(&mut renderer).len();
    if bytes > EXPRESSION_BYTES_MAX { Err(ValidationError::ExpressionTooLong { kind, bytes }) } else { Ok(()) }
}
