//! The attributes that writes return.

/// The attributes that `PutItem` and `DeleteItem` return (`ReturnValues`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReturnOld {
    /// No attributes (`NONE`).
    #[default]
    None,
    /// The whole item before the write (`ALL_OLD`).
    AllOld,
}

/// The attributes that `UpdateItem` returns (`ReturnValues`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReturnValues {
    /// No attributes (`NONE`).
    #[default]
    None,
    /// The whole item before the update (`ALL_OLD`).
    AllOld,
    /// The updated parts as they were before the update (`UPDATED_OLD`).
    UpdatedOld,
    /// The whole item after the update (`ALL_NEW`).
    AllNew,
    /// The updated parts as they are after the update (`UPDATED_NEW`).
    UpdatedNew,
}

/// The content of the error of a failed condition (`ReturnValuesOnConditionCheckFailure`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum OldItemOnFailure {
    /// The error carries no item (`NONE`).
    #[default]
    None,
    /// The error carries the stored item that did not satisfy the condition (`ALL_OLD`).
    AllOld,
}
