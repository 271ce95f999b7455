//! The length of an expression's text. A plan has no text; what counts is what a driver sends of it.

use djamodb_core::expression::{Path, Renderer};

use crate::error::{Invalid, Kind};

/// The longest text of an expression, in bytes.
const TEXT_BYTES_MAX: usize = 4 * 1024;
/// What a placeholder takes at most, with what separates it from the next.
pub(crate) const PLACEHOLDER_BYTES_MAX: usize = 8;
/// What an operator or a function takes at most, with its parentheses.
pub(crate) const OPERATOR_BYTES_MAX: usize = 32;

/// What a path takes at most.
pub(crate) fn path_bytes_max(path: &Path) -> usize {
    PLACEHOLDER_BYTES_MAX * (1 + path.steps.len())
}

/// Whether the text that `render` writes is short enough. It is written only when it might not be: when `bytes_max`, which it
/// does not pass, is too much.
pub(crate) fn within(
    kind: Kind,
    bytes_max: usize,
    render: impl FnOnce(&mut Renderer) -> String,
) -> Result<(), Invalid> {
    if bytes_max <= TEXT_BYTES_MAX {
        return Ok(());
    }
    let bytes = render(&mut Renderer::new()).len();
    if bytes > TEXT_BYTES_MAX { Err(Invalid::ExpressionTooLong { kind, bytes }) } else { Ok(()) }
}
