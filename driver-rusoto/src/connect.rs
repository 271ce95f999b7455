//! Creation of the rusoto clients from a configuration.

mod connector;
mod credentials;
mod endpoint;
mod error;
mod headers;
mod http;
mod region;

pub use error::ConnectError;

use rusoto_core::Client;
use rusoto_dynamodb::DynamoDbClient;
#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;

use self::http::HttpDispatcher;
use crate::clients::Clients;
use crate::config::RusotoConfig;
use credentials::CredentialsSource;
use endpoint::Endpoint;
use headers::ExtraHeaders;

/// Region for custom endpoints when none is configured.
const FALLBACK_REGION: &str = "us-east-1";

/// Creates the clients described by djamodb's own configuration. They share connections and credentials.
pub(crate) async fn clients_from_config(config: RusotoConfig) -> Result<Clients, ConnectError> {
    config.check()?;
    let (timeouts, response_bytes_max) = (config.timeouts(), config.response_bytes_max());
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;
    let needs_no_region = endpoint.as_ref().is_some_and(|endpoint| !endpoint.is_aws());
    let region = config
        .region
        .or_else(region::from_environment_or_profile)
        .or_else(|| needs_no_region.then(|| FALLBACK_REGION.to_owned()))
        .ok_or(ConnectError::RegionMissing)?;
    let credentials = match config.credentials {
        Some(credentials) => CredentialsSource::configured(credentials),
        None if endpoint.as_ref().is_some_and(Endpoint::is_loopback) => CredentialsSource::local().await,
        None => CredentialsSource::chain(),
    };

    let is_plain = endpoint.as_ref().is_some_and(Endpoint::is_plain);
    let region_of = |service| region::to_rusoto(&region, endpoint.as_ref(), service);
    let tables_region = region_of(region::TABLES)?;
    let connector = connector::new(is_plain, timeouts.connect())?;
    let dispatcher = HttpDispatcher::new(connector, config.pool_size_max, timeouts.read(), response_bytes_max, headers);
    let client = Client::new_with(credentials, dispatcher);
    Ok(Clients {
        #[cfg(feature = "streams")]
        streams: Some(DynamoDbStreamsClient::new_with_client(client.clone(), region_of(region::STREAMS)?)),
        tables: DynamoDbClient::new_with_client(client, tables_region),
        attempt_timeout: timeouts.attempt(),
    })
}
