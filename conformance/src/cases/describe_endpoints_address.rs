//! Endpoints that `DescribeEndpoints` returns.

use djamodb_core::plan::DescribeEndpoints;

use super::prelude::*;

case!("describe_endpoints/returns_an_address", Theme::Table, returns_an_address);

/// Fails if no endpoint is returned, or one without an address or a cache period.
async fn returns_an_address(cx: Context) -> CaseResult {
    if cx.deviates("no-endpoints") {
        cx.expect_error(DescribeEndpoints {}, ExpectedError::Unsupported).await?;
        return Ok(());
    }
    let endpoints = cx.run(DescribeEndpoints {}).await?.endpoints;
    ensure("there is an endpoint", !endpoints.is_empty())?;
    ensure(
        "each endpoint has an address and a cache period",
        endpoints.iter().all(|endpoint| !endpoint.address.is_empty() && endpoint.cache_period_in_minutes > 0),
    )
}
