//! Attributes that a `Query` or a `Scan` returns.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::Select;

/// Returns the `Select` parameter and the projection expression, of which at most one is set. A projection expression implies
/// `SPECIFIC_ATTRIBUTES`.
pub(crate) fn to_rusoto(select: Option<&Select>, renderer: &mut Renderer) -> (Option<String>, Option<String>) {
    let name = match select {
        None => return (None, None),
        Some(Select::SpecificAttributes(projection)) => return (None, Some(renderer.projection(projection))),
        Some(Select::AllAttributes) => "ALL_ATTRIBUTES",
        Some(Select::AllProjectedAttributes) => "ALL_PROJECTED_ATTRIBUTES",
        Some(Select::Count) => "COUNT",
    };
    (Some(name.to_owned()), None)
}
