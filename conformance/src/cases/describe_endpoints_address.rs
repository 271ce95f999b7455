//! `DescribeEndpoints`: where the service is.

use djamodb_core::plan::DescribeEndpoints;

use super::prelude::*;

case!("describe_endpoints/an_endpoint_is_told", Theme::Table, endpoints);

/// A program that looks where the service is would find nothing.
async fn endpoints(cx: Context) -> CaseResult {
    if cx.deviates("no-endpoints") {
        cx.expect_error(DescribeEndpoints {}, ExpectedError::Unsupported).await?;
        return Ok(());
    }
    let endpoints = cx.run(DescribeEndpoints {}).await?.endpoints;
    ensure("there is one", !endpoints.is_empty())?;
    ensure(
        "each has an address and a time",
        endpoints.iter().all(|endpoint| !endpoint.address.is_empty() && endpoint.cache_period_in_minutes > 0),
    )
}
