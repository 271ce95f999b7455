//! The HTTP client.

use aws_sdk_dynamodb::config::{RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};

/// Creates an HTTP client like the SDK's default, with two differences: cryptography by `ring` instead of AWS-LC, which takes
/// six times as long to compile, and an optional limit of idle connections, for which the default has no setting. Proxies are
/// read from the environment, as by the default.
pub(crate) fn client(pool_size_max: Option<usize>) -> SharedHttpClient {
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().tls_provider(Provider::Rustls(CryptoMode::Ring));
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector.set_proxy_config(Some(ProxyConfig::from_env()));
        connector.set_pool_max_idle_per_host(pool_size_max);
        connector.build()
    })
}
