//! The SDK's clients, as configured.

mod endpoint;
mod given;
mod headers;
mod http;
#[cfg(feature = "streams")]
mod streams;
mod tables;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Credentials as SdkCredentials;

use crate::clients::Clients;
use crate::config::{AwsSdkConfig, Credentials};
use endpoint::Endpoint;
use given::Given;
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
    #[error("no region: give one in `AwsSdkConfig::region`, set AWS_REGION, or name one in the profile")]
    RegionMissing,
    /// A header that HTTP has no room for.
    #[error("the header `{name}` cannot be sent: its name or its value has characters that HTTP does not allow there")]
    InvalidHeader {
        /// The header's name.
        name: String,
    },
}

/// Clients by djamodb's configuration.
pub(crate) async fn by_config(config: AwsSdkConfig) -> Result<Clients, ConnectError> {
    let endpoint = config.endpoint.as_deref().map(Endpoint::parse).transpose()?;
    let headers = ExtraHeaders::new(config.extra_headers)?;
    let on_this_machine = endpoint.as_ref().is_some_and(Endpoint::is_loopback);
    let region = config.region.or_else(|| on_this_machine.then(|| LOCAL_REGION.to_owned()));
    let credentials =
        config.credentials.or_else(|| on_this_machine.then(|| Credentials::new(LOCAL_CREDENTIALS, LOCAL_CREDENTIALS)));

    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http::client(config.pool_size_max));
    if let Some(region) = region {
        loader = loader.region(Region::new(region));
    }
    if let Some(credentials) = credentials {
        loader = loader.credentials_provider(static_credentials(credentials));
    }
    let found = loader.load().await;
    if found.region().is_none() {
        return Err(ConnectError::RegionMissing);
    }

    let given = Given {
        endpoint,
        connect_timeout: config.connect_timeout,
        read_timeout: config.read_timeout,
        attempts_max: config.attempts_max,
        backoff_base: config.backoff_base,
        headers,
    };
    Ok(Clients {
        tables: tables::client(&found, &given),
        #[cfg(feature = "streams")]
        streams: Some(streams::client(&found, &given)),
    })
}

/// Clients by the SDK's own configuration, with an HTTP client where that names none.
pub(crate) fn by_sdk_config(config: &SdkConfig) -> Clients {
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
    async fn an_endpoint_on_this_machine_needs_no_region() {
        let config = AwsSdkConfig { endpoint: Some("http://127.0.0.1:8000".into()), ..AwsSdkConfig::default() };
        let client = by_config(config).await.unwrap().tables;
        assert_eq!(client.config().region().map(Region::as_ref), Some(LOCAL_REGION));
    }

    #[tokio::test]
    async fn what_is_given_wins() {
        let config = AwsSdkConfig {
            endpoint: Some("http://localhost:8000".into()),
            region: Some("eu-west-3".into()),
            attempts_max: Some(0),
            ..AwsSdkConfig::default()
        };
        let client = by_config(config).await.unwrap().tables;
        assert_eq!(client.config().region().map(Region::as_ref), Some("eu-west-3"));
        assert_eq!(client.config().retry_config().map(RetryConfig::max_attempts), Some(1));
    }

    #[cfg(feature = "streams")]
    #[tokio::test]
    async fn streams_are_reached_by_the_same_configuration() {
        let config = AwsSdkConfig {
            endpoint: Some("http://localhost:8000".into()),
            region: Some("eu-west-3".into()),
            attempts_max: Some(7),
            ..AwsSdkConfig::default()
        };
        let client = by_config(config).await.unwrap().streams.unwrap();
        assert_eq!(client.config().region().map(Region::as_ref), Some("eu-west-3"));
        assert_eq!(client.config().retry_config().map(RetryConfig::max_attempts), Some(7));
    }

    #[tokio::test]
    async fn wrong_headers_are_refused_by_name_only() {
        let config = AwsSdkConfig { extra_headers: vec![("x-a".into(), "secret\n".into())], ..AwsSdkConfig::default() };
        let error = by_config(config).await.unwrap_err();
        assert_eq!(error, ConnectError::InvalidHeader { name: "x-a".into() });
        assert!(!error.to_string().contains("secret"));
    }
}
