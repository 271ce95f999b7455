//! Drivers of a server that sends prepared responses.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
pub(crate) use djamodb_stub_server::{Response, start as endpoint};

/// Returns a driver to which a server sends `responses`, one for each request, and a receiver of the requests, head and body.
pub(crate) async fn driver(config: AwsSdkConfig, responses: Vec<Response>) -> (AwsSdkDriver, Receiver<String>) {
    let (endpoint, requests) = endpoint(responses);
    (connect(config, endpoint).await, requests)
}

/// Returns a driver of a server.
pub(crate) async fn connect(config: AwsSdkConfig, endpoint: String) -> AwsSdkDriver {
    // A short backoff keeps the tests fast.
    let backoff_base = Some(Duration::from_millis(1));
    let config = AwsSdkConfig { endpoint: Some(endpoint), backoff_base, ..config };
    AwsSdkDriver::connect(config).await.expect("the endpoint is valid")
}
