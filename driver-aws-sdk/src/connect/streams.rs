//! The client that streams are read with: the twin of the one for tables, of another crate of the SDK.

use aws_config::SdkConfig;
use aws_sdk_dynamodbstreams::{Client, Config};

use super::given::Given;

pub(super) fn client(found: &SdkConfig, given: &Given) -> Client {
    let found = Config::new(found);
    let mut builder = found
        .to_builder()
        .retry_config(given.retries(found.retry_config()))
        .timeout_config(given.timeouts(found.timeout_config()));
    if let Some(endpoint) = &given.endpoint {
        builder = builder.endpoint_url(endpoint.as_str());
    }
    if !given.headers.is_empty() {
        builder = builder.interceptor(given.headers.clone());
    }
    Client::from_conf(builder.build())
}
