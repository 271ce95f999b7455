//! [DescribeEndpoints](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html).

use serde::{Deserialize, Serialize};

/// Tells where the service is reached in this region.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DescribeEndpoints {}

/// What [`DescribeEndpoints`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DescribeEndpointsOutput {
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
}

/// Where the service is reached.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Endpoint {
    /// The host, with the port where it is not the usual one.
    pub address: String,
    /// How long this may be remembered.
    pub cache_period_in_minutes: u64,
}
