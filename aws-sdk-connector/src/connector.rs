//! The HTTP client of the SDK whose requests a driver answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use djamodb_core::driver::Driver;
use djamodb_wire::{ProtocolOptions, answer};
use http_body_util::BodyExt as _;
use thiserror::Error;

/// An HTTP client for the configuration of any client of the SDK, whose requests a driver answers.
///
/// Pass it to the `http_client` of a configuration that has settings of its own, such as retries:
///
/// ```
/// use aws_sdk_dynamodb::config::retry::RetryConfig;
/// use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
/// use djamodb_aws_sdk_connector::DriverHttpClient;
/// use djamodb_driver_memory::MemoryDriver;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let config = aws_sdk_dynamodb::Config::builder()
///     .behavior_version(BehaviorVersion::latest())
///     .region(Region::from_static("eu-west-1"))
///     .credentials_provider(Credentials::new("key", "secret", None, None, "example"))
///     .retry_config(RetryConfig::disabled())
///     .http_client(DriverHttpClient::new(MemoryDriver::new()))
///     .build();
/// let client = aws_sdk_dynamodb::Client::from_conf(config);
/// assert!(client.list_tables().send().await?.table_names().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct DriverHttpClient {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    driver: Arc<dyn Driver>,
    options: ProtocolOptions,
    /// Number of requests, of which their identifiers are made.
    requests: AtomicU64,
}

impl DriverHttpClient {
    /// Returns a client whose requests `driver` answers.
    pub fn new(driver: impl Driver) -> Self {
        let shared =
            Shared { driver: Arc::new(driver), options: ProtocolOptions::default(), requests: AtomicU64::new(0) };
        Self { shared: Arc::new(shared) }
    }
}

impl HttpClient for DriverHttpClient {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for DriverHttpClient {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let shared = self.shared.clone();
        HttpConnectorFuture::new(async move { shared.answer(request).await.map_err(ConnectorError::from) })
    }
}

/// The reason for which a request or a response of the SDK is none of HTTP.
#[derive(Debug, Error)]
#[error("the request cannot be answered in this process: {0}")]
struct InvalidHttp(String);

impl From<InvalidHttp> for ConnectorError {
    fn from(error: InvalidHttp) -> Self {
        Self::user(error.into())
    }
}

impl Shared {
    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, InvalidHttp> {
        let request = request.try_into_http1x().map_err(|error| InvalidHttp(error.to_string()))?;
        let (parts, body) = request.into_parts();
        let body = read(body).await?;
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let request_id = format!("IN-PROCESS-{number:016}");
        let answer = answer(&*self.driver, &self.options, &parts.headers, &body, &request_id).await;
        let response = answer.response.map(SdkBody::from);
        HttpResponse::try_from(response).map_err(|error| InvalidHttp(error.to_string()))
    }
}

/// Returns the bytes of a body, which the SDK has in memory.
async fn read(body: SdkBody) -> Result<Bytes, InvalidHttp> {
    match body.bytes() {
        Some(bytes) => Ok(Bytes::copy_from_slice(bytes)),
        None => body
            .collect()
            .await
            .map(http_body_util::Collected::to_bytes)
            .map_err(|error| InvalidHttp(error.to_string())),
    }
}
