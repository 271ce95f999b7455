//! Attributes that a `Query` or a `Scan` returns.

use aws_sdk_dynamodb::types::Select as SdkSelect;
use djamodb_core::expression::Renderer;
use djamodb_core::plan::Select;

/// Returns the `Select` parameter and the projection expression, of which at most one is set. A projection expression implies
/// `SPECIFIC_ATTRIBUTES`.
pub(crate) fn to_sdk(select: Option<&Select>, renderer: &mut Renderer) -> (Option<SdkSelect>, Option<String>) {
    match select {
        None => (None, None),
        Some(Select::AllAttributes) => (Some(SdkSelect::AllAttributes), None),
        Some(Select::AllProjectedAttributes) => (Some(SdkSelect::AllProjectedAttributes), None),
        Some(Select::Count) => (Some(SdkSelect::Count), None),
        Some(Select::SpecificAttributes(projection)) => (None, Some(renderer.projection(projection))),
    }
}
