//! What a `Query` or a `Scan` gives back.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::Select;

/// The select and the projection expression. The service takes the one or the other: with an expression,
/// `SPECIFIC_ATTRIBUTES` goes without saying.
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
