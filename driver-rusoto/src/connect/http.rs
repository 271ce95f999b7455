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

/// A dispatcher that sends signed requests and records their details in the current [`Exchange`].
///
/// It replaces rusoto's own `HttpClient` for three reasons. The errors of `HttpClient` are texts, which distinguish neither a
/// timeout from a refused connection nor a request that was sent from one that was not. It offers only HTTP/2 to servers. It
/// panics if a response has a header that is not ASCII.
#[derive(Debug)]
pub(crate) struct HttpDispatcher {
    client: Client<Connector>,
    limits: ResponseLimits,
    headers: ExtraHeaders,
}

/// Limits of a response.
#[derive(Clone, Copy, Debug)]
struct ResponseLimits {
    /// Longest time until the first byte, and longest silence after it.
    read_timeout: Duration,
    /// Maximum size of the body.
    bytes_max: usize,
}

impl HttpDispatcher {
    pub(super) fn new(
        connector: Connector,
        pool_size_max: Option<usize>,
        read_timeout: Duration,
        bytes_max: usize,
        headers: ExtraHeaders,
    ) -> Self {
        let mut client = Client::builder();
        if let Some(pool_size_max) = pool_size_max {
            client.pool_max_idle_per_host(pool_size_max);
        }
        Self { client: client.build(connector), limits: ResponseLimits { read_timeout, bytes_max }, headers }
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
        let read_timeout = timeout_override.unwrap_or(self.limits.read_timeout);
        let limits = ResponseLimits { read_timeout, ..self.limits };
        Box::pin(async move {
            let response = async {
                let request = request.map_err(|error| Failure::invalid_request(&error))?;
                read_response(client.request(request), limits, &exchange, &endpoint).await
            };
            response.await.map_err(|failure| {
                let error = HttpDispatchError::new(failure.message().to_owned());
                exchange.set_failure(failure);
                error
            })
        })
    }
}

/// Reads a complete response and records its details.
async fn read_response(
    response: ResponseFuture,
    limits: ResponseLimits,
    exchange: &Exchange,
    endpoint: &str,
) -> Result<HttpResponse, Failure> {
    let response = timeout(limits.read_timeout, response).await.map_err(|_| Failure::timed_out(endpoint))?;
    let (head, body) = response.map_err(|error| Failure::from_hyper(&error, endpoint))?.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    exchange.set_response_headers(&headers);
    let body = read_body(body, limits, endpoint).await?;
    if head.status.is_success() {
        exchange.check_success_body(&body).map_err(|invalid| Failure::invalid_body(&invalid, endpoint))?;
    } else {
        exchange.set_error_body(body.clone().into());
    }
    Ok(HttpResponse { status: head.status, headers, body: ByteStream::from(body) })
}

/// Reads a complete body.
async fn read_body(mut body: Body, limits: ResponseLimits, endpoint: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    loop {
        let chunk = timeout(limits.read_timeout, body.data()).await.map_err(|_| Failure::timed_out(endpoint))?;
        let Some(chunk) = chunk else { break };
        let chunk = chunk.map_err(|error| Failure::from_hyper(&error, endpoint))?;
        if chunk.len() > limits.bytes_max - bytes.len() {
            return Err(Failure::response_too_large(limits.bytes_max, endpoint));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
