//! rusoto's clients.

use rusoto_dynamodb::DynamoDbClient;

#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;

#[cfg(feature = "streams")]
use crate::error::Failure;

/// rusoto's clients: streams are a service of their own, which not every program reads.
#[derive(Clone)]
pub(crate) struct Clients {
    pub(crate) tables: DynamoDbClient,
    #[cfg(feature = "streams")]
    pub(crate) streams: Option<DynamoDbStreamsClient>,
}

impl Clients {
    /// The client of tables alone.
    pub(crate) fn of_tables(tables: DynamoDbClient) -> Self {
        Self {
            tables,
            #[cfg(feature = "streams")]
            streams: None,
        }
    }

    /// The client of streams, or what to do where there is none.
    #[cfg(feature = "streams")]
    pub(crate) fn streams(&self) -> Result<&DynamoDbStreamsClient, Failure> {
        self.streams.as_ref().ok_or_else(Failure::without_streams)
    }
}
