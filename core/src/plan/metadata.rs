//! What is known of a request itself.

use serde::{Deserialize, Serialize};

use crate::value::Name;

/// What is known of a request itself, beside its output.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The service's name for the request, to be quoted to its support.
    pub request_id: Option<String>,
    /// How often the request was sent; 0 when the driver does not say.
    pub attempts: u32,
    /// What each table was charged; empty when the driver does not say.
    pub consumed_capacity: Vec<ConsumedCapacity>,
}

/// What one table was charged.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConsumedCapacity {
    /// The table.
    pub table: Name,
    /// Read and write units together.
    pub units: f64,
}
