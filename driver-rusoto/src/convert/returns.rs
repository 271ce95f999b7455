//! Values that a write returns.

use djamodb_core::plan::{OldItemOnFailure, ReturnOld, ReturnValues};

// `NONE` is what an absent parameter means. It is not sent, since not all that speak DynamoDB's protocol know it.

pub(crate) fn old(returned: ReturnOld) -> Option<String> {
    match returned {
        ReturnOld::None => None,
        ReturnOld::AllOld => Some("ALL_OLD".to_owned()),
    }
}

pub(crate) fn values(returned: ReturnValues) -> Option<String> {
    let name = match returned {
        ReturnValues::None => return None,
        ReturnValues::AllOld => "ALL_OLD",
        ReturnValues::UpdatedOld => "UPDATED_OLD",
        ReturnValues::AllNew => "ALL_NEW",
        ReturnValues::UpdatedNew => "UPDATED_NEW",
    };
    Some(name.to_owned())
}

/// Converts the parameter of a transaction's action. rusoto's inputs of single writes lack it.
pub(crate) fn on_failure(returned: OldItemOnFailure) -> Option<String> {
    match returned {
        OldItemOnFailure::None => None,
        OldItemOnFailure::AllOld => Some("ALL_OLD".to_owned()),
    }
}
