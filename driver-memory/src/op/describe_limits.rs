//! `DescribeLimits`: what a new account of AWS has. Nothing here is limited by it.

use djamodb_core::plan::DescribeLimitsOutput;

use super::Answer;

pub(super) const fn execute() -> Answer<DescribeLimitsOutput> {
    let limits = DescribeLimitsOutput {
        account_max_read_capacity_units: 80_000,
        account_max_write_capacity_units: 80_000,
        table_max_read_capacity_units: 40_000,
        table_max_write_capacity_units: 40_000,
    };
    Answer::new(limits, Vec::new())
}
