//! Limits of an expression: the number of its operators and the length of the text that a driver sends.

use djamodb_core::expression::{ExpressionKind, ExpressionSize, Renderer};
use djamodb_core::service::limits::{EXPRESSION_BYTES_MAX, OPERATORS_MAX};

use super::expression::Expression;
use crate::error::ValidationError;

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
