//! What a `Query` or a `Scan` gives back.

use aws_sdk_dynamodb::types::Select as SdkSelect;
use djamodb_core::expression::Renderer;
use djamodb_core::plan::Select;

/// The select and the projection expression. The service takes the one or the other: with an expression,
/// `SPECIFIC_ATTRIBUTES` goes without saying.
pub(crate) fn to_sdk(select: Option<&Select>, renderer: &mut Renderer) -> (Option<SdkSelect>, Option<String>) {
    match select {
        None => (None, None),
        Some(Select::AllAttributes) => (Some(SdkSelect::AllAttributes), None),
        Some(Select::AllProjectedAttributes) => (Some(SdkSelect::AllProjectedAttributes), None),
        Some(Select::Count) => (Some(SdkSelect::Count), None),
        Some(Select::SpecificAttributes(projection)) => (None, Some(renderer.projection(projection))),
    }
}
