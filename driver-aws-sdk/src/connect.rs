//! Creation of the SDK clients from a configuration.

mod endpoint;
mod error;
mod headers;
mod http;
mod local_credentials;
mod overrides;
#[cfg(feature = "streams")]
mod streams_client;
mod tables_client;

pub use error::ConnectError;

use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileRegionProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Credentials as SdkCredentials;

use crate::clients::Clients;
use crate::config::{AwsSdkConfig, Credentials};
use endpoint::Endpoint;
use headers::ExtraHeaders;
use overrides::ConfigOverrides;

/// Region for custom endpoints when none is configured.
const FALLBACK_REGION: &str = "us-east-1";

/// Creates the clients described by djamodb's own configuration.
pub(crate) async fn clients_from_config(config: AwsSdkConfig) -> Result<Clients, ConnectError> {
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;

    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http::client(config.pool_size_max));
    if let Some(region) = config.region {
        loader = loader.region(Region::new(region));
    } else if endpoint.as_ref().is_some_and(|endpoint| !endpoint.is_aws()) {
        loader = loader.region(region_of_custom_endpoint());
    }
    if let Some(credentials) = config.credentials {
        loader = loader.credentials_provider(static_credentials(credentials));
    } else if endpoint.as_ref().is_some_and(Endpoint::is_loopback) {
        loader = loader.credentials_provider(local_credentials::load().await);
    }
    let sdk_config = loader.load().await;
    if sdk_config.region().is_none() {
        return Err(ConnectError::RegionMissing);
    }

    let overrides = ConfigOverrides {
        endpoint,
        connect_timeout: config.connect_timeout.unwrap_or(AwsSdkConfig::DEFAULT_CONNECT_TIMEOUT),
        read_timeout: config.read_timeout.unwrap_or(AwsSdkConfig::DEFAULT_READ_TIMEOUT),
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

/// Returns the sources of the region for endpoints that are not AWS's. The instance metadata service is not among them, because
/// it takes seconds to fail outside of EC2.
fn region_of_custom_endpoint() -> RegionProviderChain {
    RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
        .or_else(ProfileFileRegionProvider::new())
        .or_else(Region::new(FALLBACK_REGION))
}

fn static_credentials(credentials: Credentials) -> SdkCredentials {
    let Credentials { access_key_id, secret_access_key, session_token } = credentials;
    SdkCredentials::new(access_key_id, secret_access_key, session_token, None, "djamodb")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use aws_sdk_dynamodb::config::retry::RetryConfig;

    use super::*;

    fn local() -> AwsSdkConfig {
        AwsSdkConfig { endpoint: Some("http://localhost:8000".into()), ..AwsSdkConfig::default() }
    }

    async fn timeouts(config: AwsSdkConfig) -> (Option<Duration>, Option<Duration>) {
        let client = clients_from_config(config).await.unwrap().tables;
        let timeouts = client.config().timeout_config().unwrap();
        (timeouts.connect_timeout(), timeouts.read_timeout())
    }

    #[tokio::test]
    async fn timeouts_are_3_s_to_connect_and_10_s_to_read_unless_configured() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(timeouts(local()).await, (seconds(3), seconds(10)));
        let config = AwsSdkConfig { connect_timeout: seconds(1), read_timeout: seconds(60), ..local() };
        assert_eq!(timeouts(config).await, (seconds(1), seconds(60)));
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
