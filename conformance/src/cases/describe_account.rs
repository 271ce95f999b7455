//! `DescribeLimits` and `DescribeEndpoints`: what an account may use, and where.

use djamodb_core::plan::{DescribeEndpoints, DescribeLimits};

use super::prelude::*;

case!("describe_limits/a_table_may_use_what_the_account_may", Theme::Table, limits);
case!("describe_endpoints/an_endpoint_is_told", Theme::Table, endpoints);

/// A program would ask for more than it may have.
async fn limits(cx: Context) -> CaseResult {
    let limits = cx.run(DescribeLimits {}).await?;
    let (reads, writes) = (limits.table_max_read_capacity_units, limits.table_max_write_capacity_units);
    holds("there is something", reads > 0 && writes > 0)?;
    holds("an account may read as much as a table", limits.account_max_read_capacity_units >= reads)?;
    holds("an account may write as much as a table", limits.account_max_write_capacity_units >= writes)
}

/// A program that looks where the service is would find nothing.
async fn endpoints(cx: Context) -> CaseResult {
    if cx.deviates("no-endpoints") {
        cx.refused(DescribeEndpoints {}, Refusal::Unsupported).await?;
        return Ok(());
    }
    let endpoints = cx.run(DescribeEndpoints {}).await?.endpoints;
    holds("there is one", !endpoints.is_empty())?;
    holds(
        "each has an address and a time",
        endpoints.iter().all(|endpoint| !endpoint.address.is_empty() && endpoint.cache_period_in_minutes > 0),
    )
}
