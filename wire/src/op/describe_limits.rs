//! [`DescribeLimits`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html): returns the quotas of the
//! account.

use djamodb_core::plan::{DescribeLimitsOutput, Metadata, Outcome};
use serde::{Deserialize, Serialize};

use crate::shape::metadata;

/// The request, which has no members.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct Request {}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    account_max_read_capacity_units: u64,
    account_max_write_capacity_units: u64,
    table_max_read_capacity_units: u64,
    table_max_write_capacity_units: u64,
}

impl Response {
    pub(crate) fn new(output: &DescribeLimitsOutput, _: &Metadata) -> Self {
        Self {
            account_max_read_capacity_units: output.account_max_read_capacity_units,
            account_max_write_capacity_units: output.account_max_write_capacity_units,
            table_max_read_capacity_units: output.table_max_read_capacity_units,
            table_max_write_capacity_units: output.table_max_write_capacity_units,
        }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = DescribeLimitsOutput {
            account_max_read_capacity_units: self.account_max_read_capacity_units,
            account_max_write_capacity_units: self.account_max_write_capacity_units,
            table_max_read_capacity_units: self.table_max_read_capacity_units,
            table_max_write_capacity_units: self.table_max_write_capacity_units,
        };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
