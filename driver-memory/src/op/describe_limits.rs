//! `DescribeLimits`: the quotas of a new AWS account, which the driver does not enforce.

use djamodb_core::plan::DescribeLimitsOutput;

use crate::response::Response;

pub(super) const fn execute() -> Response<DescribeLimitsOutput> {
    let limits = DescribeLimitsOutput {
        account_max_read_capacity_units: 80_000,
        account_max_write_capacity_units: 80_000,
        table_max_read_capacity_units: 40_000,
        table_max_write_capacity_units: 40_000,
    };
    Response::without_capacity(limits)
}
