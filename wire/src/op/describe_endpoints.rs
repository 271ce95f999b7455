//! [`DescribeEndpoints`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html): returns the addresses of
//! the service.

use djamodb_core::plan::{DescribeEndpointsOutput, Endpoint, Metadata, Outcome};
use serde::{Deserialize, Serialize};

use crate::shape::metadata;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    endpoints: Vec<SentEndpoint>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SentEndpoint {
    address: String,
    cache_period_in_minutes: u64,
}

impl Response {
    pub(crate) fn new(output: &DescribeEndpointsOutput, _: &Metadata) -> Self {
        let endpoint = |endpoint: &Endpoint| SentEndpoint {
            address: endpoint.address.clone(),
            cache_period_in_minutes: endpoint.cache_period_in_minutes,
        };
        Self { endpoints: output.endpoints.iter().map(endpoint).collect() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let endpoint =
            |SentEndpoint { address, cache_period_in_minutes }| Endpoint { address, cache_period_in_minutes };
        let output = DescribeEndpointsOutput { endpoints: self.endpoints.into_iter().map(endpoint).collect() };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
