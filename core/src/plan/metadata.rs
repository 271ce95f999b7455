//! Facts about a request that are not part of its output.

use super::ConsumedCapacity;

/// Facts about a request that are not part of its output.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Metadata {
    /// Identifier that the service gave the request, for questions to its support.
    pub request_id: Option<String>,
    /// Number of times the request was sent; 0 if the driver does not count them.
    pub attempts: u32,
    /// Number of attempts that may have been carried out although no valid response arrived. The output describes only the last
    /// attempt: a write that it leaves unprocessed may have been made by one of these.
    #[cfg_attr(feature = "serde", serde(default))]
    pub lost_attempts: u32,
    /// Consumed capacity by table, in the detail that the request specifies; see
    /// [`ReturnConsumedCapacity`](super::ReturnConsumedCapacity).
    pub consumed_capacity: Vec<ConsumedCapacity>,
}
