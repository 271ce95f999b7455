//! Drivers of a server that sends prepared responses.

use std::sync::mpsc::Receiver;

use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};
pub(crate) use djamodb_stub_server::{Response, start as endpoint};

/// Returns a driver to which a server sends `responses`, one for each request, and a receiver of the requests, head and body.
pub(crate) async fn driver(config: RusotoConfig, responses: Vec<Response>) -> (RusotoDriver, Receiver<String>) {
    let (endpoint, requests) = endpoint(responses);
    (connect(config, endpoint).await, requests)
}

/// Returns a driver of a server.
pub(crate) async fn connect(config: RusotoConfig, endpoint: String) -> RusotoDriver {
    let config = RusotoConfig { endpoint: Some(endpoint), ..config };
    RusotoDriver::connect(config).await.expect("the endpoint is valid")
}
