//! What is known of a request itself.

use serde::{Deserialize, Serialize};

use super::ConsumedCapacity;

/// What is known of a request itself, beside its output.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The service's name for the request, to be quoted to its support.
    pub request_id: Option<String>,
    /// How often the request was sent; 0 when the driver does not say.
    pub attempts: u32,
    /// What each table was charged, as far as the request asked: see [`ReturnConsumedCapacity`](super::ReturnConsumedCapacity).
    pub consumed_capacity: Vec<ConsumedCapacity>,
}
