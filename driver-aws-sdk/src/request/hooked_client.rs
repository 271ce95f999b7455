//! Clients whose requests have the driver's hooks.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedInterceptor;
#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::Client as StreamsClient;

use super::conflict_retries::ConflictRetries;
use super::hooks::RequestHooks;
use super::lost_writes::LostWrites;
use super::required_wait::WaitRetries;

/// A client of one of the SDK's crates, and a copy of it with hooks.
#[derive(Clone, Debug)]
pub(crate) struct HookedClient<C> {
    /// The client as it was configured, for requests that are not the driver's.
    pub(crate) plain: C,
    /// The copy that sends the driver's requests. It has the HTTP client and the credentials of the configuration.
    pub(super) hooked: C,
}

impl From<Client> for HookedClient<Client> {
    fn from(plain: Client) -> Self {
        let mut config = plain.config().to_builder();
        config.push_interceptor(hooks());
        let config = config.retry_classifier(ConflictRetries).retry_classifier(WaitRetries);
        let hooked = Client::from_conf(config.retry_classifier(LostWrites).build());
        Self { plain, hooked }
    }
}

/// Repeats the conversion for tables, because the SDK generates separate types for each service.
#[cfg(feature = "streams")]
impl From<StreamsClient> for HookedClient<StreamsClient> {
    fn from(plain: StreamsClient) -> Self {
        let mut config = plain.config().to_builder();
        config.push_interceptor(hooks());
        let config = config.retry_classifier(ConflictRetries).retry_classifier(WaitRetries);
        let hooked = StreamsClient::from_conf(config.retry_classifier(LostWrites).build());
        Self { plain, hooked }
    }
}

/// Returns the interceptor as one that no configuration disables, so that the SDK does not search the configuration for that.
fn hooks() -> SharedInterceptor {
    SharedInterceptor::permanent(RequestHooks)
}
