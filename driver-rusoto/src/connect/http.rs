//! The HTTP client.

use std::time::Duration;

use http::{HeaderValue, Request};
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

/// Sends what rusoto signed, and tells the [`Exchange`] that it is part of how that went.
///
/// rusoto's own `HttpClient` gives errors as text, so that one could not tell a timeout from a refused connection, nor
/// whether anything was sent; it offers servers nothing but HTTP/2, and panics on answers with a header that is not
/// ASCII.
#[derive(Debug)]
pub(crate) struct Http {
    client: Client<Connector>,
    read_timeout: Option<Duration>,
    headers: ExtraHeaders,
}

impl Http {
    pub(super) fn new(
        connector: Connector,
        pool_size_max: Option<usize>,
        read_timeout: Option<Duration>,
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
        self.headers.put_on(request.headers_mut());
        Ok(request)
    }
}

impl DispatchSignedRequest for Http {
    fn dispatch(&self, signed: SignedRequest, allowed: Option<Duration>) -> DispatchSignedRequestFuture {
        let exchange = Exchange::current();
        let endpoint = format!("{}://{}", signed.scheme(), signed.hostname());
        let request = self.request(signed);
        let client = self.client.clone();
        let allowed = allowed.or(self.read_timeout);
        Box::pin(async move {
            let answer = async {
                let request = request.map_err(|error| Failure::unmade(&error))?;
                read(client.request(request), &exchange).await.map_err(|error| Failure::unanswered(&error, &endpoint))
            };
            let answer = match allowed {
                None => answer.await,
                Some(allowed) => timeout(allowed, answer).await.unwrap_or_else(|_| Err(Failure::late(&endpoint))),
            };
            answer.map_err(|failure| {
                let error = HttpDispatchError::new(failure.message().to_owned());
                exchange.failed(failure);
                error
            })
        })
    }
}

/// Reads a whole answer.
async fn read(answer: ResponseFuture, exchange: &Exchange) -> Result<HttpResponse, hyper::Error> {
    let (head, body) = answer.await?.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    exchange.answered(&headers);
    let body = hyper::body::to_bytes(body).await?;
    if !head.status.is_success() {
        exchange.refused(body.clone());
    }
    Ok(HttpResponse { status: head.status, headers, body: ByteStream::from(Vec::from(body)) })
}
