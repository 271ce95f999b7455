//! [UpdateTimeToLive](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html).

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// Says which attribute holds when an item expires, in seconds since 1970, or that none does any longer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UpdateTimeToLive {
    /// The table.
    pub table: Name,
    /// The attribute.
    pub attribute: Name,
    /// Whether items expire by it.
    pub enabled: bool,
}

/// What [`UpdateTimeToLive`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct UpdateTimeToLiveOutput {}

impl UpdateTimeToLive {
    /// Lets items expire by an attribute.
    pub fn enable(table: impl Into<Name>, attribute: impl Into<Name>) -> Self {
        Self { table: table.into(), attribute: attribute.into(), enabled: true }
    }

    /// Lets items expire no longer; the attribute is the one by which they do.
    pub fn disable(table: impl Into<Name>, attribute: impl Into<Name>) -> Self {
        Self { table: table.into(), attribute: attribute.into(), enabled: false }
    }
}
