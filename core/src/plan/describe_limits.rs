//! [DescribeLimits](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html).

use serde::{Deserialize, Serialize};

/// Tells how much capacity an account may set aside.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DescribeLimits {}

/// What [`DescribeLimits`] gives: read and write units a second.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DescribeLimitsOutput {
    /// Read units of all tables of the account together.
    pub account_max_read_capacity_units: u64,
    /// Write units of all tables of the account together.
    pub account_max_write_capacity_units: u64,
    /// Read units of one table with its global indexes.
    pub table_max_read_capacity_units: u64,
    /// Write units of one table with its global indexes.
    pub table_max_write_capacity_units: u64,
}
