//! Where the generated code finds djamodb.

use syn::{Path, parse_quote};

use crate::once::Once;

/// The path of `crate = "…"`, or of the facade.
pub(crate) fn path(option: &Once<Path>) -> Path {
    option.get().cloned().unwrap_or_else(|| parse_quote!(::djamodb))
}
