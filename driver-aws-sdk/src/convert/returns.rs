//! Values that a write returns.

use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use djamodb_core::plan::{OldItemOnFailure, ReturnOld, ReturnValues};

// `NONE` is the service's default. It is left out of requests, because some servers that speak DynamoDB's API do not know the
// parameters.

pub(crate) fn old(returned: ReturnOld) -> Option<ReturnValue> {
    match returned {
        ReturnOld::None => None,
        ReturnOld::AllOld => Some(ReturnValue::AllOld),
    }
}

pub(crate) fn values(returned: ReturnValues) -> Option<ReturnValue> {
    match returned {
        ReturnValues::None => None,
        ReturnValues::AllOld => Some(ReturnValue::AllOld),
        ReturnValues::UpdatedOld => Some(ReturnValue::UpdatedOld),
        ReturnValues::AllNew => Some(ReturnValue::AllNew),
        ReturnValues::UpdatedNew => Some(ReturnValue::UpdatedNew),
    }
}

pub(crate) fn on_failure(returned: OldItemOnFailure) -> Option<ReturnValuesOnConditionCheckFailure> {
    match returned {
        OldItemOnFailure::None => None,
        OldItemOnFailure::AllOld => Some(ReturnValuesOnConditionCheckFailure::AllOld),
    }
}
