//! `DescribeLimits`: what an account may use.

use djamodb_core::plan::DescribeLimits;

use super::prelude::*;

case!("describe_limits/a_table_may_use_what_the_account_may", Theme::Table, limits);

/// A program would ask for more than it may have.
async fn limits(cx: Context) -> CaseResult {
    let limits = cx.run(DescribeLimits {}).await?;
    let (reads, writes) = (limits.table_max_read_capacity_units, limits.table_max_write_capacity_units);
    ensure("there is something", reads > 0 && writes > 0)?;
    ensure("an account may read as much as a table", limits.account_max_read_capacity_units >= reads)?;
    ensure("an account may write as much as a table", limits.account_max_write_capacity_units >= writes)
}
