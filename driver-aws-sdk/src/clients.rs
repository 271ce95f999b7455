//! The SDK's clients.

use aws_sdk_dynamodb::Client;
#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::Client as StreamsClient;

#[cfg(feature = "streams")]
use crate::error::Failure;

/// What plans are carried out with.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) tables: Client,
    /// To the service of AWS's that streams are read from, where it is given.
    #[cfg(feature = "streams")]
    pub(crate) streams: Option<StreamsClient>,
}

#[cfg(feature = "streams")]
impl Clients {
    /// The client that streams are read with.
    pub(crate) fn streams(&self) -> Result<&StreamsClient, Failure> {
        self.streams.as_ref().ok_or_else(Failure::without_streams)
    }
}

impl From<Client> for Clients {
    fn from(tables: Client) -> Self {
        Self {
            tables,
            #[cfg(feature = "streams")]
            streams: None,
        }
    }
}
