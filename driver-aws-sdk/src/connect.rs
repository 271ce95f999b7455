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
use djamodb_core::driver::DEFAULT_RESPONSE_BYTES_MAX;

use crate::clients::Clients;
use crate::config::{AwsSdkConfig, Credentials};
use endpoint::Endpoint;
use headers::ExtraHeaders;
use overrides::ConfigOverrides;

/// Region for custom endpoints when none is configured.
const FALLBACK_REGION: &str = "us-east-1";

/// Creates the clients described by djamodb's own configuration.
pub(crate) async fn clients_from_config(config: AwsSdkConfig) -> Result<Clients, ConnectError> {
    config.check()?;
    let (timeouts, response_bytes_max) = (config.timeouts(), config.response_bytes_max());
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
        timeouts,
        attempts_max: config.attempts_max,
        backoff_base: config.backoff_base,
        headers,
    };
    Ok(Clients {
        tables: tables_client::new(&sdk_config, &overrides).into(),
        #[cfg(feature = "streams")]
        streams: Some(streams_client::new(&sdk_config, &overrides).into()),
        response_bytes_max,
    })
}

/// Creates clients from a configuration of the SDK, adding an HTTP client and time limits if it has none.
pub(crate) fn clients_from_sdk_config(config: &SdkConfig) -> Clients {
    let mut builder = config.to_builder().timeout_config(overrides::with_default_timeouts(config.timeout_config()));
    if config.http_client().is_none() {
        builder = builder.http_client(http::client(None));
    }
    let config = builder.build();
    Clients {
        tables: Client::new(&config).into(),
        #[cfg(feature = "streams")]
        streams: Some(aws_sdk_dynamodbstreams::Client::new(&config).into()),
        response_bytes_max: DEFAULT_RESPONSE_BYTES_MAX,
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
    use aws_sdk_dynamodb::config::timeout::TimeoutConfig;

    use super::*;

    fn local() -> AwsSdkConfig {
        AwsSdkConfig { endpoint: Some("http://localhost:8000".into()), ..AwsSdkConfig::default() }
    }

    fn timeouts(client: &Client) -> [Option<u64>; 4] {
        let timeouts = client.config().timeout_config().unwrap();
        [
            timeouts.connect_timeout(),
            timeouts.read_timeout(),
            timeouts.operation_attempt_timeout(),
            timeouts.operation_timeout(),
        ]
        .map(|timeout| timeout.map(|timeout| timeout.as_secs()))
    }

    #[tokio::test]
    async fn every_request_has_time_limits() {
        let default = clients_from_config(local()).await.unwrap().tables.plain;
        assert_eq!(timeouts(&default), [3, 10, 20, 60].map(Some));
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        let config = AwsSdkConfig { connect_timeout: seconds(1), read_timeout: seconds(60), ..local() };
        assert_eq!(timeouts(&clients_from_config(config).await.unwrap().tables.plain), [1, 60, 68, 204].map(Some));
        let config = AwsSdkConfig { attempt_timeout: seconds(5), operation_timeout: seconds(6), ..local() };
        assert_eq!(timeouts(&clients_from_config(config).await.unwrap().tables.plain), [3, 10, 5, 6].map(Some));
    }

    #[tokio::test]
    async fn time_limits_that_a_configuration_of_the_sdk_lacks_have_the_defaults_of_the_driver() {
        let of = |timeouts_of_sdk: TimeoutConfig| {
            let config = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .timeout_config(timeouts_of_sdk)
                .build();
            timeouts(&clients_from_sdk_config(&config).tables.plain)
        };
        let builder = TimeoutConfig::builder;
        assert_eq!(of(builder().build()), [3, 10, 20, 60].map(Some));
        assert_eq!(of(builder().read_timeout(Duration::from_secs(20)).build()), [3, 20, 30, 90].map(Some));
        let disabled = builder().disable_operation_timeout().build();
        assert_eq!(of(disabled), [Some(3), Some(10), Some(20), None]);
    }

    #[tokio::test]
    async fn settings_outside_of_their_ranges_are_refused_by_name() {
        let long = Some(Duration::from_secs(18_446_744_073_709_551_615));
        for (config, setting) in [
            (AwsSdkConfig { connect_timeout: long, ..local() }, "connect_timeout"),
            (AwsSdkConfig { read_timeout: Some(Duration::ZERO), ..local() }, "read_timeout"),
            (AwsSdkConfig { attempt_timeout: long, ..local() }, "attempt_timeout"),
            (AwsSdkConfig { operation_timeout: long, ..local() }, "operation_timeout"),
            (AwsSdkConfig { attempts_max: Some(0), ..local() }, "attempts_max"),
            (AwsSdkConfig { attempts_max: Some(1_000_000_000), ..local() }, "attempts_max"),
            (AwsSdkConfig { backoff_base: long, ..local() }, "backoff_base"),
            (AwsSdkConfig { response_bytes_max: Some(0), ..local() }, "response_bytes_max"),
        ] {
            match clients_from_config(config).await.unwrap_err() {
                ConnectError::OutOfRange(error) => assert_eq!(error.setting, setting),
                other => panic!("{setting}: {other}"),
            }
        }
    }

    #[tokio::test]
    async fn configured_values_override_defaults() {
        let config = AwsSdkConfig {
            endpoint: Some("http://localhost:8000".into()),
            region: Some("eu-west-3".into()),
            attempts_max: Some(1),
            ..AwsSdkConfig::default()
        };
        let client = clients_from_config(config).await.unwrap().tables.plain;
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
        let client = clients_from_config(config).await.unwrap().streams.unwrap().plain;
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
