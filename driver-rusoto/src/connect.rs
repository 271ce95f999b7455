//! rusoto's clients, as configured.

mod connector;
mod credentials;
mod endpoint;
mod headers;
mod http;
mod region;

use rusoto_core::Client;
use rusoto_dynamodb::DynamoDbClient;
#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;

use self::http::Http;
use crate::clients::Clients;
use crate::config::{Credentials, RusotoConfig};
use credentials::Source;
use endpoint::Endpoint;
use headers::ExtraHeaders;

/// The region that is used on this machine where none is given.
const LOCAL_REGION: &str = "us-east-1";

/// The access key and the secret that are used on this machine where none is given. DynamoDB Local takes any access key
/// that consists of letters and digits.
const LOCAL_CREDENTIALS: &str = "local";

/// Why there is no client of this configuration.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The endpoint is not a URL.
    #[error("the endpoint is not a URL ({reason}); write it as `http://localhost:8000`")]
    InvalidEndpoint {
        /// What is wrong with it.
        reason: String,
    },
    /// The endpoint is not one of HTTP.
    #[error("the endpoint begins with `{scheme}:`; begin it with `http://` or `https://`")]
    InvalidEndpointScheme {
        /// How it begins.
        scheme: String,
    },
    /// The endpoint holds a user name or a password.
    #[error("the endpoint holds a user name or a password, which are not sent; give them as credentials")]
    CredentialsInEndpoint,
    /// No region was given, nor found.
    #[error("no region: give one in `RusotoConfig::region`, set AWS_REGION, or name one in the profile")]
    RegionMissing,
    /// The region is not a name that a region can have.
    #[error("`{region}` is no region; write it as `us-east-1`")]
    InvalidRegion {
        /// What was given, or found.
        region: String,
    },
    /// A header that HTTP has no room for.
    #[error("the header `{name}` cannot be sent: its name or its value has characters that HTTP does not allow there")]
    InvalidHeader {
        /// The header's name.
        name: String,
    },
    /// There is no certificate of an authority by which to know the service.
    #[error("no certificates of authorities ({reason}); install the system's, or name a file of them in SSL_CERT_FILE")]
    CertificatesMissing {
        /// What became of the search.
        reason: String,
    },
}

/// Clients by djamodb's configuration. They share their connections and their credentials.
pub(crate) fn by_config(config: RusotoConfig) -> Result<Clients, ConnectError> {
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;
    let on_this_machine = endpoint.as_ref().is_some_and(Endpoint::is_loopback);
    let region = config.region.or_else(|| on_this_machine.then(|| LOCAL_REGION.to_owned()));
    let region = region.or_else(region::find).ok_or(ConnectError::RegionMissing)?;
    let credentials =
        config.credentials.or_else(|| on_this_machine.then(|| Credentials::new(LOCAL_CREDENTIALS, LOCAL_CREDENTIALS)));

    let is_plain = endpoint.as_ref().is_some_and(Endpoint::is_plain);
    let region_of = |service| region::to_rusoto(&region, endpoint.as_ref(), service);
    let region_of_tables = region_of(region::TABLES)?;
    let connector = connector::new(is_plain, config.connect_timeout)?;
    let http = Http::new(connector, config.pool_size_max, config.read_timeout, headers);
    let client = Client::new_with(Source::new(credentials), http);
    Ok(Clients {
        #[cfg(feature = "streams")]
        streams: Some(DynamoDbStreamsClient::new_with_client(client.clone(), region_of(region::STREAMS)?)),
        tables: DynamoDbClient::new_with_client(client, region_of_tables),
    })
}
