//! The client for tables.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::{Client, Config};

use super::overrides::ConfigOverrides;

pub(super) fn new(sdk_config: &SdkConfig, overrides: &ConfigOverrides) -> Client {
    let loaded = Config::new(sdk_config);
    let mut builder = loaded
        .to_builder()
        .retry_config(overrides.retry_config(loaded.retry_config()))
        .timeout_config(overrides.timeout_config(loaded.timeout_config()));
    if let Some(endpoint) = &overrides.endpoint {
        builder = builder.endpoint_url(endpoint.as_str());
    }
    if !overrides.headers.is_empty() {
        builder = builder.interceptor(overrides.headers.clone());
    }
    Client::from_conf(builder.build())
}
