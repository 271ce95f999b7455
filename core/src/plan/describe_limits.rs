//! The [DescribeLimits](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html)
//! operation: returns the capacity quotas of the account.

/// A request for the provisioned capacity that the account may use in the region.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeLimits {}

/// The output of [`DescribeLimits`], in units per second.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeLimitsOutput {
    /// Maximum read units of all tables of the account together.
    pub account_max_read_capacity_units: u64,
    /// Maximum write units of all tables of the account together.
    pub account_max_write_capacity_units: u64,
    /// Maximum read units of one table with its global indexes.
    pub table_max_read_capacity_units: u64,
    /// Maximum write units of one table with its global indexes.
    pub table_max_write_capacity_units: u64,
}
