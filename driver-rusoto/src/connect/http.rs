//! The HTTP client that rusoto sends requests with.

use std::time::Duration;

use http::{HeaderValue, Request};
use hyper::body::HttpBody as _;
use hyper::client::ResponseFuture;
use hyper::{Body, Client};
use rusoto_core::request::{DispatchSignedRequestFuture, HttpResponse};
use rusoto_core::signature::{SignedRequest, SignedRequestPayload};
use rusoto_core::{ByteStream, DispatchSignedRequest, HttpDispatchError};
use tokio::time::timeout;

use super::connector::Connector;
use super::headers::ExtraHeaders;
use crate::error::Failure;
use crate::request::Exchange;

/// Maximum size of a response: four times the 16 MB of items of the largest response, that of `BatchGetItem`, because JSON is longer
/// than what it describes.
const RESPONSE_BYTES_MAX: usize = 64 << 20;

/// A dispatcher that sends signed requests and records their details in the current [`Exchange`].
///
/// It replaces rusoto's own `HttpClient` for three reasons. The errors of `HttpClient` are texts, which distinguish neither a
/// timeout from a refused connection nor a request that was sent from one that was not. It offers only HTTP/2 to servers. It
/// panics if a response has a header that is not ASCII.
#[derive(Debug)]
pub(crate) struct HttpDispatcher {
    client: Client<Connector>,
    read_timeout: Duration,
    headers: ExtraHeaders,
}

impl HttpDispatcher {
    pub(super) fn new(
        connector: Connector,
        pool_size_max: Option<usize>,
        read_timeout: Duration,
        headers: ExtraHeaders,
    ) -> Self {
        let mut client = Client::builder();
        if let Some(pool_size_max) = pool_size_max {
            client.pool_max_idle_per_host(pool_size_max);
        }
        Self { client: client.build(connector), read_timeout, headers }
    }

    fn request(&self, signed: SignedRequest) -> Result<Request<Body>, http::Error> {
        let uri = format!("{}://{}{}", signed.scheme(), signed.hostname(), signed.canonical_path());
        let mut request = Request::builder().method(signed.method()).uri(uri);
        for (name, values) in signed.headers() {
            for value in values {
                request = request.header(name, value.as_slice());
            }
        }
        let mut request = request.body(signed.payload.map(SignedRequestPayload::into_body).unwrap_or_default())?;
        self.headers.apply_to(request.headers_mut());
        Ok(request)
    }
}

impl DispatchSignedRequest for HttpDispatcher {
    fn dispatch(&self, signed: SignedRequest, timeout_override: Option<Duration>) -> DispatchSignedRequestFuture {
        let exchange = Exchange::current();
        let endpoint = format!("{}://{}", signed.scheme(), signed.hostname());
        let request = self.request(signed);
        let client = self.client.clone();
        let read_timeout = timeout_override.unwrap_or(self.read_timeout);
        Box::pin(async move {
            let response = async {
                let request = request.map_err(|error| Failure::invalid_request(&error))?;
                read_response(client.request(request), &exchange, &endpoint).await
            };
            let result = timeout(read_timeout, response).await.unwrap_or_else(|_| Err(Failure::timed_out(&endpoint)));
            result.map_err(|failure| {
                let error = HttpDispatchError::new(failure.message().to_owned());
                exchange.set_failure(failure);
                error
            })
        })
    }
}

/// Reads a complete response and records its details.
async fn read_response(response: ResponseFuture, exchange: &Exchange, endpoint: &str) -> Result<HttpResponse, Failure> {
    let lost = |error| Failure::from_hyper(&error, endpoint);
    let (head, body) = response.await.map_err(lost)?.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    exchange.set_response_headers(&headers);
    let body = read_body(body, endpoint).await?;
    if head.status.is_success() {
        exchange.check_success_body(&body).map_err(|invalid| Failure::invalid_body(&invalid, endpoint))?;
    } else {
        exchange.set_error_body(body.clone().into());
    }
    Ok(HttpResponse { status: head.status, headers, body: ByteStream::from(body) })
}

/// Reads a body of at most [`RESPONSE_BYTES_MAX`] bytes.
async fn read_body(mut body: Body, endpoint: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = body.data().await {
        let chunk = chunk.map_err(|error| Failure::from_hyper(&error, endpoint))?;
        if chunk.len() > RESPONSE_BYTES_MAX - bytes.len() {
            return Err(Failure::response_too_large(RESPONSE_BYTES_MAX, endpoint));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
