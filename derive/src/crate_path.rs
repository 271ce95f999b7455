//! Path of the crate `djamodb` in generated code.

use syn::{Path, parse_quote};

use crate::unique_option::UniqueOption;

/// Returns the path given as `crate = "…"`, or `::djamodb`.
pub(crate) fn resolve(option: &UniqueOption<Path>) -> Path {
    option.get().cloned().unwrap_or_else(|| parse_quote!(::djamodb))
}
