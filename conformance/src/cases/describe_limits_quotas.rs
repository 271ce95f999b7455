//! Quotas that `DescribeLimits` returns.

use djamodb_core::plan::DescribeLimits;

use super::prelude::*;

case!("describe_limits/returns_account_and_table_quotas", Theme::Table, returns_account_and_table_quotas);

/// Fails if a quota is zero, or if a table may use more than the account.
async fn returns_account_and_table_quotas(cx: Context) -> CaseResult {
    let limits = cx.run(DescribeLimits {}).await?;
    let (reads, writes) = (limits.table_max_read_capacity_units, limits.table_max_write_capacity_units);
    ensure("the quotas of a table are positive", reads > 0 && writes > 0)?;
    ensure("the read quota of the account covers a table", limits.account_max_read_capacity_units >= reads)?;
    ensure("the write quota of the account covers a table", limits.account_max_write_capacity_units >= writes)
}
