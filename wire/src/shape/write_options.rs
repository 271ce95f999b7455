//! The members of writes of one item that say what they return.

use djamodb_core::plan::{OldItemOnFailure, ReturnConsumedCapacity, ReturnValues};

use super::{capacity, item_collection, returns};
use crate::json::Text;
use crate::violations::Violations;

/// The members as they are sent.
pub(crate) struct SentWriteOptions {
    pub(crate) return_values: Option<Text>,
    pub(crate) return_values_on_condition_check_failure: Option<Text>,
    pub(crate) return_consumed_capacity: Option<Text>,
    pub(crate) return_item_collection_metrics: Option<Text>,
}

/// The members as plans have them.
pub(crate) struct WriteOptions {
    pub(crate) return_values: ReturnValues,
    pub(crate) old_item_on_failure: OldItemOnFailure,
    pub(crate) return_consumed_capacity: ReturnConsumedCapacity,
    pub(crate) return_item_collection_metrics: bool,
}

impl SentWriteOptions {
    pub(crate) fn read(self, violations: &mut Violations) -> WriteOptions {
        let on_failure = self.return_values_on_condition_check_failure;
        WriteOptions {
            return_values: returns::read(self.return_values, violations),
            old_item_on_failure: returns::read_on_failure(
                on_failure,
                "returnValuesOnConditionCheckFailure",
                violations,
            ),
            return_consumed_capacity: capacity::read_return(self.return_consumed_capacity, violations),
            return_item_collection_metrics: item_collection::read_return(
                self.return_item_collection_metrics,
                violations,
            ),
        }
    }
}
