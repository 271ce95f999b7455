//! Creation of the SDK clients from a configuration.

mod endpoint;
mod error;
mod headers;
mod http;
mod overrides;
#[cfg(feature = "streams")]
mod streams_client;
mod tables_client;

pub use error::ConnectError;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Credentials as SdkCredentials;

use crate::clients::Clients;
use crate::config::{AwsSdkConfig, Credentials};
use endpoint::Endpoint;
use headers::ExtraHeaders;
use overrides::ConfigOverrides;

/// Region for loopback endpoints when none is configured.
const LOCAL_REGION: &str = "us-east-1";

/// Access key and secret for loopback endpoints when none are configured. DynamoDB Local accepts any access key that consists
/// of letters and digits.
const LOCAL_CREDENTIALS: &str = "local";

/// Creates the clients described by djamodb's own configuration.
pub(crate) async fn clients_from_config(config: AwsSdkConfig) -> Result<Clients, ConnectError> {
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;
    let is_local = endpoint.as_ref().is_some_and(Endpoint::is_loopback);
    let region = config.region.or_else(|| is_local.then(|| LOCAL_REGION.to_owned()));
    let credentials =
        config.credentials.or_else(|| is_local.then(|| Credentials::new(LOCAL_CREDENTIALS, LOCAL_CREDENTIALS)));

    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http::client(config.pool_size_max));
    if let Some(region) = region {
        loader = loader.region(Region::new(region));
    }
    if let Some(credentials) = credentials {
        loader = loader.credentials_provider(static_credentials(credentials));
    }
    let sdk_config = loader.load().await;
    if sdk_config.region().is_none() {
        return Err(ConnectError::RegionMissing);
    }

    let overrides = ConfigOverrides {
        endpoint,
        connect_timeout: config.connect_timeout,
        read_timeout: config.read_timeout,
        attempts_max: config.attempts_max,
        backoff_base: config.backoff_base,
        headers,
    };
    Ok(Clients {
        tables: tables_client::new(&sdk_config, &overrides),
        #[cfg(feature = "streams")]
        streams: Some(streams_client::new(&sdk_config, &overrides)),
    })
}

/// Creates clients from a configuration of the SDK, adding an HTTP client if it has none.
pub(crate) fn clients_from_sdk_config(config: &SdkConfig) -> Clients {
    let mut builder = config.to_builder();
    if config.http_client().is_none() {
        builder = builder.http_client(http::client(None));
    }
    let config = builder.build();
    Clients {
        tables: Client::new(&config),
        #[cfg(feature = "streams")]
        streams: Some(aws_sdk_dynamodbstreams::Client::new(&config)),
    }
}

fn static_credentials(credentials: Credentials) -> SdkCredentials {
    let Credentials { access_key_id, secret_access_key, session_token } = credentials;
    SdkCredentials::new(access_key_id, secret_access_key, session_token, None, "djamodb")
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::config::retry::RetryConfig;

    use super::*;

    #[tokio::test]
    async fn loopback_endpoints_have_a_default_region() {
        let config = AwsSdkConfig { endpoint: Some("http://127.0.0.1:8000".into()), ..AwsSdkConfig::default() };
        let client = clients_from_config(config).await.unwrap().tables;
        assert_eq!(client.config().region().map(Region::as_ref), Some(LOCAL_REGION));
    }

    #[tokio::test]
    async fn configured_values_override_defaults() {
        let config = AwsSdkConfig {
            endpoint: Some("http://localhost:8000".into()),
            region: Some("eu-west-3".into()),
            attempts_max: Some(0),
            ..AwsSdkConfig::default()
        };
        let client = clients_from_config(config).await.unwrap().tables;
        assert_eq!(client.config().region().map(Region::as_ref), Some("eu-west-3"));
        assert_eq!(client.config().retry_config().map(RetryConfig::max_attempts), Some(1));
    }

    #[cfg(feature = "streams")]
    #[tokio::test]
    async fn the_client_for_streams_has_the_same_configuration() {
        let config = AwsSdkConfig {
            endpoint: Some("http://localhost:8000".into()),
            region: Some("eu-west-3".into()),
            attempts_max: Some(7),
            ..AwsSdkConfig::default()
        };
        let client = clients_from_config(config).await.unwrap().streams.unwrap();
        assert_eq!(client.config().region().map(Region::as_ref), Some("eu-west-3"));
        assert_eq!(client.config().retry_config().map(RetryConfig::max_attempts), Some(7));
    }

    #[tokio::test]
    async fn rejects_invalid_headers_without_showing_their_value() {
        let config = AwsSdkConfig { extra_headers: vec![("x-a".into(), "secret\n".into())], ..AwsSdkConfig::default() };
        let error = clients_from_config(config).await.unwrap_err();
        assert_eq!(error, ConnectError::InvalidHeader { name: "x-a".into() });
        assert!(!error.to_string().contains("secret"));
    }
}
