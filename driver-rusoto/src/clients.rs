//! The rusoto clients of a driver.

use std::time::Duration;

use djamodb_core::driver::Timeouts;
use rusoto_dynamodb::DynamoDbClient;

#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;

#[cfg(feature = "streams")]
use crate::error::Failure;

/// The client for tables and, optionally, the client for streams.
#[derive(Clone)]
pub(crate) struct Clients {
    pub(crate) tables: DynamoDbClient,
    #[cfg(feature = "streams")]
    pub(crate) streams: Option<DynamoDbStreamsClient>,
    /// Longest time of a request.
    pub(crate) attempt_timeout: Duration,
}

impl Clients {
    pub(crate) fn tables_only(tables: DynamoDbClient) -> Self {
        Self {
            tables,
            #[cfg(feature = "streams")]
            streams: None,
            attempt_timeout: Timeouts::default().attempt(),
        }
    }

    /// Returns the client for streams.
    ///
    /// # Errors
    ///
    /// Fails with `Unsupported` if there is no such client.
    #[cfg(feature = "streams")]
    pub(crate) fn streams(&self) -> Result<&DynamoDbStreamsClient, Failure> {
        self.streams.as_ref().ok_or_else(Failure::streams_client_missing)
    }
}
