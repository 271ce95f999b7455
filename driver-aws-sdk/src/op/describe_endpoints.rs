//! [`DescribeEndpoints`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html):
//! returns the service's endpoints.

use djamodb_core::plan::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint, Outcome};

use crate::convert::number;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, _describe: DescribeEndpoints) -> Result<Outcome, Failure> {
    let request = call.client.describe_endpoints();

    let (response, metadata) = call.send(|| request.send()).await?;
    let endpoints = response.endpoints.into_iter().map(|endpoint| Endpoint {
        address: endpoint.address,
        cache_period_in_minutes: number::to_u64(endpoint.cache_period_in_minutes),
    });
    let output = DescribeEndpointsOutput { endpoints: endpoints.collect() };
    Ok(Outcome { output: output.into(), metadata })
}
