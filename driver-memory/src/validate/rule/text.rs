//! The length limit of expressions. Plans hold expressions as trees; the limit applies to the text that drivers send.

use djamodb_core::expression::{Path, Renderer};

use crate::error::{ExpressionKind, ValidationError};

/// Length of an expression's text at most, in bytes.
const TEXT_BYTES_MAX: usize = 4 * 1024;
/// Upper bound on the length of a placeholder with its separator.
pub(crate) const PLACEHOLDER_BYTES_MAX: usize = 8;
/// Upper bound on the length of an operator or function with its parentheses.
pub(crate) const OPERATOR_BYTES_MAX: usize = 32;

/// Returns an upper bound on the length of a path.
pub(crate) fn path_bytes_max(path: &Path) -> usize {
    PLACEHOLDER_BYTES_MAX * (1 + path.steps.len())
}

/// Checks the length of the text that `render` returns. The text is rendered only if `bytes_max`, an upper bound on its
/// length, exceeds the limit.
pub(crate) fn within(
    kind: ExpressionKind,
    bytes_max: usize,
    render: impl FnOnce(&mut Renderer) -> String,
) -> Result<(), ValidationError> {
    if bytes_max <= TEXT_BYTES_MAX {
        return Ok(());
    }
    let bytes = render(&mut Renderer::new()).len();
    if bytes > TEXT_BYTES_MAX { Err(ValidationError::ExpressionTooLong { kind, bytes }) } else { Ok(()) }
}
