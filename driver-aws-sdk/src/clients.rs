//! The SDK clients of a driver.

use aws_sdk_dynamodb::Client;
#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::Client as StreamsClient;
use djamodb_core::driver::DEFAULT_RESPONSE_BYTES_MAX;

#[cfg(feature = "streams")]
use crate::error::Failure;
use crate::request::HookedClient;

/// The client for tables and, optionally, the client for streams.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) tables: HookedClient<Client>,
    #[cfg(feature = "streams")]
    pub(crate) streams: Option<HookedClient<StreamsClient>>,
    /// Maximum size of a response in bytes.
    pub(crate) response_bytes_max: usize,
}

impl Clients {
    pub(crate) fn tables_only(tables: Client) -> Self {
        Self {
            tables: tables.into(),
            #[cfg(feature = "streams")]
            streams: None,
            response_bytes_max: DEFAULT_RESPONSE_BYTES_MAX,
        }
    }

    /// Returns the client for streams.
    ///
    /// # Errors
    ///
    /// Fails with `Unsupported` if there is no such client.
    #[cfg(feature = "streams")]
    pub(crate) fn streams(&self) -> Result<&HookedClient<StreamsClient>, Failure> {
        self.streams.as_ref().ok_or_else(Failure::streams_client_missing)
    }
}
