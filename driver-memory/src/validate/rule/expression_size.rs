//! Limits of an expression: the number of its operators and the length of the text that a driver sends.

use djamodb_core::expression::{ExpressionKind, ExpressionSize, Renderer};
use djamodb_core::service::limits::{EXPRESSION_BYTES_MAX, OPERATORS_MAX};

use crate::error::ValidationError;

/// Checks the number of operators and the length of the text that `render` returns. The text is rendered only if the upper
/// bound in `size` exceeds the limit.
pub(crate) fn check(
    kind: ExpressionKind,
    size: ExpressionSize,
    render: impl FnOnce(&mut Renderer) -> String,
) -> Result<(), ValidationError> {
    if size.operators > OPERATORS_MAX {
        return Err(ValidationError::TooManyOperators(kind));
    }
    if size.text_bytes_max <= EXPRESSION_BYTES_MAX {
        return Ok(());
    }
    let bytes = render(&mut Renderer::new()).len();
    if bytes > EXPRESSION_BYTES_MAX { Err(ValidationError::ExpressionTooLong { kind, bytes }) } else { Ok(()) }
}
