//! Values that writes return.

use djamodb_core::plan::{OldItemOnFailure, ReturnOld, ReturnValues};

use crate::error::RequestError;
use crate::json::Text;
use crate::violations::Violations;

/// Returns the value of `ReturnValues`.
pub(crate) fn read(text: Option<Text>, violations: &mut Violations) -> ReturnValues {
    let values = [
        ("ALL_NEW", ReturnValues::AllNew),
        ("UPDATED_OLD", ReturnValues::UpdatedOld),
        ("ALL_OLD", ReturnValues::AllOld),
        ("NONE", ReturnValues::None),
        ("UPDATED_NEW", ReturnValues::UpdatedNew),
    ];
    violations.one_of("returnValues", text, &values).unwrap_or_default()
}

/// Returns the value of `ReturnValues` for an operation that returns old items only.
pub(crate) fn old_only(values: ReturnValues) -> Result<ReturnOld, RequestError> {
    match values {
        ReturnValues::None => Ok(ReturnOld::None),
        ReturnValues::AllOld => Ok(ReturnOld::AllOld),
        _ => Err(RequestError::validation("ReturnValues can only be ALL_OLD or NONE")),
    }
}

/// Returns `None` for `NONE`, the service's default.
pub(crate) fn write(values: ReturnValues) -> Option<Text> {
    let text = match values {
        ReturnValues::None => return None,
        ReturnValues::AllOld => "ALL_OLD",
        ReturnValues::UpdatedOld => "UPDATED_OLD",
        ReturnValues::AllNew => "ALL_NEW",
        ReturnValues::UpdatedNew => "UPDATED_NEW",
    };
    Some(Text(text.to_owned()))
}

/// Returns `None` for `NONE`, the service's default.
pub(crate) fn write_old(values: ReturnOld) -> Option<Text> {
    (values == ReturnOld::AllOld).then(|| Text("ALL_OLD".to_owned()))
}

/// Returns the value of `ReturnValuesOnConditionCheckFailure`. `member` is its path in the request.
pub(crate) fn read_on_failure(text: Option<Text>, member: &str, violations: &mut Violations) -> OldItemOnFailure {
    let values = [("ALL_OLD", OldItemOnFailure::AllOld), ("NONE", OldItemOnFailure::None)];
    violations.one_of(member, text, &values).unwrap_or_default()
}

/// Returns `None` for `NONE`, the service's default.
pub(crate) fn write_on_failure(old: OldItemOnFailure) -> Option<Text> {
    (old == OldItemOnFailure::AllOld).then(|| Text("ALL_OLD".to_owned()))
}
