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
use crate::config::{Credentials, RusotoConfig};
use credentials::CredentialsSource;
use endpoint::Endpoint;
use headers::ExtraHeaders;

/// Region for loopback endpoints when none is configured.
const LOCAL_REGION: &str = "us-east-1";

/// Access key and secret for loopback endpoints when none are configured. DynamoDB Local accepts any access key that consists
/// of letters and digits.
const LOCAL_CREDENTIALS: &str = "local";

/// Creates the clients described by djamodb's own configuration. They share connections and credentials.
pub(crate) fn clients_from_config(config: RusotoConfig) -> Result<Clients, ConnectError> {
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;
    let is_local = endpoint.as_ref().is_some_and(Endpoint::is_loopback);
    let region = config.region.or_else(|| is_local.then(|| LOCAL_REGION.to_owned()));
    let region = region.or_else(region::from_environment_or_profile).ok_or(ConnectError::RegionMissing)?;
    let credentials =
        config.credentials.or_else(|| is_local.then(|| Credentials::new(LOCAL_CREDENTIALS, LOCAL_CREDENTIALS)));

    let is_plain = endpoint.as_ref().is_some_and(Endpoint::is_plain);
    let region_of = |service| region::to_rusoto(&region, endpoint.as_ref(), service);
    let tables_region = region_of(region::TABLES)?;
    let connector = connector::new(is_plain, config.connect_timeout)?;
    let dispatcher = HttpDispatcher::new(connector, config.pool_size_max, config.read_timeout, headers);
    let client = Client::new_with(CredentialsSource::new(credentials), dispatcher);
    Ok(Clients {
        #[cfg(feature = "streams")]
        streams: Some(DynamoDbStreamsClient::new_with_client(client.clone(), region_of(region::STREAMS)?)),
        tables: DynamoDbClient::new_with_client(client, tables_region),
    })
}
