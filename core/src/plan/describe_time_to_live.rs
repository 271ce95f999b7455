//! The [DescribeTimeToLive](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html)
//! operation: returns the time-to-live setting of a table.

use crate::value::Name;

/// A request for the time-to-live setting of a table.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeTimeToLive {
    /// The table.
    pub table: Name,
}

/// The output of [`DescribeTimeToLive`].
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeTimeToLiveOutput {
    /// Status of the setting.
    pub status: TimeToLiveStatus,
    /// Attribute that holds the expiry time of an item; `None` if items do not expire.
    pub attribute: Option<Name>,
}

/// The status of a time-to-live setting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
#[non_exhaustive]
pub enum TimeToLiveStatus {
    /// Time to live is being enabled.
    Enabling,
    /// Items expire.
    Enabled,
    /// Time to live is being disabled.
    Disabling,
    /// Items do not expire.
    Disabled,
}

impl DescribeTimeToLive {
    /// Creates a request for the time-to-live setting of `table`.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
