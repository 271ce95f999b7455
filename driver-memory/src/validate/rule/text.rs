//! The size of an expression: the number of its operators and the length of the text that a driver sends of it.

use djamodb_core::expression::{ExpressionSize, Renderer};
use djamodb_core::service::limits::{EXPRESSION_BYTES_MAX, OPERATORS_MAX};

use crate::error::{Invalid, Kind};

/// Refuses an expression with too many operators or too long a text. The text is rendered only when its upper bound exceeds
/// the limit.
pub(crate) fn within(
    kind: Kind,
    size: ExpressionSize,
    render: impl FnOnce(&mut Renderer) -> String,
) -> Result<(), Invalid> {
    if size.operators > OPERATORS_MAX {
        return Err(Invalid::TooManyOperators(kind));
    }
    if size.text_bytes_max <= EXPRESSION_BYTES_MAX {
        return Ok(());
    }
    let bytes = render(&mut Renderer::new()).len();
    if bytes > EXPRESSION_BYTES_MAX { Err(Invalid::ExpressionTooLong { kind, bytes }) } else { Ok(()) }
}
