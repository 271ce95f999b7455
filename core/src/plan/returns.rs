//! What writes give back.

use serde::{Deserialize, Serialize};

/// What `PutItem` and `DeleteItem` give back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum ReturnOld {
    /// Nothing (`NONE`).
    #[default]
    None,
    /// The item as it was before (`ALL_OLD`).
    AllOld,
}

/// What `UpdateItem` gives back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum ReturnValues {
    /// Nothing (`NONE`).
    #[default]
    None,
    /// The item before (`ALL_OLD`).
    AllOld,
    /// What was changed, as it was before (`UPDATED_OLD`).
    UpdatedOld,
    /// The item after (`ALL_NEW`).
    AllNew,
    /// What was changed, as it is after (`UPDATED_NEW`).
    UpdatedNew,
}

/// Whether a failed condition tells the item that made it fail (`ReturnValuesOnConditionCheckFailure`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum OldItemOnFailure {
    /// The error says only that the condition failed (`NONE`).
    #[default]
    None,
    /// The error carries the item (`ALL_OLD`).
    AllOld,
}
