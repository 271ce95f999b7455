//! The attributes that a query or a scan returns.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::Select;

use crate::error::RequestError;
use crate::json::Text;
use crate::violations::Violations;

/// The value of `Select`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SentSelect {
    SpecificAttributes,
    Count,
    AllAttributes,
    AllProjectedAttributes,
}

pub(crate) fn read(text: Option<Text>, violations: &mut Violations) -> Option<SentSelect> {
    let values = [
        ("SPECIFIC_ATTRIBUTES", SentSelect::SpecificAttributes),
        ("COUNT", SentSelect::Count),
        ("ALL_ATTRIBUTES", SentSelect::AllAttributes),
        ("ALL_PROJECTED_ATTRIBUTES", SentSelect::AllProjectedAttributes),
    ];
    violations.one_of("select", text, &values)
}

/// Checks that `Select` and the projection agree. `projection` is the name of the parameter that has one.
pub(crate) fn check(select: Option<SentSelect>, projection: Option<&str>) -> Result<(), RequestError> {
    let chosen = match (select, projection) {
        (Some(SentSelect::SpecificAttributes), None) => {
            return Err(RequestError::validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            ));
        }
        (None | Some(SentSelect::SpecificAttributes), _) | (_, None) => return Ok(()),
        (Some(SentSelect::Count), Some(_)) => "only the Count",
        (Some(SentSelect::AllAttributes), Some(_)) => "ALL_ATTRIBUTES",
        (Some(SentSelect::AllProjectedAttributes), Some(_)) => "ALL_PROJECTED_ATTRIBUTES",
    };
    let projection = projection.unwrap_or_default();
    Err(RequestError::validation(format!("Cannot specify the {projection} when choosing to get {chosen}")))
}

/// Returns what is selected.
pub(crate) fn selected(select: Option<SentSelect>, projection: Option<ProjectionExpression>) -> Option<Select> {
    match (select, projection) {
        (_, Some(projection)) => Some(Select::SpecificAttributes(projection)),
        (Some(SentSelect::Count), None) => Some(Select::Count),
        (Some(SentSelect::AllAttributes), None) => Some(Select::AllAttributes),
        (Some(SentSelect::AllProjectedAttributes), None) => Some(Select::AllProjectedAttributes),
        (None | Some(SentSelect::SpecificAttributes), None) => None,
    }
}

/// Returns the value of `Select`. A projection implies `SPECIFIC_ATTRIBUTES`.
pub(crate) fn write(select: Option<&Select>) -> Option<Text> {
    let text = match select? {
        Select::AllAttributes => "ALL_ATTRIBUTES",
        Select::AllProjectedAttributes => "ALL_PROJECTED_ATTRIBUTES",
        Select::Count => "COUNT",
        Select::SpecificAttributes(_) => return None,
    };
    Some(Text(text.to_owned()))
}
