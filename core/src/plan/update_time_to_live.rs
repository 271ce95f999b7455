//! The [UpdateTimeToLive](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html)
//! operation: turns time to live on or off.

use crate::value::Name;

/// A request that enables or disables the expiry of items by an attribute, which holds a time in seconds since 1970.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateTimeToLive {
    /// The table.
    pub table: Name,
    /// Attribute that holds the expiry time.
    pub attribute: Name,
    /// `true` to enable time to live, `false` to disable it.
    pub enabled: bool,
}

/// The output of [`UpdateTimeToLive`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateTimeToLiveOutput {}

impl UpdateTimeToLive {
    /// Creates a request that lets items expire at the time in `attribute`.
    pub fn enable(table: impl Into<Name>, attribute: impl Into<Name>) -> Self {
        Self { table: table.into(), attribute: attribute.into(), enabled: true }
    }

    /// Creates a request that stops the expiry of items. `attribute` is the one that is enabled now.
    pub fn disable(table: impl Into<Name>, attribute: impl Into<Name>) -> Self {
        Self { table: table.into(), attribute: attribute.into(), enabled: false }
    }
}
