//! [DescribeTimeToLive](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html).

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// Tells by which attribute a table's items expire.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeTimeToLive {
    /// The table.
    pub table: Name,
}

/// What [`DescribeTimeToLive`] gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeTimeToLiveOutput {
    /// Whether items expire.
    pub status: TimeToLiveStatus,
    /// The attribute that holds when; nothing when items do not expire.
    pub attribute: Option<Name>,
}

/// Whether items expire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TimeToLiveStatus {
    /// They are about to.
    Enabling,
    /// They do.
    Enabled,
    /// They are about to expire no longer.
    Disabling,
    /// They do not.
    Disabled,
}

impl DescribeTimeToLive {
    /// Describes a table's time to live.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
