//! The [DescribeEndpoints](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html)
//! operation: returns the endpoints of the service.

/// A request for the endpoints of the service in the region.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeEndpoints {}

/// The output of [`DescribeEndpoints`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeEndpointsOutput {
    /// Endpoints of the region.
    pub endpoints: Vec<Endpoint>,
}

/// An address of the service.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Endpoint {
    /// Host name, with the port if it is not the default one.
    pub address: String,
    /// Number of minutes for which a client may cache the address.
    pub cache_period_in_minutes: u64,
}
