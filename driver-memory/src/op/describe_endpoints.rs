//! `DescribeEndpoints`: this process.

use djamodb_core::plan::{DescribeEndpointsOutput, Endpoint};

use crate::response::Response;

/// Time for which clients may cache an endpoint: the service's value.
const CACHE_PERIOD_IN_MINUTES: u64 = 1440;

pub(super) fn execute() -> Response<DescribeEndpointsOutput> {
    let endpoint = Endpoint { address: "memory".to_owned(), cache_period_in_minutes: CACHE_PERIOD_IN_MINUTES };
    Response::without_capacity(DescribeEndpointsOutput { endpoints: vec![endpoint] })
}
