//! [`DescribeEndpoints`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html):
//! returns the service's endpoints.

use djamodb_core::plan::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint, Outcome};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, Endpoint as RusotoEndpoint};

use crate::convert::number;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(
    client: &DynamoDbClient,
    DescribeEndpoints {}: DescribeEndpoints,
) -> Result<Outcome, Failure> {
    let (response, metadata) = send(client.describe_endpoints()).await?;
    let endpoint = |RusotoEndpoint { address, cache_period_in_minutes }| Endpoint {
        address,
        cache_period_in_minutes: number::to_u64(Some(cache_period_in_minutes)),
    };
    let output = DescribeEndpointsOutput { endpoints: response.endpoints.into_iter().map(endpoint).collect() };
    Ok(Outcome { output: output.into(), metadata })
}
